package main

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/peer"
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

// ears hear what a console is sent.
type ears struct {
	mu    sync.Mutex
	other time.Time // of the last message that was no ping
	last  *image.RGBA
	period
}

// period is what was heard between two moments.
type period struct {
	pings []ping
	other []string // what was no ping
}

// ping is one of the device's own; echoes go the console's rhythm.
type ping struct {
	at     time.Time
	number uint32
	size   int // without its number, which grows
}

func listen(a *agent) *ears {
	e := &ears{other: time.Now()}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.heard, a.seen = e.hear, e.see
	return e
}

func (e *ears) hear(raw peer.Message) {
	e.mu.Lock()
	defer e.mu.Unlock()
	m, _, err := protocol.Decode(raw.Data, protocol.ToConsole, protocol.Channel(raw.Channel), protocol.Waiting)
	p, ok := m.(*protocol.Ping)
	switch {
	case err != nil || !ok:
		e.other = time.Now()
		e.period.other = append(e.period.other, fmt.Sprintf("%d bytes on %v", len(raw.Data), raw.Channel))
	case !p.Reply:
		e.pings = append(e.pings, ping{time.Now(), p.Number, len(raw.Data) - sizeOf(p.Number)})
	}
}

// see notes where a picture changed.
func (e *ears) see(p *image.RGBA) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last != nil {
		n, where := differences(e.last, p)
		e.period.other = append(e.period.other, fmt.Sprintf("%d pixels in %v", n, where))
	}
	e.last = &image.RGBA{Pix: slices.Clone(p.Pix), Stride: p.Stride, Rect: p.Rect}
}

// sizeOf is how many bytes a number takes in CBOR, besides the first.
func sizeOf(n uint32) int {
	switch {
	case n < 24:
		return 0
	case n < 1<<8:
		return 1
	case n < 1<<16:
		return 2
	}
	return 4
}

// cut ends a period, returns it, and begins the next.
func (e *ears) cut() period {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.period
	e.period = period{}
	return p
}

// awaitQuiet waits until nothing but pings has come for three seconds.
func (e *ears) awaitQuiet(t *testing.T) {
	t.Helper()
	wait(t, "quiet", func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return time.Since(e.other) > 3*time.Second
	})
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

// sizes are the different sizes of pings.
func (p period) sizes() (all []int) {
	for _, ping := range p.pings {
		all = append(all, ping.size)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// String tells how many pings there were, how large and how far apart.
func (p period) String() string {
	var apart []time.Duration
	for i := 1; i < len(p.pings); i++ {
		apart = append(apart, p.pings[i].at.Sub(p.pings[i-1].at).Round(time.Millisecond))
	}
	if len(apart) == 0 {
		return fmt.Sprintf("%d pings of %d bytes", len(p.pings), p.sizes())
	}
	return fmt.Sprintf("%d pings of %d bytes, %v to %v apart", len(p.pings), p.sizes(), slices.Min(apart), slices.Max(apart))
}
