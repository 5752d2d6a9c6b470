package api

import (
	"errors"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/internal/fault"
)

// Failure is an error as the frontend gets it: a code to choose its own sentence by, and the details in English, which
// often are the server's own words.
type Failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Side    string `json:"side"` // "source", "target" or ""
}

// Describe turns any error into a Failure. It is Wails' ErrorFormatter.
func Describe(err error) any {
	f := failure(err)
	return f
}

func failure(err error) Failure {
	f := Failure{Code: string(fault.CodeOf(err)), Message: err.Error()}
	var side *compare.SideError
	if errors.As(err, &side) {
		f.Side = string(side.Side)
		f.Message = side.Err.Error()
	}
	return f
}
