//go:build !unix

package private

// OthersMayRead tells whether a file may be read by other users, which modes do not tell here.
func OthersMayRead(string) bool { return false }
