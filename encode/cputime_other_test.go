//go:build !linux

package encode

import (
	"testing"
	"time"
)

var began = time.Now()

// cpuTime is the time so far, for want of a clock of this process.
func cpuTime(testing.TB) time.Duration { return time.Since(began) }
