//go:build linux

package main

import (
	"image"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/privacy/leaktest"
	"telestrator/protocol"
)

// strict is a configuration under which what nobody vouches for is flat;
// terminals are shown anyway.
const strict = "privacy: {unknown: flat}\n"

// TestLeakToAConsole lets a secret go through transitions on a screen that a
// real daemon shows to a console: no picture that the console decodes has one
// pixel of it. TELESTRATOR_LEAK names one application for a long run.
func TestLeakToAConsole(t *testing.T) {
	apps, transitions := []string{"gtk3", "chromium"}, 20
	if app := os.Getenv("TELESTRATOR_LEAK"); app != "" {
		apps, transitions = []string{app}, number(t, "TELESTRATOR_TRANSITIONS", 300)
	}
	for _, app := range apps {
		t.Run(app, func(t *testing.T) {
			tally := shownWith(t, app, strict, transitions)
			_, bearing, leaked := tally.Counts()
			if leaked > 0 {
				t.Errorf("%d pictures have pixels of the secret", leaked)
			}
			if bearing < transitions {
				t.Errorf("only %d pictures came while the secret was on the screen", bearing)
			}
		})
	}
}

// TestLeakToAConsoleIsFound is the same without a Guard for the secret: there
// are leaks.
func TestLeakToAConsoleIsFound(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	tally := shownWith(t, "gtk3", "privacy: {unknown: allow}\n", 10)
	if _, bearing, leaked := tally.Counts(); leaked == 0 || bearing == 0 {
		t.Errorf("without a Guard, %d pictures of %d have pixels of the secret", leaked, bearing)
	}
}

// shownWith counts what a console decodes while an application plays.
func shownWith(t *testing.T, app, config string, transitions int) *leaktest.Tally {
	t.Helper()
	display, session := secretDesk(t)
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, config))
	if os.Getenv("TELESTRATOR_LOAD") == "1" {
		leaktest.Load(t, session, time.Duration(transitions)*5*time.Second)
	}
	played := leaktest.Start(t, display.Name(), session, app)
	played.Do("spin", 1)
	tally := &leaktest.Tally{Folder: t.ArtifactDir()}
	w := watchSecret(t, display)
	a := connectAgent(t, d, d.Code, protocol.View)
	a.mu.Lock()
	a.seen = func(p *image.RGBA) { tally.Picture(p, w.shows()) }
	a.mu.Unlock()
	d.grant()
	a.until("shown", func() bool { return a.frames > 0 })
	seed := rand.Uint64()
	began := time.Now()
	played.Play(rand.New(rand.NewPCG(seed, 1)), transitions, tally.Began)
	released, _, _ := tally.Counts()
	t.Logf("seed %#x, %.1f pictures/s\n%v", seed, float64(released)/time.Since(began).Seconds(), tally)
	t.Log(tally.Line(app))
	return tally
}

// secretDesk is a display with a window manager, and a session in which the
// daemon looks for programs unless the environment names another.
func secretDesk(t testing.TB) (*capturetest.Display, *atspitest.Session) {
	t.Helper()
	capturetest.Require(t, "openbox", "xterm", "xdotool")
	session := atspitest.StartSession(t)
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Address)
	}
	display := capturetest.StartXvfb(t, "1000x760x24")
	session.Start(t, display.Name(), "openbox")
	pattern(t, display)
	return display, session
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
		t.Fatalf("%s=%s is no number", name, text)
	}
	return n
}
