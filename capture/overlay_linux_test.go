package capture_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// glaring is the colour of the overlay: no picture may have a pixel of it.
const glaring = 0xff00fe

// overlay is what lies over the screen while a session runs.
type overlay struct {
	p                *painter
	ink, border, bar xproto.Window
	size             image.Point
}

// newOverlay makes the overlay's windows, unmapped.
func newOverlay(tb testing.TB, d *capturetest.Display, size image.Point) *overlay {
	p := newPainter(tb, d)
	whole := image.Rectangle{Max: size}
	o := &overlay{p: p, size: size}
	o.ink = p.create(pane{area: whole, colour: glaring})
	o.border = p.create(pane{area: whole, colour: glaring})
	o.bar = p.create(pane{area: image.Rect(size.X/4, 0, size.X*3/4, 24), colour: glaring})
	p.shape(o.ink)
	p.shape(o.border, frame(whole, 3)...)
	for _, w := range []xproto.Window{o.ink, o.border, o.bar} { // programs below do not notice it
		shape.Rectangles(p.c, shape.SoSet, shape.SkInput, xproto.ClipOrderingUnsorted, w, 0, 0, nil)
	}
	p.sync()
	return o
}

func (o *overlay) windows() []uint32 { return []uint32{uint32(o.ink), uint32(o.border), uint32(o.bar)} }

func (o *overlay) show() {
	for _, w := range []xproto.Window{o.ink, o.border, o.bar} {
		o.p.stack(w, xproto.StackModeAbove)
		xproto.MapWindow(o.p.c, w)
	}
	o.p.sync()
}

func (o *overlay) hide() {
	for _, w := range []xproto.Window{o.ink, o.border, o.bar} {
		xproto.UnmapWindow(o.p.c, w)
	}
	o.p.sync()
}

// draw makes these the ink, of which there may be none.
func (o *overlay) draw(strokes ...image.Rectangle) {
	o.p.shape(o.ink, strokes...)
	o.p.sync()
}

// frame is a border along the inside of r.
func frame(r image.Rectangle, wide int) []image.Rectangle {
	in := r.Inset(wide)
	return []image.Rectangle{
		image.Rect(r.Min.X, r.Min.Y, r.Max.X, in.Min.Y), image.Rect(r.Min.X, in.Max.Y, r.Max.X, r.Max.Y),
		image.Rect(r.Min.X, in.Min.Y, in.Min.X, in.Max.Y), image.Rect(in.Max.X, in.Min.Y, r.Max.X, in.Max.Y),
	}
}

// beneath lets the viewer's source look beneath windows.
func (v *viewer) beneath(windows ...uint32) {
	v.tb.Helper()
	if err := v.source.(capture.Beneath).Beneath(windows); err != nil {
		v.tb.Fatal(err)
	}
}
