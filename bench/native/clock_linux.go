package main

import "golang.org/x/sys/unix"

// monotonic is the clock that the harness's programs share, in nanoseconds.
func monotonic() int64 {
	var now unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &now) // never fails for this clock
	return now.Nano()
}
