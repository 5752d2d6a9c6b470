//go:build !unix

package private

func noCoreFile() {}
