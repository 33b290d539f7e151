package main

import (
	"context"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/ink"
	"telestrator/privacy"
	"telestrator/protocol"
)

// withField is a configuration that hides a field, and where that is.
func withField(t *testing.T) (path string, field image.Rectangle) {
	path = filepath.Join(t.TempDir(), "agentd.yaml")
	if err := os.WriteFile(path, []byte("privacy: {rects: [[150, 200, 220, 34]]}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, image.Rect(150, 200, 370, 234)
}

// changedIn is where two pictures of the screen differ, but for border and bar.
func (o *observer) changedIn(before, after image.Image) image.Rectangle {
	_, where := differences(o.beside(before), o.beside(after))
	return where
}

// TestOutline hides a field of a real screen: the user sees an outline inside
// of it and nowhere else, the agent a flat area; however the session ends,
// the screen is as it was.
func TestOutline(t *testing.T) {
	for name, end := range map[string]func(d *daemon){
		"stop":    func(d *daemon) { d.call("POST", "/api/stop", nil, nil) },
		"kill -9": func(d *daemon) { d.end(syscall.SIGKILL) },
		"guardian": func(d *daemon) {
			_ = syscall.Kill(d.guardian(t), syscall.SIGKILL)
			d.call("POST", "/api/stop", nil, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			display := capturetest.StartXvfb(t, "640x480x24")
			pattern(t, display)
			before := display.Picture(t)
			config, field := withField(t)
			d := startDemo(t, "--display", display.Name(), "--config", config)
			o := observe(t, display)
			a := helping(t, d, d.Code, protocol.View)
			wait(t, "outlined", func() bool { return o.changedIn(before, o.picture()) == field })
			a.sees("a flat area", flatIn(before, field))
			end(d)
			o.alone()
			wait(t, "as it was", func() bool { n, _ := differences(o.picture(), before); return n == 0 })
		})
	}
}

// flatIn is a picture with an area that is hidden.
func flatIn(picture *image.RGBA, area image.Rectangle) *image.RGBA {
	flat := image.NewRGBA(picture.Rect)
	copy(flat.Pix, picture.Pix)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			flat.SetRGBA(x, y, color.RGBA{privacy.Grey >> 16, privacy.Grey >> 8 & 255, privacy.Grey & 255, 255})
		}
	}
	return flat
}

// TestOutlineIsNotCaptured takes pictures of what lies beneath outlines, of
// which nothing is masked: the outlines are not in them, wherever they move.
func TestOutlineIsNotCaptured(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	pattern(t, display)
	before := display.Picture(t)
	overlay, err := ink.OpenOverlay(display.Name(), ink.WordsFor("en"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := capture.Open(display.Name())
	if err != nil {
		t.Fatal(err)
	}
	var runs sync.WaitGroup
	ctx, end := context.WithCancelCause(t.Context())
	runs.Go(func() { _ = overlay.Run(ctx) })
	runs.Go(func() { _ = source.Run(ctx) })
	defer func() { end(errors.New("enough")); runs.Wait(); _ = source.Close() }()
	if err := source.(capture.Beneath).Beneath(overlay.Windows()); err != nil {
		t.Fatal(err)
	}
	if err := overlay.Sign(&ink.Sign{Scopes: protocol.View}); err != nil {
		t.Fatal(err)
	}
	o := observe(t, display)
	for i := range 20 {
		if err := overlay.Hidden([]image.Rectangle{image.Rect(40, 100+7*i, 300, 140+9*i), image.Rect(350, 300, 640, 480)}); err != nil {
			t.Fatal(err)
		}
		if o.changedIn(before, o.picture()).Empty() {
			t.Fatal("nothing is outlined")
		}
		var f capture.Frame
		if err := source.Grab(&f); err != nil {
			t.Fatal(err)
		}
		if n, where := differences(pictureOf(&f), before); n != 0 {
			t.Fatalf("%d pixels differ, in %v", n, where)
		}
	}
}

// pictureOf is the picture of a frame.
func pictureOf(f *capture.Frame) *image.RGBA {
	picture := image.NewRGBA(image.Rectangle{Max: f.Size})
	for y := range f.Size.Y {
		for x := range f.Size.X {
			p := f.Pix[y*f.Stride+4*x:]
			picture.SetRGBA(x, y, color.RGBA{p[2], p[1], p[0], 255})
		}
	}
	return picture
}
