package capture_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// brush fills rectangles of a display's root window at once.
type brush struct {
	draw func(r image.Rectangle, pixel uint32)
}

func newBrush(tb testing.TB, d *capturetest.Display) brush {
	tb.Helper()
	c := d.Conn(tb)
	root := xproto.Drawable(xproto.Setup(c).DefaultScreen(c).Root)
	gc, err := xproto.NewGcontextId(c)
	if err != nil {
		tb.Fatal(err)
	}
	xproto.CreateGC(c, gc, root, xproto.GcSubwindowMode, []uint32{xproto.SubwindowModeIncludeInferiors})
	return brush{func(r image.Rectangle, pixel uint32) {
		xproto.ChangeGC(c, gc, xproto.GcForeground, []uint32{pixel})
		xproto.PolyFillRectangle(c, root, gc, []xproto.Rectangle{{
			X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy()),
		}})
		c.Sync()
	}}
}

// BenchmarkGrab takes pictures of a 1920x1080 screen, after nothing, 64x64
// pixels, twelve such places and everything was drawn. The drawing is not timed.
func BenchmarkGrab(b *testing.B) {
	for name, way := range capture.Ways {
		for _, work := range []struct {
			name  string
			rects []image.Rectangle
		}{
			{"idle", nil},
			{"64x64", []image.Rectangle{image.Rect(320, 320, 384, 384)}},
			{"12x64x64", places(12)},
			{"full", []image.Rectangle{image.Rect(0, 0, 1920, 1080)}},
		} {
			b.Run(name+"/"+work.name, func(b *testing.B) {
				d := capturetest.StartXvfb(b, "1920x1080x24")
				source, err := capture.OpenBy(d.Name(), way)
				v := watch(b, source, err)
				v.grab()
				paint := newBrush(b, d)
				b.ReportAllocs()
				pixel := uint32(0)
				for b.Loop() {
					b.StopTimer()
					for _, r := range work.rects {
						pixel += 0x010203
						paint.draw(r, pixel)
					}
					b.StartTimer()
					if err := source.Grab(&v.frame); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(v.frame.Damage)), "rects")
			})
		}
	}
}

// places are n squares of 64 pixels spread over the screen.
func places(n int) (all []image.Rectangle) {
	for i := range n {
		at := image.Pt(i%6*300, i/6*300)
		all = append(all, image.Rectangle{at, at.Add(image.Pt(64, 64))})
	}
	return all
}
