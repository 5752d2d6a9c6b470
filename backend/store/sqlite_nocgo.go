//go:build !cgo

package store

import (
	// Its stand-in, whose only answer is that this build has no SQLite.
	_ "github.com/mattn/go-sqlite3"
)

const driverName = "sqlite3"

func isDamaged(error) bool { return false }

func isBusy(error) bool { return false }

func isDuplicate(error) bool { return false }
