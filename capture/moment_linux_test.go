package capture_test

import (
	"image"
	"testing"

	"telestrator/capture/capturetest"
)

// TestBeneathIsOfOneMoment paints a window in one colour after another, as fast
// as it goes, while pictures are taken: what lies beneath the overlay is of the
// same colour as the rest. The first picture after windows came, went or moved may
// be of two moments.
func TestBeneathIsOfOneMoment(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "640x480x24")
		whole := image.Rect(0, 0, 640, 480)
		p, o, v := newPainter(t, d), newOverlay(t, d, whole.Max), open(d)
		id := p.show(pane{area: whole})
		v.beneath(o.windows()...)
		o.show()
		o.draw(scribble...)
		v.grab()
		fill := func(n int) {
			p.fill(id, whole, uint32(n%251)*0x010101)
			p.sync()
		}
		seen, torn := map[byte]bool{}, 0
		meanwhile(3000, func(n int) {
			v.grab()
			if at := func(x, y int) byte { return v.seen.Pix[v.seen.PixOffset(x, y)] }; n > 10 {
				seen[at(620, 10)] = true
				if at(70, 70) != at(620, 10) { // in the ink, and outside
					torn++
				}
			}
		}, fill)
		if torn > 0 || len(seen) < 20 {
			t.Errorf("%d pictures are of two moments; %d different ones were seen", torn, len(seen))
		}
	})
}
