package ink

import (
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

func (s *stage) hidden(areas ...image.Rectangle) {
	s.tb.Helper()
	if err := s.o.Hidden(areas); err != nil {
		s.tb.Fatal(err)
	}
}

// secrets are areas of all kinds: a field, a tiny one, a window at the border
// of the screen, below the bar and two that touch.
func secrets() []image.Rectangle {
	return []image.Rectangle{
		image.Rect(60, 90, 260, 120), image.Rect(300, 100, 309, 108), image.Rect(-20, 300, 200, 480),
		image.Rect(250, 0, 420, 80), image.Rect(400, 200, 500, 300), image.Rect(500, 220, 640, 320),
	}
}

// outlined are the marks of areas on a monitor.
func outlined(monitor image.Rectangle, areas ...image.Rectangle) []Mark {
	var cut []image.Rectangle
	for _, a := range areas {
		if a = a.Intersect(monitor.Inset(stripHeight)); !a.Empty() {
			cut = append(cut, a)
		}
	}
	return outlines(cut, 1)
}

// TestHidden: outlines are where they belong and nowhere else, below ink,
// border and bar, whatever set of areas follows another; they go with the
// areas, and with the sign.
func TestHidden(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.window(image.Rect(20, 20, 600, 400), 0xffffff)
	s.d.WaitStill(t)
	before := s.d.Picture(t)
	all, sign := secrets(), calmSign()
	s.hidden(all...)
	s.looks(before)
	s.sign(sign)
	s.looks(s.wanted(before, sign, nil, before.Rect))
	s.ink(crossing(before.Rect.Max)...)
	for _, areas := range [][]image.Rectangle{all, all[1:], {before.Rect}, nil, all[:2], {all[0].Add(image.Pt(3, 9)), all[1]}} {
		s.hidden(areas...)
		marks := slices.Concat(outlined(before.Rect, areas...), crossing(before.Rect.Max))
		s.becomes(s.wanted(before, sign, marks, before.Rect))
	}
	s.sign(nil)
	s.looks(before)
	s.sign(sign)
	s.looks(s.wanted(before, sign, nil, before.Rect))
}

// TestHiddenInPause: nothing is outlined while nothing is shown to anybody.
func TestHiddenInPause(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	before := s.d.Picture(t)
	live, paused := *calmSign(), *calmSign()
	paused.Paused = true
	s.sign(&live)
	s.hidden(secrets()...)
	for range 2 {
		s.looks(s.wanted(before, &live, outlined(before.Rect, secrets()...), before.Rect))
		s.sign(&paused)
		s.hidden(secrets()...)
		s.looks(s.wanted(before, &paused, nil, before.Rect))
		s.sign(&live)
	}
}

// TestHiddenSteady: the outline of one area is there all the time while others
// come, move and go.
func TestHiddenSteady(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.window(image.Rect(0, 0, 640, 480), 0xffffff)
	s.sign(calmSign())
	still, moving := image.Rect(60, 90, 260, 120), image.Rect(300, 90, 500, 120)
	s.hidden(still)
	moved := make(chan struct{})
	go func() {
		defer close(moved)
		for i := range 200 {
			if err := s.o.Hidden([]image.Rectangle{moving.Add(image.Pt(0, i%90)), still}[i%3/2:]); err != nil {
				t.Error(err)
			}
		}
	}()
	for looking := true; looking; {
		select {
		case <-moved:
			looking = false
		default:
		}
		if got := s.pixel(still.Min); got != darkLine {
			t.Fatalf("for a moment there was %06x", got)
		}
	}
}

// TestHiddenClicks: through an outline and its lock a click reaches what is
// below.
func TestHiddenClicks(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.window(image.Rect(0, 0, 640, 480), 0x808080, xproto.EventMaskButtonPress)
	s.sign(calmSign())
	area := image.Rect(100, 100, 300, 140)
	s.hidden(area)
	for _, at := range []image.Point{area.Min, area.Max.Sub(image.Pt(8, 8)), area.Min.Add(image.Pt(50, 20))} {
		s.click(at)
		if got := s.press(); got != at {
			t.Errorf("a click on %v came at %v", at, got)
		}
	}
}

// TestHiddenComposited: the same with a compositor.
func TestHiddenComposited(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "picom")
	s := newStage(t, "640x480x24")
	s.window(image.Rect(0, 0, 640, 480), 0xffffff)
	s.d.Start(t, "picom", "--config", "/dev/null", "--backend", "xrender", "--shadow")
	owner, err := xproto.InternAtom(s.c, false, uint16(len("_NET_WM_CM_S0")), "_NET_WM_CM_S0").Reply()
	if err != nil {
		t.Fatal(err)
	}
	s.until("composited", func() bool {
		o, err := xproto.GetSelectionOwner(s.c, owner.Atom).Reply()
		return err == nil && o.Owner != 0
	})
	s.d.WaitStill(t)
	before := s.d.Picture(t)
	sign := calmSign()
	s.sign(sign)
	for _, areas := range [][]image.Rectangle{secrets(), secrets()[2:], nil, {before.Rect}} {
		s.hidden(areas...)
		s.becomes(s.wanted(before, sign, outlined(before.Rect, areas...), before.Rect))
	}
	s.sign(nil)
	s.becomes(before)
}

