package api

// Emit sends an event to the window; the arguments travel as JSON.
type Emit func(event string, data any)

// The events. Each carries the id of the run that it belongs to.
const (
	EventCompare = "compare:progress" // CompareProgress
	EventExecute = "execute:progress" // ExecuteProgress
)

// Dialogs are the system's own dialogs. An empty path means that the user cancelled.
type Dialogs interface {
	OpenFile(title string, filter FileFilter) (path string, err error)
	SaveFile(title, name string, filter FileFilter) (path string, err error)
}

// FileFilter is what a dialog shows: "SQL files", "*.sql". The zero value shows everything.
type FileFilter struct {
	Name    string `json:"name"`
	Pattern string `json:"pattern"`
}
