package ink

import (
	"image"
	"image/color"
	"testing"

	"telestrator/capture/capturetest"
)

// TestNoShadow: a compositor that gives windows shadows gives none to the
// border, which would lie on everything that it encloses.
func TestNoShadow(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "picom", "xsetroot")
	s := newStage(t, "640x480x24")
	s.d.Run(t, "xsetroot", "-solid", "#c0c0c0")
	s.d.Start(t, "picom", "--config", "/dev/null", "--backend", "xrender", "--shadow")
	s.until("composited", func() bool { return s.d.Picture(t).RGBAAt(320, 240) != color.RGBA{0xc0, 0xc0, 0xc0, 255} })
	s.d.WaitStill(t)
	before := s.d.Picture(t).RGBAAt(320, 240)
	s.sign(calmSign())
	s.hidden(image.Rect(0, 0, 640, 480))
	s.until("shown", func() bool { return s.d.Picture(t).RGBAAt(1, 1) != before })
	s.d.WaitStill(t)
	if after := s.d.Picture(t).RGBAAt(320, 240); after != before {
		t.Errorf("the middle of the screen went from %v to %v", before, after)
	}
}
