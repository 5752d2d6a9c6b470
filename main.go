// Command database-structure-sync is the desktop program: a window over the
// same services that the command line program dbstruct uses. This file opens
// the window; app.go decides what is in it.
package main

import (
	"embed"
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"
)

// frontend is the built page. A checkout has only a placeholder in
// frontend/dist, so that Go builds and vets before the frontend was built.
//
//go:embed all:frontend/dist
var frontend embed.FS

//go:embed build/linux/icons/hicolor/256x256/apps/database-structure-sync.png
var icon []byte

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "database-structure-sync: "+err.Error())
		os.Exit(1)
	}
}

func run() (err error) {
	defer explainMissingDisplay(&err)
	app, err := newApp()
	if err != nil {
		return err
	}
	return wails.Run(app.options(frontend, icon))
}
