// Package api is what the window may call: one small struct per subject, bound
// by Wails, with flat values in and out. It translates between the services and
// the frontend and decides nothing itself.
//
// What crosses this boundary is made of strings, booleans, numbers, slices and
// structs of those. Times are RFC 3339 strings, 64-bit integers are strings
// (JavaScript rounds them), and no secret ever leaves.
//
// The package must not know databases, drivers or SQL, and nothing below it
// knows the package.
package api
