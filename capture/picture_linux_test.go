package capture_test

import (
	"bytes"
	"errors"
	"image"
	"math/rand/v2"
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
	d.Run(t, "xdotool", "mousemove", "100", "80") // what is typed goes to the window below the pointer
	d.WaitStill(t)
	return d
}

// eachWay runs a test for every way of getting pixels.
func eachWay(t *testing.T, f func(t *testing.T, open func(*capturetest.Display) *viewer)) {
	for name, way := range capture.Ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, func(d *capturetest.Display) *viewer {
				t.Helper()
				source, err := capture.OpenBy(d.Name(), way)
				v := watch(t, source, err)
				t.Cleanup(func() {
					if got := capture.WayOf(source); got != name {
						t.Errorf("went on by %s", got)
					}
				})
				return v
			})
		})
	}
}

// TestPicture compares, for every way and depth, every pixel after each thing
// that happens on a screen.
func TestPicture(t *testing.T) {
	t.Parallel()
	for _, screen := range []string{"640x480x24", "641x479x16", "641x479x30"} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				d := desk(t, screen)
				v := open(d)
				v.grab()
				v.same(d)
				before := bytes.Clone(v.seen.Pix)
				d.Run(t, "xdotool", "type", "--delay", "1", "The quick brown fox")
				v.wait()
				d.WaitStill(t)
				v.grab()
				v.same(d)
				if bytes.Equal(v.seen.Pix, before) {
					t.Error("nothing was typed")
				}
				for _, place := range []string{"300", "450", "0"} { // 450 is partly outside
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
		})
	}
}

// TestPictureOfRandomDrawing compares every pixel after each of many drawings,
// some of which leave the screen.
func TestPictureOfRandomDrawing(t *testing.T) {
	t.Parallel()
	for _, screen := range []string{"300x200x24", "301x201x16", "301x201x30", "99x99x15", "1x1x24", "1x1x16", "7x300x24"} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				d := capturetest.StartXvfb(t, screen)
				paint, v := newBrush(t, d), open(d)
				rng := rand.New(rand.NewPCG(3, uint64(len(screen))))
				for round := range 60 {
					for range rng.IntN(30) {
						at := image.Pt(rng.IntN(340)-20, rng.IntN(240)-20)
						paint.draw(image.Rectangle{at, at.Add(image.Pt(1+rng.IntN(60), 1+rng.IntN(60)))}, rng.Uint32())
					}
					v.grab()
					if round%3 == 0 {
						v.same(d)
					}
				}
				v.same(d)
			})
		})
	}
}

// TestPictureWhileDrawing grabs as fast as it can while an application draws
// without a pause, and must have everything in the end.
func TestPictureWhileDrawing(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "500x400x24")
		v := open(d)
		v.grab()
		flood := d.Start(t, "xterm", "-geometry", "60x20", "-e", "while :; do seq 1 200; done")
		for range 200 {
			v.wait()
			v.grab()
		}
		if err := flood.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		d.WaitStill(t)
		v.grab()
		v.same(d)
	})
}

func TestPicture4K(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "3840x2160x24")
		paint, v := newBrush(t, d), open(d)
		v.grab()
		for i, r := range []image.Rectangle{{Max: image.Pt(3840, 2160)}, image.Rect(5, 7, 3835, 2153), image.Rect(3700, 2000, 4000, 2300)} {
			paint.draw(r, 0x123456*uint32(i+1))
			v.grab()
		}
		v.same(d)
	})
}

// TestFailedGrab: what a failed Grab took from the server is not lost, and the
// caller learns when to try again.
func TestFailedGrab(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "200x100x24")
		paint, v := newBrush(t, d), open(d)
		v.grab()
		paint.draw(image.Rect(10, 20, 30, 40), 0xff8000)
		d.Run(t, "xdotool", "mousemove", "7", "9")
		v.wait()
		capture.FailNext(v.source)
		if err := v.source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) {
			t.Fatalf("Grab: %v", err)
		}
		v.wait()
		v.grab()
		v.same(d)
		if v.resets != 1 {
			t.Errorf("%d resets, want the first one alone", v.resets)
		}
		if v.cursor.Pos != image.Pt(7, 9) {
			t.Errorf("the cursor is at %v", v.cursor.Pos)
		}
	})
}

// TestAutomaticWay: the cheapest way is chosen, and a server without shared
// memory can be watched all the same.
func TestAutomaticWay(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{"pixmap": nil, "images": {"-extension", "MIT-SHM"}} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			d := desk(t, "320x240x24", args...)
			source, err := capture.Open(d.Name())
			v := watch(t, source, err)
			if got := capture.WayOf(source); got != want {
				t.Errorf("chose %q", got)
			}
			v.grab()
			v.same(d)
		})
	}
}

// TestSharedMemoryRunsOut: a new size for which no memory can be shared is shown
// all the same.
func TestSharedMemoryRunsOut(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pixmap", "segment"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := capturetest.StartXvfb(t, "320x240x24")
			source, err := capture.OpenBy(d.Name(), capture.Ways[name])
			v := watch(t, source, err)
			capture.Unshare(source)
			paint := newBrush(t, d)
			v.grab()
			paint.draw(image.Rect(5, 5, 50, 50), 0x80ff00)
			v.grab()
			v.same(d)
			if got := capture.WayOf(source); got != "images" {
				t.Errorf("went on by %s", got)
			}
		})
	}
}
