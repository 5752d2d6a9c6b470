// Package schema is the model of a database's structure: objects, their parts, their comparable properties and what
// they depend on. It knows no SQL dialect, opens no connection and imports nothing of this project. Texts that a server
// understands (types, defaults, expressions) are kept as that server's dialect writes them, already normalised by the
// reader; giving them a meaning is the dialect's job.
package schema
