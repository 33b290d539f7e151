package capture_test

import (
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// portableOn watches a display in the portable way, which takes its name from
// the environment: tests of it run one after the other.
func portableOn(tb testing.TB, d *capturetest.Display, number int) *viewer {
	tb.Helper()
	tb.Setenv("DISPLAY", d.Name())
	tb.Setenv("XDG_SESSION_TYPE", "")
	source, err := capture.OpenPortable(number)
	return watch(tb, source, err)
}

// TestPortable compares every pixel after changes, which it finds by itself.
func TestPortable(t *testing.T) {
	d := desk(t, "641x479x24")
	v := portableOn(t, d, capture.AllDisplays)
	v.wait()
	v.grab()
	v.same(d)
	d.Run(t, "xdotool", "type", "--delay", "1", "The quick brown fox")
	v.wait()
	d.WaitStill(t)
	v.grab()
	v.same(d)
	d.Run(t, "xdotool", "search", "--class", "xterm", "windowmove", "--sync", "300", "300")
	d.WaitStill(t)
	v.grab()
	v.same(d)
	if v.resets != 1 {
		t.Errorf("%d resets, want the first one alone", v.resets)
	}
	v.drain()
	select {
	case <-v.source.Changed():
		t.Error("told of a change on a still screen")
	case <-time.After(500 * time.Millisecond):
	}
	d.Resize(t, image.Pt(320, 240))
	v.until("another size", func() bool { return v.frame.Size == image.Pt(320, 240) })
	d.WaitStill(t)
	v.grab()
	v.same(d)
}

// TestPortableDisplay: one of several displays is a picture of its own.
func TestPortableDisplay(t *testing.T) {
	d := desk(t, "640x480x24")
	d.Run(t, "xrandr", "--setmonitor", "right", "320/100x480/100+320+0", "screen")
	d.Run(t, "xrandr", "--setmonitor", "left", "320/100x480/100+0+0", "none")
	all := portableOn(t, d, capture.AllDisplays)
	all.grab()
	if len(all.frame.Monitors) != 2 || all.frame.Size != image.Pt(640, 480) {
		t.Errorf("size %v, monitors %v", all.frame.Size, all.frame.Monitors)
	}
	all.same(d)
	for number, at := range all.frame.Monitors {
		v := portableOn(t, d, number)
		v.grab()
		if v.frame.Size != at.Size() || len(v.frame.Monitors) != 1 || v.frame.Monitors[0] != (image.Rectangle{Max: at.Size()}) {
			t.Errorf("display %d: size %v, monitors %v", number, v.frame.Size, v.frame.Monitors)
		}
		want := image.NewRGBA(image.Rectangle{Max: at.Size()})
		for y := range at.Dy() {
			copy(want.Pix[y*want.Stride:][:want.Stride], all.seen.Pix[all.seen.PixOffset(at.Min.X, at.Min.Y+y):])
		}
		v.is(want)
	}
	if _, err := capture.OpenPortable(2); err == nil || !strings.Contains(err.Error(), "no display 2") {
		t.Errorf("a display that is not there: %v", err)
	}
}

func TestPortableRefuses(t *testing.T) {
	t.Setenv("DISPLAY", ":59999")
	t.Setenv("XDG_SESSION_TYPE", "")
	if _, err := capture.OpenPortable(0); err == nil || !strings.Contains(err.Error(), "no display") {
		t.Errorf("without a server: %v", err)
	}
	t.Setenv("XDG_SESSION_TYPE", "wayland")
	if _, err := capture.OpenPortable(0); !errors.Is(err, capture.ErrUnsupported) {
		t.Errorf("with Wayland: %v", err)
	}
}

// BenchmarkPortable takes pictures of a 1920x1080 screen on which a window of
// 64x64 pixels has moved, in the portable way and, in turn with it, in that of
// the platform. It tells how many times as long the former takes.
func BenchmarkPortable(b *testing.B) {
	d := capturetest.StartXvfb(b, "1920x1080x24")
	p := newPainter(b, d)
	id := p.show(pane{area: image.Rect(0, 0, 64, 64), colour: 0x305070})
	source, err := capture.Open(d.Name())
	sides := []*stand{{v: portableOn(b, d, capture.AllDisplays)}, {v: watch(b, source, err)}}
	for n := 0; b.Loop(); n++ {
		for _, s := range sides {
			p.move(id, image.Pt(n%900, n%700))
			s.p, s.id = p, id
			s.grab(b, work{draw: func(*stand, uint32) {}}, 0)
			n++
		}
	}
	b.ReportMetric(float64(sides[1].median().Nanoseconds())/1000, "native-µs")
	b.ReportMetric(float64(sides[0].median())/float64(sides[1].median()), "portable/native")
}
