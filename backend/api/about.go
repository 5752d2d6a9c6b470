package api

import "database-structure-sync/backend/version"

// About tells the frontend which build it belongs to.
type About struct {
	build version.Info
}

// BuildInfo describes the running build; what is unknown is empty.
type BuildInfo struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// NewAbout returns an About for the given build.
func NewAbout(build version.Info) *About {
	return &About{build: build}
}

// Build returns the facts of the running build.
func (a *About) Build() BuildInfo {
	return BuildInfo{
		Version:  a.build.Number,
		Commit:   a.build.Commit,
		Modified: a.build.Modified,
		Go:       a.build.Go,
		Platform: a.build.Platform,
	}
}
