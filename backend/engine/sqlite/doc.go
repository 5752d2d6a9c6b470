// Package sqlite reads, compares and changes SQLite databases: one file each, opened in this process. What the pragmas
// tell is held against what the stored CREATE statements say, which know more. A table is altered in place where SQLite
// can do that, and otherwise built anew beside itself with its rows and renamed.
//
// It must not know any other dialect, nor who asks.
package sqlite
