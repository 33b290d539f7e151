package capture_test

import (
	"image"
	"image/color"
	"image/draw"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// only lets the viewer's source show nothing but these windows.
func (v *viewer) only(windows ...xproto.Window) {
	v.tb.Helper()
	var ids []uint32
	for _, w := range windows {
		ids = append(ids, uint32(w))
	}
	if err := v.source.(capture.Only).Only(ids, true); err != nil {
		v.tb.Fatal(err)
	}
}

// scene is what a picture of chosen windows has to be.
type scene struct{ *image.RGBA }

func newScene(v *viewer) scene {
	s := scene{image.NewRGBA(image.Rectangle{Max: v.frame.Size})}
	s.paint(s.Rect, 0x808080)
	return s
}

func (s scene) paint(r image.Rectangle, colour uint32) {
	draw.Draw(s, r, image.NewUniform(color.RGBA{byte(colour >> 16), byte(colour >> 8), byte(colour), 255}), image.Point{}, draw.Src)
}

// stray looks for the colour of what is not chosen in all of the mirror,
// whatever a Frame says of it.
func (v *viewer) stray() {
	v.tb.Helper()
	if i := glares(v.frame.Pix); i >= 0 {
		v.tb.Errorf("a pixel of what is not chosen at %d,%d", i%v.frame.Stride/4, i/v.frame.Stride)
	}
}

// glares finds the colour of what is not chosen, or -1.
//
//go:norace
func glares(pix []byte) int {
	want := [3]byte{glaring & 255, glaring >> 8 & 255, glaring >> 16}
	for i := 0; i+4 <= len(pix); i += 4 {
		if [3]byte(pix[i:]) == want {
			return i
		}
	}
	return -1
}

// always looks for that colour in the mirror all the time, also while a Grab is
// under way, until the test calls what it returns.
func (v *viewer) always() (end func()) {
	pix, over := v.frame.Pix, make(chan struct{})
	var looks sync.WaitGroup
	looks.Go(func() {
		for {
			select {
			case <-over:
				return
			case <-time.After(20 * time.Microsecond):
				if i := glares(pix); i >= 0 {
					v.tb.Errorf("a pixel of what is not chosen at byte %d under way", i)
					return
				}
			}
		}
	})
	return func() { close(over); looks.Wait() }
}

// screened takes a picture and compares it.
func (v *viewer) screened(s scene) {
	v.tb.Helper()
	v.grab()
	v.stray()
	v.is(s.RGBA)
}

// becomes waits for a picture, and for nothing of what is not chosen.
func (v *viewer) becomes(s scene) {
	v.tb.Helper()
	v.until("the picture", func() bool {
		v.stray()
		n, _ := differences(v.seen, s.RGBA)
		return n == 0
	})
}

// TestOnly shows chosen windows in all that can happen to them and to others.
func TestOnly(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, v := newPainter(t, d), open(d)
		p.background(glaring)
		low := p.show(pane{area: image.Rect(20, 20, 200, 160), colour: 0x306030})
		p.show(pane{area: image.Rect(0, 0, 320, 100), colour: glaring, border: 3})
		high := p.show(pane{area: image.Rect(140, 50, 180, 200), colour: 0x204080, border: 2})
		p.show(pane{area: image.Rect(100, 0, 320, 240), colour: glaring})
		v.grab()
		v.only(low, high)
		v.stray() // already
		v.grab()

		draws := func(lowAt, highAt image.Point, upside bool) scene {
			s := newScene(v)
			paintLow := func() { s.paint(image.Rect(0, 0, 180, 140).Add(lowAt), 0x306030) }
			if !upside {
				paintLow()
			}
			s.paint(image.Rect(-2, -2, 42, 152).Add(highAt), 0x204080^0xffffff)
			s.paint(image.Rect(0, 0, 40, 150).Add(highAt), 0x204080)
			if upside {
				paintLow()
			}
			return s
		}
		v.screened(draws(image.Pt(20, 20), image.Pt(140, 50), false))
		p.stack(low, xproto.StackModeAbove)
		p.sync()
		v.screened(draws(image.Pt(20, 20), image.Pt(140, 50), true))
		p.move(low, image.Pt(-30, 60))
		p.move(high, image.Pt(78, 100))
		p.stack(low, xproto.StackModeBelow)
		p.sync()
		s := draws(image.Pt(-30, 60), image.Pt(80, 102), false)
		v.screened(s)
		p.fill(low, image.Rect(50, 50, 90, 60), 0x112233)
		p.fill(high, image.Rect(0, 0, 9, 150), 0x332211)
		p.sync()
		s.paint(image.Rect(20, 110, 60, 120), 0x112233)
		s.paint(image.Rect(80, 102, 89, 252), 0x332211)
		v.screened(s)
		p.shape(high, image.Rect(0, 0, 20, 30))
		p.sync()
		s = newScene(v)
		s.paint(image.Rect(-30, 60, 150, 200), 0x306030)
		s.paint(image.Rect(20, 110, 60, 120), 0x112233)
		s.paint(image.Rect(80, 102, 100, 132), 0x204080)
		s.paint(image.Rect(80, 102, 89, 132), 0x332211)
		v.screened(s)
		xproto.UnmapWindow(p.c, low)
		p.size(high, image.Pt(100, 20))
		shape.Mask(p.c, shape.SoSet, shape.SkBounding, high, 0, 0, xproto.PixmapNone)
		p.sync()
		s = newScene(v)
		s.paint(image.Rect(78, 100, 182, 124), 0x204080^0xffffff)
		s.paint(image.Rect(80, 102, 180, 122), 0x204080)
		v.becomes(s)
		xproto.DestroyWindow(p.c, high)
		xproto.MapWindow(p.c, low)
		p.sync()
		s = newScene(v)
		s.paint(image.Rect(-30, 60, 150, 200), 0x306030)
		v.screened(s)
		p.size(low, image.Pt(100, 100))
		p.sync()
		v.screened(newScene(v)) // it may not be the last size
		p.size(low, image.Pt(200, 100))
		s.paint(s.Rect, 0x808080)
		s.paint(image.Rect(-30, 60, 170, 160), 0x306030)
		v.becomes(s)
		v.only()
		v.screened(newScene(v))
		if err := v.source.(capture.Only).Only(nil, false); err != nil {
			t.Fatal(err)
		}
		v.grab()
		v.same(d)
	})
}

