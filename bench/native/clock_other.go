//go:build !linux

package main

import "time"

var began = time.Now()

// monotonic is a clock of our own, in nanoseconds: the harness runs on Linux.
func monotonic() int64 { return time.Since(began).Nanoseconds() }
