//go:build race

package cli_test

// raceDetector tells that the tests run with the race detector, and so should the program.
const raceDetector = true
