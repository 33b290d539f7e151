//go:build !unix

package bound

import "time"

var began = time.Now()

// processor is the time on the clock, where a process cannot easily be asked
// for its own.
func processor() time.Duration { return time.Since(began) }
