package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"
)

// resident is the memory of a process, in bytes; 0 when it has ended.
func resident(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := bytes.Cut(text, []byte("VmRSS:"))
	var kib int
	_, _ = fmt.Sscan(string(rest), &kib) // a zombie has no such line, and so 0
	return kib << 10
}

// steady waits until the memory of a process stands still for a while, or a
// limit of time, and returns it.
func steady(ctx context.Context, pid int, still, within time.Duration) int {
	last, since := resident(pid), time.Now()
	for end := time.Now().Add(within); time.Now().Before(end) && time.Since(since) < still; {
		pause(ctx, 100*time.Millisecond)
		if now := resident(pid); now > last+last/50 || now < last-last/50 {
			last, since = now, time.Now()
		}
	}
	return resident(pid)
}

// climb notes the most memory that a process has until ctx ends.
func climb(ctx context.Context, pid int) (peak int) {
	for ctx.Err() == nil {
		peak = max(peak, resident(pid))
		pause(ctx, 20*time.Millisecond)
	}
	return peak
}

// pause waits, but not beyond the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
