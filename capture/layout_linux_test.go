package capture_test

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

func TestResize(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := desk(t, "800x600x24")
		v := open(d)
		v.grab()
		for _, size := range []image.Point{{640, 480}, {333, 222}, {800, 600}} {
			d.Resize(t, size)
			for v.frame.Size != size {
				v.wait()
				v.grab()
			}
			d.WaitStill(t)
			v.grab()
			v.same(d)
		}
		if v.resets > 7 {
			t.Errorf("%d resets for three changes of size", v.resets)
		}
	})
}

// TestResizeUnderWay grabs all the time while the size changes, so that some
// requests come too late for the size they were meant for.
func TestResizeUnderWay(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "400x300x24")
		d.Resize(t, image.Pt(200, 100))
		paint, v := newBrush(t, d), open(d)
		for i := range 12 {
			size := image.Pt(200, 100)
			if i%2 == 0 {
				size = image.Pt(400, 300)
			}
			d.Start(t, "xrandr", "--output", "screen", "--mode", fmt.Sprintf("%dx%d", size.X, size.Y))
			for v.frame.Size != size {
				paint.draw(image.Rect(100, 50, 400, 300), uint32(i)*0x102030)
				v.grab()
			}
		}
		d.WaitStill(t)
		v.grab()
		v.same(d)
	})
}

func TestMonitors(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "640x480x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	whole, left, right := image.Rect(0, 0, 640, 480), image.Rect(0, 0, 320, 480), image.Rect(320, 0, 640, 480)
	v.monitorsBecome(whole)
	d.Run(t, "xrandr", "--setmonitor", "right", "320/100x480/100+320+0", "screen")
	v.monitorsBecome(right)
	d.Run(t, "xrandr", "--setmonitor", "left", "320/100x480/100+0+0", "none")
	v.monitorsBecome(right, left)
	d.Run(t, "xrandr", "--delmonitor", "left")
	v.monitorsBecome(right)
	d.Run(t, "xrandr", "--setmonitor", "*left", "320/100x480/100+0+0", "none")
	v.monitorsBecome(left, right) // the primary one comes first
	d.Run(t, "xrandr", "--delmonitor", "left")
	d.Run(t, "xrandr", "--delmonitor", "right")
	v.monitorsBecome(whole)
	v.same(d)
}

// monitorsBecome waits until a reset tells of these monitors.
func (v *viewer) monitorsBecome(want ...image.Rectangle) {
	v.tb.Helper()
	before := v.resets
	v.until("monitors", func() bool { return slices.Equal(v.frame.Monitors, want) })
	if v.resets == before {
		v.tb.Errorf("monitors became %v without a reset", want)
	}
}