// TestHiddenResized: after the screen's size or its monitors changed, outlines
// are inside the border.
func TestHiddenResized(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	sign := calmSign()
	s.sign(sign)
	everything := image.Rect(0, 0, 640, 480)
	s.hidden(everything)
	for _, size := range []image.Point{{320, 240}, {640, 480}} {
		s.d.Resize(t, size)
		s.d.WaitStill(t)
		screen := image.Rectangle{Max: size}
		black := image.NewRGBA(screen)
		cover(black, screen, 0)
		s.looks(s.wanted(black, sign, outlined(screen, everything), screen))
	}
	s.d.Run(t, "xrandr", "--setmonitor", "right", "320/100x480/100+320+0", "screen")
	s.d.Run(t, "xrandr", "--setmonitor", "left", "320/100x480/100+0+0", "none")
	s.d.WaitStill(t)
	left, right := image.Rect(0, 0, 320, 480), image.Rect(320, 0, 640, 480)
	black := image.NewRGBA(everything)
	cover(black, everything, 0)
	marks := slices.Concat(outlined(left, everything), outlined(right, everything))
	s.looks(s.wanted(black, sign, marks, right, left))
}

// TestHiddenDense: lines and lock grow with the screen's density.
func TestHiddenDense(t *testing.T) {
	t.Parallel()
	for percent, want := range map[int]int{100: 1, 149: 1, 150: 2, 200: 2, 249: 2, 250: 3, 300: 3} {
		if got := (&dress{percent: percent}).unit(); got != want {
			t.Errorf("%d percent: lines of %d, want %d", percent, got, want)
		}
	}
}

// TestOutlinePictures draws outlines on light and dark. With -pictures it keeps
// what they look like.
func TestOutlinePictures(t *testing.T) {
	t.Parallel()
	for name, percent := range map[string]int{"outlines": 100, "outlines-dense": 200} {
		s := newStage(t, "800x600x24")
		s.o.bar.dress.percent = percent
		areas := s.gallery()
		s.sign(calmSign())
		s.hidden(areas...)
		keep(t, name, s.d.Picture(t))
	}
}

// gallery is a screen with something light and something dark to hide: a
// field, a window and something tiny on each, and a window on both.
func (s *stage) gallery() []image.Rectangle {
	s.window(image.Rect(0, 0, 400, 600), 0xffffff)
	s.window(image.Rect(400, 0, 800, 600), 0x181818)
	var all []image.Rectangle
	for x, colour := range map[int]uint32{30: 0xf2f2f2, 430: 0x303030} {
		for _, r := range []image.Rectangle{image.Rect(x, 90, x+220, 124), image.Rect(x, 150, x+320, 330), image.Rect(x+260, 95, x+276, 107)} {
			s.window(r, colour)
			all = append(all, r)
		}
	}
	return append(all, image.Rect(0, 380, 300, 600), image.Rect(300, 450, 500, 600))
}

// BenchmarkHidden moves areas as a scroll does, until the X server has drawn
// their outlines.
func BenchmarkHidden(b *testing.B) {
	for name, n := range map[string]int{"one": 1, "limit": MaxHidden} {
		b.Run(name, func(b *testing.B) {
			s := newStage(b, "1280x800x24")
			s.sign(calmSign())
			var took []time.Duration
			areas := make([]image.Rectangle, n)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				for k := range areas {
					areas[k] = image.Rect(0, 0, 260, 30).Add(image.Pt(20+k%4*300, 60+k/4*44+i%12))
				}
				start := time.Now()
				s.hidden(areas...)
				took = append(took, time.Since(start))
			}
			report(b, took, "")
			b.ReportMetric(float64(len(s.o.outlines.marks)), "marks")
		})
	}
}
