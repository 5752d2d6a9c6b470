package tunnel

import (
	"time"

	"database-structure-sync/backend/internal/fault"
)

// Step is one part of getting to a hop, told when it has ended.
type Step struct {
	Hop  Hop
	Name StepName
	// Detail has the arguments of a sentence: "host", "addresses" (resolve); "address" (connect); "type", "fingerprint",
	// "source" — "file:line", "certificate", "once" or "saved" — (host key); "user", "method", "tried" (login).
	Detail   map[string]string
	Err      *fault.Error // why it failed; nil otherwise
	Duration time.Duration
}

// StepName names a part of getting to a hop.
type StepName string

// The steps to each hop, in their order. Only the first hop may be resolved here: the others are by the hop before them.
const (
	Resolve StepName = "resolve"
	Connect StepName = "connect"
	HostKey StepName = "host_key"
	Login   StepName = "login"
)
