package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"sync/atomic"

	"database-structure-sync/backend/api"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/secret/oskeyring"
	"database-structure-sync/backend/store"
	"database-structure-sync/backend/version"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// windowTitle is a name, so it is the same in every language.
const windowTitle = "Database Structure Sync"

// eventClose asks the page what to do with a window that is to close while something runs, and eventCloseAnyway is what it
// answers when the user wants that.
const (
	eventClose       = "window:close"
	eventCloseAnyway = "window:close-anyway"
)

// App is the composition root of the desktop program: it builds what the
// frontend may call and describes the window. It holds no logic of its own.
type App struct {
	bound *api.Bound
	ctx   context.Context // of the window, from its start on: Wails wants it for every call
	// closing: the user wants the window closed although something runs.
	closing atomic.Bool
}

func newApp() (*App, error) {
	dir, err := store.DefaultDir()
	if err != nil {
		return nil, err
	}
	a := &App{}
	a.bound, err = api.Bind(api.Setup{
		Engines: engine.NewRegistry(postgres.Engine{}, mysql.Engine{}, sqlite.Engine{}),
		Dir:     dir, Keyring: oskeyring.Open, Build: version.Read(), Emit: a.emit, Dialogs: a,
	})
	return a, err
}

func (a *App) options(assets fs.FS, icon []byte) *options.App {
	size := a.rememberedSize()
	state := options.Normal
	if size.Maximised {
		state = options.Maximised
	}
	return &options.App{
		Title:            windowTitle,
		Width:            size.Width,
		Height:           size.Height,
		MinWidth:         minimalSize.Width,
		MinHeight:        minimalSize.Height,
		WindowStartState: state,
		AssetServer:      &assetserver.Options{Assets: assets},
		// Between the two themes' grounds: what shows until the page paints.
		BackgroundColour: options.NewRGB(128, 134, 144),
		Bind:             a.bound.All(),
		ErrorFormatter:   api.Describe,
		OnStartup:        a.started,
		OnBeforeClose:    a.beforeClose,
		OnShutdown:       func(context.Context) { _ = a.bound.Close() }, // everything was written when it was said
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

// emit sends an event to the page.
func (a *App) emit(event string, data any) {
	if a.ctx != nil {
		runtime.EventsEmit(a.ctx, event, data)
	}
}

func (a *App) started(ctx context.Context) {
	a.ctx = ctx
	runtime.EventsOn(ctx, eventCloseAnyway, func(...any) {
		a.closing.Store(true)
		runtime.Quit(ctx) // what runs is ended when the window has gone
	})
}

// beforeClose keeps the window open while something runs, and lets the page ask; else it remembers the window's size.
func (a *App) beforeClose(ctx context.Context) (prevent bool) {
	if a.bound.Busy() && !a.closing.Load() {
		a.emit(eventClose, nil)
		return true
	}
	width, height := runtime.WindowGetSize(ctx)
	size, err := json.Marshal(windowSize{width, height, runtime.WindowIsMaximised(ctx)})
	if err == nil {
		_ = a.bound.Settings.Put(sizeSetting, string(size)) // the next start is at the usual size then
	}
	return false
}

const sizeSetting = "window.size"

type windowSize struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

var (
	usualSize   = windowSize{Width: 1280, Height: 820}
	minimalSize = windowSize{Width: 880, Height: 560}
)

// rememberedSize is the window's size when it was closed last, the usual one when that is not known.
func (a *App) rememberedSize() windowSize {
	size := usualSize
	if all, err := a.bound.Settings.All(); err == nil && json.Unmarshal([]byte(all[sizeSetting]), &size) == nil {
		size.Width, size.Height = max(size.Width, minimalSize.Width), max(size.Height, minimalSize.Height)
	}
	return size
}

// OpenFile asks for a file with the system's dialog.
func (a *App) OpenFile(title string, filter api.FileFilter) (string, error) {
	return runtime.OpenFileDialog(a.ctx, runtime.OpenDialogOptions{Title: title, Filters: filters(filter), ShowHiddenFiles: true})
}

// SaveFile asks where to save with the system's dialog.
func (a *App) SaveFile(title, name string, filter api.FileFilter) (string, error) {
	return runtime.SaveFileDialog(a.ctx, runtime.SaveDialogOptions{Title: title, DefaultFilename: name, Filters: filters(filter)})
}

func filters(f api.FileFilter) []runtime.FileFilter {
	if f.Pattern == "" {
		return nil
	}
	return []runtime.FileFilter{{DisplayName: f.Name, Pattern: f.Pattern}}
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
