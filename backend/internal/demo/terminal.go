package main

import (
	"fmt"
	"os"
	"strings"
)

// coloured tells whether a person looks at the output and wants colours.
var coloured = func() bool {
	info, err := os.Stdout.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}()

func paint(code, text string) string {
	if !coloured {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func good(text string) string { return paint("1;32", text) }
func bad(text string) string  { return paint("1;31", text) }

// heading begins a chapter.
func heading(text string) {
	fmt.Printf("\n%s\n%s\n\n", paint("1;36", text), strings.Repeat("═", len([]rune(text))))
}

// step begins a section of a chapter.
func step(text string) { fmt.Printf("\n%s\n", paint("1", "── "+text+" ──")) }

// prompt shows a command as it would be typed.
func prompt(command string) { fmt.Printf("\n%s\n\n", paint("1;34", "$ "+command)) }
