// Package store keeps what the program remembers between runs in one local SQLite file: saved connections, named
// comparison options, settings, the last choice. Several programs may have it open at the same time. It must not hold a
// secret, and must not know what its values mean to databases.
package store
