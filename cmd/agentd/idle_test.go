//go:build linux

package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// mostWakes is how often a second the threads of the daemon and its guardian may
// go to sleep while somebody looks at a screen on which nothing happens. A busy
// machine makes it no more: who does not get the processor does not go to sleep.
const mostWakes = 90

// TestIdleIsAsleep counts what a session costs in which nothing happens in sleeps,
// which a busy machine changes less than the time that they take.
func TestIdleIsAsleep(t *testing.T) {
	display := capturetest.StartXvfb(t, "1024x768x24")
	d := startDemo(t, "--display", display.Name())
	a := helping(t, d, d.Code, protocol.View)
	time.Sleep(5 * time.Second) // what began has settled, and the console has been asked for an echo
	const long = 10 * time.Second
	daemon, guardian := d.cmd.Process.Pid, d.guardian(t)
	before, frames := sleeps(t, daemon)+sleeps(t, guardian), a.pictures()
	time.Sleep(long)
	rate := float64(sleeps(t, daemon)+sleeps(t, guardian)-before) / long.Seconds()
	t.Logf("%.0f sleeps a second", rate)
	if rate > mostWakes {
		t.Errorf("%.0f sleeps a second, want at most %d", rate, mostWakes)
	}
	if n := a.pictures() - frames; n > 0 {
		t.Errorf("%d pictures of a screen that stands still", n)
	}
}

// pictures is how many have come.
func (a *agent) pictures() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.frames
}

// sleeps is how often the threads of a process have gone to sleep by themselves
// (proc(5), status).
func sleeps(t *testing.T, pid int) (n int) {
	t.Helper()
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	for _, thread := range threads {
		_, rest, told := strings.Cut(content(thread), "\nvoluntary_ctxt_switches:")
		if !told {
			continue // it has ended meanwhile
		}
		line, _, _ := strings.Cut(rest, "\n")
		count, _ := strconv.Atoi(strings.TrimSpace(line))
		n += count
	}
	if n == 0 {
		t.Fatal("the system does not tell how often threads sleep")
	}
	return n
}
