//go:build linux

package main

import (
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/privacy/leaktest"
	"telestrator/protocol"
)

// TestTypingIsSilent types secrets into real password fields while a console
// looks: it is sent pings and nothing else, as many and of the same form as while
// nobody types.
func TestTypingIsSilent(t *testing.T) {
	secrets := 10
	if os.Getenv("TELESTRATOR_PROOF") == "1" {
		secrets = 200
	}
	for _, app := range []string{"gtk3", "chromium"} {
		t.Run(app, func(t *testing.T) {
			display, session := secretDesk(t)
			d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
			field := leaktest.Start(t, display.Name(), session, app)
			field.Do("appear", 40, 60)
			field.Do("plain")
			field.Do("focus")
			field.Type("x")
			a := connectAgent(t, d, d.Code, protocol.View)
			d.grant()
			a.until("shown", func() bool { return a.frames > 0 })
			e := listen(a)
			e.awaitQuiet(t)
			if n := paper(a); n < 50000 {
				t.Fatalf("the console sees %d pixels of the page, so silence says nothing", n)
			}

			began := time.Now()
			e.cut()
			changed := typeSecrets(t, field, display, secrets)
			typing, took := e.cut(), time.Since(began)
			time.Sleep(took)
			idle := e.cut()
			t.Logf("%d secrets in %v: %v; while nobody types: %v", secrets, took, typing, idle)
			if changed < secrets {
				t.Errorf("of %d secrets only %d changed the screen", secrets, changed)
			}
			compare(t, typing, idle)
		})
	}
}

// paper is how many pixels of the page's ground a console sees.
func paper(a *agent) (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for p := a.decoder.Picture().Pix; len(p) >= 4; p = p[4:] {
		if p[0] == 0xf4 && p[1] == 0xf4 && p[2] == 0xec {
			n++
		}
	}
	return n
}

// typeSecrets types random secrets one after the other, and returns how many of
// them were seen on the screen.
func typeSecrets(t *testing.T, field *leaktest.App, display *capturetest.Display, n int) (changed int) {
	t.Helper()
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	where := field.Area()
	where.Max.X = where.Min.X + 300
	look := func() image.Image { return display.Picture(t).SubImage(where) }
	before := look()
	for i := range n {
		secret := make([]byte, 4+8*(i%2)+rand.IntN(4)) // short and long in turn, or dots look alike
		for i := range secret {
			secret[i] = letters[rand.IntN(len(letters))]
		}
		field.Type(string(secret))
		time.Sleep(time.Duration(200+rand.IntN(400)) * time.Millisecond)
		after := look()
		if n, _ := differences(before, after); n > 0 {
			changed++
		}
		before = after
	}
	return changed
}

// compare holds a period in which somebody typed against one in which nobody did.
func compare(t *testing.T, typing, idle period) {
	t.Helper()
	if len(typing.other) > 0 {
		t.Errorf("while somebody typed, %d messages were no pings: %s", len(typing.other), typing.other)
	}
	if len(idle.other) > 0 {
		t.Errorf("while nobody typed, %d messages were no pings: %s", len(idle.other), idle.other)
	}
	if d := len(typing.pings) - len(idle.pings); d < -1 || d > 1 {
		t.Errorf("%d pings while somebody typed, %d while nobody did", len(typing.pings), len(idle.pings))
	}
	if a, b := typing.sizes(), idle.sizes(); len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
		t.Errorf("pings of %d bytes while somebody typed, of %d while nobody did", a, b)
	}
}
