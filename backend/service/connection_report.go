package service

import (
	"context"
	"time"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
)

// Report is what testing a connection found out.
type Report struct {
	OK            bool
	Steps         []Step // all of StepNames, in their order
	Flavor        string // "PostgreSQL", "MySQL", "MariaDB"; "" when it was not reached
	Version       string
	LatencyMillis float64 // median of a few trivial round trips
	Rights        engine.Rights
}

// Step is one part of connecting.
type Step struct {
	Name     string // one of StepNames
	OK       bool
	Skipped  bool              // not needed (an address needs no resolving), or not reached because an earlier step failed
	Detail   map[string]string // for the sentence: "address", "host", "port", "socket", "protocol", "cipher", "user", "flavor", "version", "database", "schemas", "tables", "reason"
	Fault    *fault.Error      // why it failed; nil otherwise
	Duration time.Duration
}

// StepNames are the steps in their order.
var StepNames = []string{"resolve", "connect", "tls", "login", "version", "database", "rights"}

// Test connects as a draft says and reports step by step how far it gets. The secrets of a draft with an ID are those kept
// unless it changes them; without a password that is needed the error's code is fault.SecretMissing. A connection that does
// not work is a report, not an error; a draft with problems is an *InvalidError. given are secrets that the user has just
// entered; nil: none.
func (c *Connections) Test(ctx context.Context, d Draft, given Given) (Report, error) {
	return Report{}, fault.New(fault.Unsupported, "testing connections is not available yet")
}
