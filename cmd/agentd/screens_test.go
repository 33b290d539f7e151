package main

import (
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"telestrator/capture/capturetest"
)

// pattern gives the screen something to show.
func pattern(t testing.TB, display *capturetest.Display) {
	t.Helper()
	capturetest.Require(t, "xsetroot")
	display.Run(t, "xsetroot", "-mod", "16", "13", "-fg", "#3366cc", "-bg", "#f0e0a1")
}

// seen probes the display and returns what was seen at the end.
func seen(t *testing.T, display *capturetest.Display, seconds string, meanwhile func(), args ...string) *image.RGBA {
	t.Helper()
	d := startDemo(t, "--display", display.Name())
	got := filepath.Join(t.TempDir(), "got.raw")
	p := d.probe(d.Code, append(args, "--seconds", seconds, "--raw", got)...)
	d.grant()
	meanwhile()
	report, code := p.wait(t)
	if code != 0 || report.Frames == 0 {
		t.Fatalf("probe: exit %d, %+v; %s; %s", code, report, &p.errors, &d.errors)
	}
	raw, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	return &image.RGBA{Pix: raw, Stride: 4 * report.Width, Rect: image.Rect(0, 0, report.Width, report.Height)}
}

// TestScreens shows screens of all kinds exactly.
func TestScreens(t *testing.T) {
	for _, screen := range []string{"3840x2160x24", "1x1x24", "640x480x16", "640x480x30"} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel() // they mostly wait
			display := capturetest.StartXvfb(t, screen)
			pattern(t, display)
			got := seen(t, display, "2", func() {})
			observe(t, display).alone()
			if n, where := differences(got, display.Picture(t)); n != 0 {
				t.Errorf("%d pixels differ, in %v", n, where)
			}
		})
	}
}

// TestResize changes size and monitors in a session.
func TestResize(t *testing.T) {
	display := capturetest.StartXvfb(t, "1024x768x24")
	capturetest.Require(t, "xrandr")
	pattern(t, display)
	got := seen(t, display, "6", func() {
		time.Sleep(time.Second) // some pictures of the first size
		display.Resize(t, image.Pt(800, 600))
		time.Sleep(time.Second)
		display.Run(t, "xrandr", "--setmonitor", "left", "400/100x600/100+0+0", "none")
		display.Run(t, "xrandr", "--setmonitor", "right", "400/100x600/100+400+0", "none")
	})
	observe(t, display).alone()
	want := display.Picture(t)
	if want.Rect.Dx() != 800 {
		t.Fatalf("the display is %v", want.Rect)
	}
	if n, where := differences(got, want); n != 0 {
		t.Errorf("%d pixels differ, in %v", n, where)
	}
}
