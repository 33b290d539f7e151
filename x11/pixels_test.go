package x11_test

import (
	"encoding/binary"
	"image"
	"slices"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/x11"
)

// pixels is a window with a child in it, and what it takes to look at its own
// pixels.
type pixels struct {
	t             *testing.T
	c             *x11.Conn
	fixes         *x11.Fixes
	damage        *x11.Damage
	composite     *x11.Composite
	gc            uint32
	window, child uint32
	region        uint32
	cover         *x11.Cover
	pixmap, watch uint32
}

func newPixels(t *testing.T) *pixels {
	d := capturetest.StartXvfb(t, "320x240x24")
	c, err := x11.Dial(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	p := &pixels{t: t, c: c}
	if p.fixes, err = x11.OpenFixes(c); err != nil {
		t.Fatal(err)
	}
	if p.damage, err = x11.OpenDamage(c); err != nil {
		t.Fatal(err)
	}
	if p.composite, err = x11.OpenComposite(c); err != nil {
		t.Fatal(err)
	}
	p.gc, p.region, p.cover = c.CreateGC(), p.fixes.CreateRegion(), x11.NewCover(c, p.fixes)
	p.composite.RedirectAll()
	p.window = c.CreateWindow(image.Rect(20, 30, 120, 110))
	p.child = c.CreateChild(p.window, image.Rect(10, 10, 60, 50))
	c.Map(p.child)
	c.Map(p.window)
	return p
}

// name looks at the window's pixels of now.
func (p *pixels) name() {
	p.pixmap, p.watch = p.c.ID(), p.c.ID()
	p.composite.NamePixmap(p.window, p.pixmap)
	p.damage.WatchPixmap(p.watch, p.pixmap)
}

// drawn compares what was drawn since it was asked last.
func (p *pixels) drawn(what string, want ...image.Rectangle) {
	p.t.Helper()
	p.damage.Subtract(p.watch, p.region)
	p.fixes.AskRegion(p.region)
	got, err := p.fixes.Region(nil, image.Rect(-500, -500, 500, 500), 100)
	if err != nil || p.c.Check() != nil || !slices.Equal(got, want) {
		p.t.Errorf("%s: drawn %v, error %v, want %v", what, got, err, want)
	}
}

// TestWatchPixmap: a pixmap tells what is drawn on the window whose pixels it
// is, and no longer when the window has others.
func TestWatchPixmap(t *testing.T) {
	t.Parallel()
	p := newPixels(t)
	p.name()
	p.drawn("at first")
	p.c.Fill(p.window, p.gc, []image.Rectangle{image.Rect(70, 5, 90, 15)})
	p.drawn("on the window", image.Rect(70, 5, 90, 15))
	p.c.Fill(p.child, p.gc, []image.Rectangle{image.Rect(1, 2, 30, 40)})
	p.drawn("in the window", image.Rect(11, 12, 40, 50))
	p.c.Place(p.window, image.Rect(25, 25, 125, 105), 0)
	p.drawn("moved, which counts as drawing", image.Rect(0, 0, 100, 80))
	p.c.Fill(p.window, p.gc, []image.Rectangle{image.Rect(70, 5, 90, 15)})
	p.drawn("on it where it is now", image.Rect(70, 5, 90, 15))
	p.c.Place(p.window, image.Rect(25, 25, 135, 115), 0)
	p.c.Fill(p.window, p.gc, []image.Rectangle{image.Rect(70, 5, 90, 15)})
	p.drawn("of another size")
	p.name()
	p.c.Unmap(p.window)
	p.c.Map(p.window)
	p.c.Fill(p.window, p.gc, []image.Rectangle{image.Rect(70, 5, 90, 15)})
	p.drawn("hidden and shown")
}

// TestRepaint: the server paints the backgrounds, and nothing is painted where
// a window has none.
func TestRepaint(t *testing.T) {
	t.Parallel()
	p := newPixels(t)
	p.name()
	p.c.AskAttributes(p.window)
	window, err := p.c.Attributes()
	if err != nil {
		t.Fatal(err)
	}
	repaint := func() { p.cover.Repaint(p.window, window.Visual, image.Pt(100, 80)) }
	p.c.Together(repaint)
	p.drawn("without backgrounds")
	p.c.BackPixel(p.child, 0x123456)
	p.c.Together(repaint)
	p.drawn("with one", image.Rect(10, 10, 60, 50))
}

// TestEventsOfWindows reads sizes and ends.
func TestEventsOfWindows(t *testing.T) {
	t.Parallel()
	event := func(kind byte, parent uint32) x11.Event {
		e := make(x11.Event, 32)
		e[0] = kind
		binary.LittleEndian.PutUint32(e[12:], parent)
		copy(e[20:], []byte{100, 0, 50, 0, 3, 0})
		return e
	}
	const root, frame = 77, 78
	for _, c := range []struct {
		e             x11.Event
		remade, ended bool
		outer         image.Point
	}{
		{event(22, 0), false, false, image.Pt(106, 56)},     // configured
		{event(22|128, 0), false, false, image.Pt(106, 56)}, // sent by a program
		{event(17, 0), true, true, image.Point{}},           // destroyed
		{event(18, 0), true, false, image.Point{}},          // unmapped
		{event(19, 0), true, false, image.Point{}},          // mapped
		{event(21, root), true, false, image.Point{}},       // to the root
		{event(21, frame), true, true, image.Point{}},       // from it
		{event(26, 0), false, false, image.Point{}},         // circulated
	} {
		outer, told := c.e.Outer()
		if c.e.Remade() != c.remade || c.e.Ended(root) != c.ended || outer != c.outer || told == (outer == image.Point{}) {
			t.Errorf("event %d: remade %v, ended %v, outer %v %v", c.e[0], c.e.Remade(), c.e.Ended(root), outer, told)
		}
	}
}
