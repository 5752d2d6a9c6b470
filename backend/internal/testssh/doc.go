// Package testssh starts real OpenSSH servers for tests: one process per server, on a loopback address of its own, with its
// own host keys and configuration, and gone when the test ends. It must not know what the tests are about.
package testssh
