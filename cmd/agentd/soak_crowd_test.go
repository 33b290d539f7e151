//go:build linux

package main

import (
	"bytes"
	"image"
	"image/draw"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/peer"
	"telestrator/peer/relay"
	"telestrator/protocol"
)

// crowd is viewers who come, stall and go.
type crowd struct {
	t        *testing.T
	d        *daemon
	display  *capturetest.Display
	rnd      *rand.Rand
	guests   []*guest
	came     int
	pictures int
	wrong    int
}

// guest is a viewer, near or over a relay.
type guest struct {
	*agent
	relay *relay.Relay // nil: near
	link  relay.Link
	part  image.Rectangle // of the screen, that is looked at
	cut   bool
	looks uint32
}

// most is how many a daemon takes at a time.
const mostGuests = 4

// somePart is what a guest looks at who does not look at all of the screen.
var somePart = image.Rect(200, 100, 840, 460)

// happen lets one thing happen.
func (c *crowd) happen() {
	if len(c.guests) == 0 || c.rnd.IntN(3) == 0 {
		c.come()
		return
	}
	g := c.guests[c.rnd.IntN(len(c.guests))]
	switch c.rnd.IntN(6) {
	case 0, 1:
		g.stall(!g.mute)
	case 2:
		g.disconnect(!g.cut)
	case 3:
		g.glance(c.rnd.IntN(2) == 0)
	case 4:
		c.leaves(g, c.rnd.IntN(3) == 0)
	}
}

// come has somebody join, if there is room.
func (c *crowd) come() {
	if len(c.d.state().Sessions) >= mostGuests {
		return // some of them are gone, and the daemon does not know it yet
	}
	g := &guest{link: []relay.Link{{}, relay.LAN, relay.DSL, relay.Bad}[c.rnd.IntN(4)]}
	if g.link.Name != "" {
		var err error
		if g.relay, err = relay.Open(g.link); err != nil {
			c.t.Fatal(err)
		}
	}
	g.agent = joinAgent(c.t, c.d, c.d.ring(), g.relay)
	g.decoder.Postpone(func(image.Rectangle) bool { return false })
	c.guests = append(c.guests, g)
	c.came++
	g.ask(protocol.View, []protocol.Capability{1, 2, 6}[c.rnd.IntN(2):]...)
	c.admit(g)
}

// admit allows what a guest asks for. On a busy machine the guardian may be
// another one at that moment: then the user presses Allow again.
func (c *crowd) admit(g *guest) {
	c.t.Helper()
	for end := time.Now().Add(soakPatience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		g.mu.Lock()
		done := g.over || g.grants.Scopes != 0
		g.mu.Unlock()
		if done {
			return
		}
		if state := c.d.state(); state.State == panel.Asked {
			c.d.answer("POST", "/api/grants", map[string]any{"session": state.Session.ID, "scopes": protocol.View.Names()})
		}
	}
	c.t.Fatalf("a viewer is not allowed to see within %v", soakPatience)
}

// disconnect cuts the link, or mends it.
func (g *guest) disconnect(cut bool) {
	if g.relay != nil {
		g.cut = cut
		link := g.link
		link.Cut = cut
		g.relay.Set(link)
	}
}

// glance looks at all of the screen, or at a part.
func (g *guest) glance(all bool) {
	g.part = image.Rectangle{}
	if !all {
		g.part = somePart
	}
	g.looks++
	g.send(peer.Ctl, &protocol.Look{Number: g.looks, X: uint16(g.part.Min.X), Y: uint16(g.part.Min.Y),
		W: uint16(g.part.Dx()), H: uint16(g.part.Dy())})
}

// leaves has somebody go, with a word or by a cut.
func (c *crowd) leaves(g *guest, silent bool) {
	g.disconnect(silent)
	c.count(g)
	g.leave()
	if g.relay != nil {
		g.relay.Close()
	}
	c.guests = slices.DeleteFunc(c.guests, func(other *guest) bool { return other == g })
}

func (c *crowd) count(g *guest) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c.pictures += g.frames
}

// check waits until everybody who is still there has the picture of a screen
// that stands still, has all of them go, and compares.
func (c *crowd) check() {
	c.t.Helper()
	var last []*image.RGBA
	var parts []image.Rectangle
	for _, g := range slices.Clone(c.guests) {
		g.disconnect(false)
		g.stall(false)
	}
	for _, g := range slices.Clone(c.guests) {
		if g.settles() {
			last, parts = append(last, g.shown()), append(parts, g.part)
		}
	}
	for len(c.guests) > 0 {
		c.leaves(c.guests[0], false)
	}
	observe(c.t, c.display).alone()
	c.compare(last, parts)
}

// compare counts those of the pictures that are not the X server's own.
func (c *crowd) compare(last []*image.RGBA, parts []image.Rectangle) {
	c.t.Helper()
	screen := c.display.Picture(c.t)
	for i, got := range last {
		part := parts[i]
		if part.Empty() {
			part = screen.Rect
		}
		want := image.NewRGBA(image.Rectangle{Max: part.Size()})
		draw.Draw(want, want.Rect, screen, part.Min, draw.Src)
		if n, where := differences(got, want); n != 0 {
			c.wrong++
			c.t.Errorf("a viewer of %v has another picture in the end: %d pixels, in %v", part, n, where)
		}
	}
}

// settles waits until a guest has all of a picture that stands still, exactly. It
// is false for one whose session has ended: the link was cut for too long.
func (g *guest) settles() bool {
	g.t.Helper()
	const still = 2 * time.Second // nothing comes meanwhile
	since, bytesSoFar := time.Now(), uint64(0)
	for end := time.Now().Add(soakPatience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		g.mu.Lock()
		over, came, size := g.agent.over, g.bytes, g.decoder.Geometry().Part.Size()
		g.mu.Unlock()
		switch {
		case over:
			return false
		case came != bytesSoFar || g.part.Empty() == (size == somePart.Size()):
			since, bytesSoFar = time.Now(), came
		case time.Since(since) > still && g.exact():
			return true
		}
	}
	g.t.Errorf("a viewer's picture is not exact after %v", soakPatience)
	return true
}

// exact says whether nothing that is shown is out of a JPEG.
func (g *guest) exact() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return bytes.IndexByte(g.decoder.Lossy().Pix, 255) < 0
}

func (g *guest) shown() *image.RGBA {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.decoder.Picture()
}
