package capture_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// TestServerLost: the server is killed, everything says so, and the screen can
// be opened anew when it is back.
func TestServerLost(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.wait()
	v.grab()
	v.drain()
	d.Stop()
	v.wait() // a caller that waits is woken
	err = <-v.ended
	if v.ended <- err; !errors.Is(err, capture.ErrGone) {
		t.Errorf("Run: %v", err)
	}
	if err := source.Grab(&v.frame); !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab: %v", err)
	}
	if _, err := capture.Open(d.Name()); err == nil {
		t.Error("opened a display without a server")
	}
	d.Restart(t)
	again, err := capture.Open(d.Name())
	v = watch(t, again, err)
	v.grab()
	v.same(d)
}

// TestServerHangs: a server that no longer answers holds up nobody longer than
// the context lives.
func TestServerHangs(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	source, err := capture.Open(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	ended, grabbed := make(chan error, 1), make(chan error, 1)
	go func() { ended <- source.Run(ctx) }()
	if err := source.Grab(new(capture.Frame)); err != nil {
		t.Fatal(err)
	}
	d.Signal(t, syscall.SIGSTOP)
	go func() { grabbed <- source.Grab(new(capture.Frame)) }()
	enough := errors.New("enough")
	cancel(enough)
	if err := <-ended; !errors.Is(err, enough) {
		t.Errorf("Run: %v", err)
	}
	if err := <-grabbed; !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab: %v", err)
	}
	if _, err := capture.Open(d.Name()); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("Open: %v", err)
	}
}

// TestStill: a screen on which nothing happens costs nothing. The server's
// process is woken by requests and by its own few timers only.
func TestStill(t *testing.T) {
	t.Parallel()
	d := desk(t, "320x240x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	d.WaitStill(t) // lets what the grab caused arrive
	v.drain()
	before := wakeUps(t, d.PID())
	select {
	case <-source.Changed():
		t.Error("told of a change on a still screen")
	case <-time.After(500 * time.Millisecond):
	}
	if n := wakeUps(t, d.PID()) - before; n > 5 {
		t.Errorf("the X server was woken %d times in half a second", n)
	}
}

// wakeUps counts how often a process has waited and gone on.
func wakeUps(t testing.TB, pid int) (n int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "\nvoluntary_ctxt_switches:")
	if _, err := fmt.Sscan(rest, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestNothingLeft opens and closes often and looks for what was left behind.
// It runs alone: it counts for the whole process.
func TestNothingLeft(t *testing.T) {
	d := capturetest.StartXvfb(t, "320x240x24")
	cycle := func(i int) {
		by := []string{"pixmap", "segment", "images"}[i%3]
		source, err := capture.OpenBy(d.Name(), capture.Ways[by])
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- source.Run(ctx) }()
		if err := source.(capture.Beneath).Beneath([]uint32{77}[:i/2%2]); err != nil {
			t.Fatal(err)
		}
		if err := source.Grab(new(capture.Frame)); err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			cancel()
			<-ended
			source.Close()
		} else {
			source.Close()
			<-ended
			cancel()
		}
	}
	for i := range 6 {
		cycle(i)
	}
	before := holdings(t)
	for i := range 100 {
		cycle(i)
	}
	for range 5 {
		if _, err := capture.Open(":59999"); err == nil {
			t.Fatal("opened a display that is not there")
		}
	}
	// The server notices the last end a little later than we do.
	after := holdings(t)
	for end := time.Now().Add(patience); !after.within(before) && time.Now().Before(end); after = holdings(t) {
		time.Sleep(10 * time.Millisecond)
	}
	if !after.within(before) {
		t.Errorf("after 100 cycles: %+v, before: %+v", after, before)
	}
}

type held struct{ segments, files, routines int }

// within says whether no more is held than before. What other tests held then
// may have gone meanwhile.
func (h held) within(before held) bool {
	return h.segments <= before.segments && h.files <= before.files && h.routines <= before.routines
}

// holdings counts what this process holds.
func holdings(t *testing.T) (h held) {
	t.Helper()
	h.segments = segments(t)
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	h.files = len(files)
	h.routines = runtime.NumGoroutine()
	return h
}

// segments counts the System V segments that this process made.
func segments(t *testing.T) (n int) {
	t.Helper()
	table, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		if f := strings.Fields(line); len(f) > 4 && f[4] == fmt.Sprint(os.Getpid()) {
			n++
		}
	}
	return n
}

// TestSegmentIsPrivate: while a screen is watched its memory is marked for
// removal, so that nothing outlives a crash, and only its user may read it.
func TestSegmentIsPrivate(t *testing.T) {
	d := capturetest.StartXvfb(t, "320x240x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	const removed = 0o1000 // SHM_DEST
	table, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(string(table)) {
		f := strings.Fields(line)
		if len(f) < 5 || f[4] != fmt.Sprint(os.Getpid()) {
			continue
		}
		found = true
		var mode int
		if _, err := fmt.Sscanf(f[2], "%o", &mode); err != nil || mode != 0o600|removed {
			t.Errorf("segment has mode %o, want %o (%v)", mode, 0o600|removed, err)
		}
	}
	if !found {
		t.Error("no segment found")
	}
}
