// Package heap keeps the garbage collector out of the way of programs that end soon. It knows nothing of what they do.
package heap

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// Spare lets the heap grow to so many bytes before anything is collected. What a comparison reads stays alive until its
// end, so that collecting early finds little and costs much. Beyond, collections come as they always do: memory grows
// with what is alive. Whoever sets GOGC or GOMEMLIMIT has the say.
func Spare(bytes int64) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(bytes)
	type witness struct{ self *witness }
	runtime.AddCleanup(&witness{}, func(int) { // it goes with the first collection
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
	}, 0)
}

// Enough is what a comparison of some thousands of tables gets along with.
const Enough = 350 << 20
