package capturetest_test

import (
	"image"
	"sync"
	"testing"

	"telestrator/capture/capturetest"
)

func TestXvfb(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x200x24")
	d.Start(t, "xterm", "-geometry", "20x5+10+10", "-e", "cat")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm")
	d.WaitStill(t)
	got := d.Picture(t)
	if got.Rect != image.Rect(0, 0, 320, 200) {
		t.Errorf("picture is %v", got.Rect)
	}
	if got.RGBAAt(0, 0) == got.RGBAAt(100, 50) {
		t.Errorf("no window on the picture: %v everywhere", got.RGBAAt(0, 0))
	}
}

func TestXvfbRestartsOnItsNumber(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x64x16")
	name, pid := d.Name(), d.PID()
	d.Restart(t)
	if d.Name() != name || d.PID() == pid {
		t.Errorf("was %s process %d, now %s process %d", name, pid, d.Name(), d.PID())
	}
	d.Picture(t)
}

func TestXvfbManyAtOnce(t *testing.T) {
	t.Parallel()
	var names sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			d := capturetest.StartXvfb(t, "64x64x24")
			if _, taken := names.LoadOrStore(d.Name(), d); taken {
				t.Errorf("%s was given twice", d.Name())
			}
		})
	}
	all.Wait()
}

func TestXvfbResize(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "800x600x24")
	for _, size := range []image.Point{{640, 480}, {799, 100}, {800, 600}} {
		d.Resize(t, size)
		if got := d.Picture(t).Rect.Max; got != size {
			t.Errorf("resized to %v, is %v", size, got)
		}
	}
}
