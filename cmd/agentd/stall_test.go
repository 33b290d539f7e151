package main

import (
	"image"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/peer/relay"
	"telestrator/protocol"
)

// TestNewestComesFirst has a viewer acknowledge nothing while the screen changes
// again and again. When it goes on, the first picture that it gets is the newest.
func TestNewestComesFirst(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	a := helping(t, d, d.Code, protocol.View)
	p, place := painter{t, display.Conn(t)}, image.Rect(100, 100, 400, 300)
	shades := make(chan uint32, 1000)
	a.mu.Lock()
	a.seen = func(img *image.RGBA) {
		c := img.RGBAAt(200, 200)
		shades <- uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
	}
	a.mu.Unlock()
	a.stall(true)
	const last = 0x40
	for shade := range uint32(last) {
		p.paint(place, func(int, int) uint32 { return 0x100000 + shade*4 })
		time.Sleep(20 * time.Millisecond) // longer than a picture takes on a machine that is not busy
	}
	const newest = 0x123456
	p.paint(place, func(int, int) uint32 { return newest })
	under := len(shades) // they were on their way when the viewer stalled
	if under > last/2 {
		t.Fatalf("%d pictures came to a viewer who acknowledges nothing", under)
	}
	for range under {
		<-shades
	}
	a.stall(false)
	if first := <-shades; first != newest {
		t.Errorf("after a stall %06x comes first, not %06x", first, newest)
	}
}

// TestASlowViewerSlowsNobody counts the pictures of a viewer who is near while
// another one is behind a slow link, and behind one that is cut.
func TestASlowViewerSlowsNobody(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	fast := helping(t, d, d.Code, protocol.View)
	p := painter{t, display.Conn(t)}
	count := func() int {
		before := frames([]*agent{fast})
		for n := range uint32(90) { // three seconds
			p.paint(image.Rect(0, 0, 320, 240), func(x, y int) uint32 { return mosaic(x, y+int(n)*480) })
			time.Sleep(time.Second / 30)
		}
		return frames([]*agent{fast}) - before
	}
	alone := count()
	over, err := relay.Open(relay.Edge)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(over.Close)
	slow := joinAgent(t, d, d.ring(), over)
	t.Cleanup(slow.leave)
	slow.ask(protocol.View, 1, 2)
	d.allow(protocol.View)
	beside := count()
	link := relay.Edge
	link.Cut = true
	over.Set(link)
	cut := count()
	t.Logf("%d pictures alone, %d beside a slow viewer, who got %d, %d beside one who is cut off", alone, beside, frames([]*agent{slow}), cut)
	if 3*beside < alone || 3*cut < alone {
		t.Errorf("%d pictures alone, %d beside a slow viewer, %d beside one who is cut off", alone, beside, cut)
	}
}

// frames is how many pictures agents have seen.
func frames(agents []*agent) (n int) {
	for _, a := range agents {
		a.mu.Lock()
		n += a.frames
		a.mu.Unlock()
	}
	return n
}
