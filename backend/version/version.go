// Package version knows which build of the project is running, for the window
// and the command line alike. It must not know who asks.
package version

import (
	"runtime"
	"runtime/debug"
)

// number is the released version without a leading v, set by the linker:
//
//	go build -ldflags "-X database-structure-sync/backend/version.number=1.2.3"
var number string

// commit is the commit a release was built from, set by the linker likewise,
// for builds that do not carry Git's facts (-buildvcs=false).
var commit string

// Info describes the running build. What the build did not record is empty.
type Info struct {
	// Number is a released version such as "1.2.3", or "dev".
	Number string
	// Commit is the full commit id.
	Commit string
	// Modified says that the work tree had changes beyond Commit.
	Modified bool
	// Go is the Go release that compiled the program, such as "go1.26.8".
	Go string
	// Platform is the operating system and processor, such as "linux/amd64".
	Platform string
}

// Read returns the facts of the running build.
func Read() Info {
	var settings []debug.BuildSetting
	if build, ok := debug.ReadBuildInfo(); ok {
		settings = build.Settings
	}
	return describe(number, commit, settings)
}

// describe prefers what the linker was told over what Go recorded.
func describe(number, commit string, settings []debug.BuildSetting) Info {
	info := Info{
		Number:   number,
		Commit:   commit,
		Go:       runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
	}
	if info.Number == "" {
		info.Number = "dev"
	}
	for _, setting := range settings {
		switch setting.Key {
		case "vcs.revision":
			if info.Commit == "" {
				info.Commit = setting.Value
			}
		case "vcs.modified":
			info.Modified = setting.Value == "true"
		}
	}
	return info
}

// String is the version in one line: "1.2.3 (0123456789ab, modified)".
func (i Info) String() string {
	short := i.Commit
	if len(short) > 12 {
		short = short[:12]
	}
	switch {
	case short == "":
		return i.Number
	case i.Modified:
		return i.Number + " (" + short + ", modified)"
	default:
		return i.Number + " (" + short + ")"
	}
}
