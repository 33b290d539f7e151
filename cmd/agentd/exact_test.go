package main

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestExact shows a desktop with an xterm, a GTK window and Chromium to a
// probe: what it saves equals the X server's own picture in every pixel.
func TestExact(t *testing.T) {
	display := applications(t, "1280x800x24")
	browse(t, display)
	d := startDemo(t, "--display", display.Name())
	got := filepath.Join(t.TempDir(), "got.png")
	p := d.probe(d.Code, "--seconds", "5", "--png", got)
	d.grant()
	report, code := p.wait(t)
	if code != 0 || report.Frames == 0 {
		t.Fatalf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
	file, err := os.Open(got)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	observe(t, display).alone()
	if n, where := differences(picture, display.Picture(t)); n != 0 {
		t.Errorf("%d pixels differ, in %v", n, where)
	}
}

// TestStill watches a screen that stands still: after the first pictures there
// are none.
func TestStill(t *testing.T) {
	display := applications(t, "1280x800x24")
	display.WaitStill(t)
	d := startDemo(t, "--display", display.Name())
	short := d.probe(d.Code, "--seconds", "1")
	d.grant()
	first, _ := short.wait(t)
	long := d.probe(d.ring(), "--seconds", "10")
	d.grant()
	second, code := long.wait(t)
	if code != 0 || second.Channels["screen"] > first.Channels["screen"]+100 {
		t.Errorf("1 s brought %d bytes of pictures, 10 s %d (exit %d)", first.Channels["screen"], second.Channels["screen"], code)
	}
}
