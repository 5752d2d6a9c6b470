// Package cli is the command line: it reads arguments, calls the services, and writes what they found as text, JSON or
// SQL. It must not know any concrete engine nor the window, and it never builds SQL.
//
// Machine-readable output and reports go to standard output; questions, progress, warnings and errors to standard error.
package cli
