package main

import (
	"errors"
	"io/fs"

	"database-structure-sync/backend/api"
	"database-structure-sync/backend/version"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

// windowTitle is a name, so it is the same in every language.
const windowTitle = "Database Structure Sync"

// App is the composition root of the desktop program: it builds what the
// frontend may call and describes the window. It holds no logic of its own.
type App struct {
	about *api.About
}

func newApp() *App {
	return &App{about: api.NewAbout(version.Read())}
}

func (a *App) options(assets fs.FS, icon []byte) *options.App {
	return &options.App{
		Title:       windowTitle,
		Width:       1100,
		Height:      760,
		MinWidth:    560,
		MinHeight:   480,
		AssetServer: &assetserver.Options{Assets: assets},
		// Between the two themes' grounds: what shows until the page paints.
		BackgroundColour: options.NewRGB(128, 134, 144),
		Bind:             []any{a.about},
		Linux: &linux.Options{
			Icon:        icon,
			ProgramName: "database-structure-sync",
			// What Wails chooses when this struct is absent; its zero value
			// would be "always", which leaves windows blank on some drivers
			// (wailsapp/wails#2977).
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
	}
}

// errNoDisplay is what a user on a server reads instead of GTK's stack trace.
var errNoDisplay = errors.New("no display to open the window on: start it in a desktop session, or use the command line program dbstruct here")

// explainMissingDisplay turns the panic that Wails raises when GTK cannot reach
// a display into errNoDisplay, and lets every other panic through. Looking at
// DISPLAY beforehand would miss a display that is named but unreachable, and
// would stop the generation of the bindings, which runs this program without one.
func explainMissingDisplay(err *error) {
	cause := recover()
	if cause == nil {
		return
	}
	if failure, ok := cause.(error); ok && failure.Error() == "failed to init GTK" {
		*err = errNoDisplay
		return
	}
	panic(cause)
}
