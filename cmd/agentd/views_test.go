package main

import (
	"fmt"
	"image"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"telestrator/capture/capturetest"
)

// sameView compares what was seen with a part of the X server's own picture:
// every pixel if it is as large, and what draw makes of it, to a level, if not.
func sameView(t *testing.T, got *image.RGBA, display *capturetest.Display, part image.Rectangle, size image.Point) {
	t.Helper()
	observe(t, display).alone()
	screen := display.Picture(t)
	if part = part.Intersect(screen.Rect); got.Rect.Size() != size {
		t.Fatalf("a picture of %v, want %v", got.Rect.Size(), size)
	}
	want, allowed := image.NewRGBA(got.Rect), 0
	if draw.BiLinear.Scale(want, want.Rect, screen, part, draw.Src, nil); size != part.Size() {
		allowed = 1
	}
	for i := range want.Pix {
		if d := int(want.Pix[i]) - int(got.Pix[i]); d > allowed || -d > allowed {
			t.Fatalf("(%d,%d) is %d levels off", i/4%size.X, i/4/size.X, d)
		}
	}
}

// asked is the part as probe takes it.
func asked(part image.Rectangle) string {
	return fmt.Sprintf("%d,%d,%d,%d", part.Min.X, part.Min.Y, part.Dx(), part.Dy())
}

// TestViewsOfScreens looks at parts of screens of all kinds, and at scaled
// pictures of them.
func TestViewsOfScreens(t *testing.T) {
	for _, c := range []struct {
		screen string
		part   image.Rectangle
		most   string
		size   image.Point
	}{
		{"3840x2160x24", image.Rect(1920, 0, 3840, 1080), "0x0", image.Pt(1920, 1080)},
		{"3840x2160x24", image.Rect(0, 0, 3840, 2160), "1366x1366", image.Pt(1366, 768)},
		{"1x1x24", image.Rect(0, 0, 500, 500), "1x1", image.Pt(1, 1)},
		{"640x480x16", image.Rect(100, 50, 333, 401), "0x0", image.Pt(233, 351)},
		{"640x480x16", image.Rect(0, 0, 640, 480), "320x0", image.Pt(320, 240)},
		{"640x480x30", image.Rect(100, 50, 333, 401), "0x0", image.Pt(233, 351)},
		{"640x480x30", image.Rect(100, 50, 640, 480), "123x999", image.Pt(123, 97)},
	} {
		t.Run(c.screen+" "+c.most, func(t *testing.T) {
			t.Parallel() // they mostly wait
			display := capturetest.StartXvfb(t, c.screen)
			pattern(t, display)
			got := seen(t, display, "3", func() {}, "--look", asked(c.part), "--size", c.most)
			sameView(t, got, display, c.part, c.size)
		})
	}
}

// TestOneMonitor looks at each of two monitors of different sizes, while windows
// move from one to the other.
func TestOneMonitor(t *testing.T) {
	capturetest.Require(t, "xrandr")
	display := applications(t, "1920x1024x24")
	monitors := []image.Rectangle{image.Rect(0, 0, 1280, 1024), image.Rect(1280, 200, 1920, 680)}
	display.Run(t, "xrandr", "--setmonitor", "left", "1280/300x1024/240+0+0", "screen")
	display.Run(t, "xrandr", "--setmonitor", "right", "640/160x480/120+1280+200", "none")
	for _, monitor := range monitors {
		t.Run(asked(monitor), func(t *testing.T) {
			got := seen(t, display, "5", func() {
				for i := range 40 {
					time.Sleep(50 * time.Millisecond)
					display.Run(t, "xdotool", "search", "--onlyvisible", "--class", "xterm", "windowmove", fmt.Sprint(1500-30*i), fmt.Sprint(100+5*i))
				}
				display.WaitStill(t)
			}, "--look", asked(monitor))
			sameView(t, got, display, monitor, monitor.Size())
		})
	}
}

// TestResizeOfAView changes the screen's size while a part of it is looked at,
// scaled: larger, so small that it cuts the part, and so small that nothing of
// the part is left.
func TestResizeOfAView(t *testing.T) {
	capturetest.Require(t, "xrandr")
	for _, c := range []struct {
		sizes []image.Point
		part  image.Rectangle
		size  image.Point
	}{
		{[]image.Point{{1024, 768}, {1280, 1024}}, image.Rect(700, 500, 1100, 900), image.Pt(200, 200)},
		{[]image.Point{{1280, 1024}, {800, 600}}, image.Rect(700, 500, 800, 600), image.Pt(100, 100)},
		{[]image.Point{{800, 600}, {640, 480}}, image.Rect(0, 0, 640, 480), image.Pt(200, 150)},
	} {
		t.Run(fmt.Sprint(c.sizes), func(t *testing.T) {
			t.Parallel()
			display := capturetest.StartXvfb(t, "1280x1024x24")
			pattern(t, display)
			got := seen(t, display, "5", func() {
				for _, size := range c.sizes {
					time.Sleep(time.Second) // some pictures of the size before
					display.Resize(t, size)
				}
			}, "--look", "700,500,400,400", "--size", "200x200")
			sameView(t, got, display, c.part, c.size)
		})
	}
}

// TestBadLooks gives probe flags that it refuses.
func TestBadLooks(t *testing.T) {
	for _, args := range [][]string{{"--look", "1,2,3"}, {"--look", "1,2,3,4,5"}, {"--look", "0,0,16385,1"}, {"--look", "-1,0,5,5"},
		{"--size", "5"}, {"--size", "16385x1"}, {"--size", "5x5x5"}} {
		p := (&daemon{t: t}).probe("AAAA-AAAA", args...)
		if _, code := p.wait(t); code != 2 {
			t.Errorf("%v: exit %d, want 2", args, code)
		}
	}
}
