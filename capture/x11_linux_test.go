package capture_test

import (
	"image"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// desk starts a display with a terminal in which typed text appears.
func desk(t *testing.T, screen string, args ...string) *capturetest.Display {
	t.Helper()
	d := capturetest.StartXvfb(t, screen, args...)
	d.Start(t, "xterm", "-geometry", "40x10+20+20", "-e", "cat")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm")
	d.WaitStill(t)
	return d
}

// TestPicture compares, for every way and depth, every pixel after each thing
// that happens on a screen.
func TestPicture(t *testing.T) {
	t.Parallel()
	for name, way := range capture.Ways {
		for _, screen := range []string{"640x480x24", "640x480x16", "641x479x30", "641x479x15"} {
			t.Run(name+"/"+screen, func(t *testing.T) {
				t.Parallel()
				d := desk(t, screen)
				source, err := capture.OpenBy(d.Name(), way)
				v := watch(t, source, err)
				v.grab()
				v.same(d)
				d.Run(t, "xdotool", "type", "--delay", "1", "The quick brown fox")
				v.wait()
				d.WaitStill(t)
				v.grab()
				v.same(d)
				for _, place := range []string{"300", "450", "0"} {
					d.Run(t, "xdotool", "search", "--class", "xterm", "windowmove", "--sync", place, place)
					v.grab()
				}
				d.WaitStill(t)
				v.grab()
				v.same(d)
				if v.resets != 1 {
					t.Errorf("%d resets, want the first one alone", v.resets)
				}
			})
		}
	}
}

func TestResize(t *testing.T) {
	t.Parallel()
	for name, way := range capture.Ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, "800x600x24")
			source, err := capture.OpenBy(d.Name(), way)
			v := watch(t, source, err)
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
}
