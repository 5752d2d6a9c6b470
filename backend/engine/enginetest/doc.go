// Package enginetest is the conformance suite that every engine and every server version passes: make one real database
// like another, then let the engine's own comparison, the server's own dump program and the rows that were there before
// say whether it worked.
//
// Its tests run cases kept as files (testdata/<dialect>/<kind>/<behaviour>.txtar), real schemas (testdata/schemas),
// randomly generated pairs (package gen), and the small pairs that once failed (testdata/regress). The package knows
// engines only through the contract in package engine; which ones there are is named by its tests alone.
package enginetest
