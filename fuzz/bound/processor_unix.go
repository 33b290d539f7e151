//go:build unix

package bound

import (
	"syscall"
	"time"
)

// processor is the time that this process has spent on processors so far.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
