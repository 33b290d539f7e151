//go:build linux

package leaktest_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/privacy"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/privacy/leaktest"
)

// strict is the policy under which the runs are made: what nobody vouches for is
// flat, terminals are shown.
var strict = privacy.Policy{Unknown: privacy.Flat, Shown: []privacy.WindowRule{{Class: "^XTerm$"}}}

// TestLeak lets an application's secret go through transitions: no decoded
// picture has one pixel of it, and enough of them left while it was on the
// screen for that to mean something. TELESTRATOR_LEAK names one application for
// a long run.
func TestLeak(t *testing.T) {
	apps, transitions := run(t)
	for _, app := range apps {
		t.Run(app, func(t *testing.T) {
			display, session := desktop(t)
			guard, err := privacy.Open(display.Name(), session.Address, strict)
			if err != nil {
				t.Fatal(err)
			}
			r := newRig(t, display, guard)
			r.play(app, session, display, transitions)
			_, bearing, leaked := r.tally.Counts()
			if leaked > 0 {
				t.Errorf("%d pictures have pixels of the secret", leaked)
			}
			if bearing < transitions {
				t.Errorf("only %d pictures were released while the secret was on the screen", bearing)
			}
		})
	}
}

// TestLeakIsFound switches the Guard off: the same run finds leaks.
func TestLeakIsFound(t *testing.T) {
	apps, _ := run(t)
	for _, app := range apps {
		t.Run(app, func(t *testing.T) {
			display, session := desktop(t)
			guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
			if err != nil {
				t.Fatal(err)
			}
			r := newRig(t, display, guard)
			r.play(app, session, display, 10)
			if _, bearing, leaked := r.tally.Counts(); leaked == 0 || bearing == 0 {
				t.Errorf("without a Guard, %d pictures of %d have pixels of the secret", leaked, bearing)
			}
		})
	}
}

// run is what to run: a few transitions of two applications, or many of one.
func run(t *testing.T) (apps []string, transitions int) {
	t.Helper()
	if app := os.Getenv("TELESTRATOR_LEAK"); app != "" {
		return []string{app}, number(t, "TELESTRATOR_TRANSITIONS", 300)
	}
	return []string{"gtk3", "chromium"}, 20
}

// desktop is a display with a window manager, and a session.
func desktop(t *testing.T) (*capturetest.Display, *atspitest.Session) {
	t.Helper()
	capturetest.Require(t, "openbox", "xterm", "xdotool", "xsetroot")
	session := atspitest.StartSession(t)
	display := capturetest.StartXvfb(t, "1000x760x24")
	session.Start(t, display.Name(), "openbox")
	display.Run(t, "xsetroot", "-mod", "16", "13", "-fg", "#336699", "-bg", "#f0e0a1")
	return display, session
}

// play runs the rig while the application plays.
func (r *rig) play(app string, session *atspitest.Session, display *capturetest.Display, transitions int) {
	r.t.Helper()
	ctx, stop := context.WithCancel(r.t.Context())
	var run sync.WaitGroup
	run.Go(func() { r.run(ctx) })
	end := sync.OnceFunc(func() { stop(); run.Wait(); r.source.Close() })
	r.t.Cleanup(end)
	if os.Getenv("TELESTRATOR_LOAD") == "1" {
		leaktest.Load(r.t, session, time.Duration(transitions)*5*time.Second)
	}
	seed := rand.Uint64()
	r.t.Logf("seed %#x", seed)
	a := leaktest.Start(r.t, display.Name(), session, app)
	a.Do("spin", 1)
	began := time.Now()
	grabs := r.grabs.Load()
	a.Play(rand.New(rand.NewPCG(seed, 1)), transitions, r.tally.Began)
	took := time.Since(began)
	end()
	r.t.Logf("%d grabs in %v\n%v", r.grabs.Load()-grabs, took, r.tally)
	r.t.Log(r.tally.Line(app))
}

// number is a number of the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s is no number of transitions", name, text)
	}
	return n
}