// TestOnlyUnpainted: a window that nobody paints shows nothing of what was on
// the screen before, whatever becomes of it, and what is painted in the end is
// all there is to see.
func TestOnlyUnpainted(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, v := newPainter(t, d), open(d)
		p.background(glaring)
		before := p.create(pane{area: image.Rect(100, 20, 200, 160), colour: 1, lazy: true})
		p.show(pane{area: image.Rect(0, 0, 320, 240), colour: glaring})
		xproto.MapWindow(p.c, before)
		cover := p.show(pane{area: image.Rect(50, 0, 320, 240), colour: glaring})
		id := p.create(pane{area: image.Rect(10, 10, 150, 90), colour: 2, lazy: true})
		p.sync()
		v.only(before, id)
		v.grab()
		v.screened(newScene(v))
		xproto.MapWindow(p.c, id)
		p.sync()
		v.screened(newScene(v))
		for n := range 40 {
			switch n % 8 {
			case 0:
				p.move(id, image.Pt(3*n, 2*n))
			case 1:
				p.stack(id, xproto.StackModeBelow)
			case 2:
				p.size(id, image.Pt(40+3*n, 80+n))
			case 3:
				p.stack(cover, xproto.StackModeAbove)
			case 4:
				xproto.UnmapWindow(p.c, id)
			case 5:
				xproto.MapWindow(p.c, id)
			case 6:
				p.shape(id, image.Rect(0, 0, 30, 300), image.Rect(50, n, 60, n+50))
			case 7:
				p.move(before, image.Pt(100-n, n))
			}
			p.sync()
			v.screened(newScene(v))
		}
		p.fill(before, image.Rect(20, 30, 60, 80), 0x123456)
		p.sync()
		s := newScene(v)
		s.paint(image.Rect(20, 30, 60, 80).Add(image.Pt(61, 39)), 0x123456)
		v.screened(s)
	})
}
