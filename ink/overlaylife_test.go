package ink

import (
	"context"
	"image"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// TestRedirected: the overlay looks the same while a program redirects all
// windows, as compositors do and who looks beneath windows. It runs alone: xgb
// keeps the extensions it knows for the whole process.
func TestRedirected(t *testing.T) {
	s := newStage(t, "640x480x24")
	if err := composite.Init(s.c); err != nil {
		t.Fatal(err)
	}
	s.window(image.Rect(20, 20, 600, 400), 0xffffff)
	s.d.WaitStill(t)
	before := s.d.Picture(t)
	sign := calmSign()
	s.sign(sign)
	many := manyMarks(900)
	s.ink(many[:100]...)
	s.hidden(secrets()...)
	lines := outlined(before.Rect, secrets()...)
	composite.RedirectSubwindows(s.c, s.root, composite.RedirectAutomatic)
	s.c.Sync()
	for _, marks := range [][]Mark{many, many[:300], slices.Concat(many[:200], crossing(before.Rect.Max)), nil, many[5:]} {
		s.ink(marks...)
		s.becomes(s.wanted(before, sign, slices.Concat(lines, marks), before.Rect))
	}
	composite.UnredirectSubwindows(s.c, s.root, composite.RedirectAutomatic)
	s.c.Sync()
	s.becomes(s.wanted(before, sign, slices.Concat(lines, many[5:]), before.Rect))
	s.sign(nil)
	s.becomes(before)
}

// TestNothingLeft opens and closes often and looks for what was left behind. It
// runs alone: it counts for the whole process.
func TestNothingLeft(t *testing.T) {
	d := capturetest.StartXvfb(t, "320x240x24")
	cycle := func() {
		o, err := OpenOverlay(d.Name(), english)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- o.Run(ctx) }()
		if err := o.Sign(calmSign()); err != nil {
			t.Fatal(err)
		}
		if err := o.Ink(crossing(image.Pt(320, 240))); err != nil {
			t.Fatal(err)
		}
		if err := o.Hidden(secrets()); err != nil {
			t.Fatal(err)
		}
		cancel()
		<-ended
	}
	cycle()
	before := holdings(t)
	for range 20 {
		cycle()
	}
	after := holdings(t)
	for end := time.Now().Add(patience); more(after, before) && time.Now().Before(end); after = holdings(t) {
		time.Sleep(10 * time.Millisecond)
	}
	if more(after, before) {
		t.Errorf("files and goroutines after 20 cycles: %v, before: %v", after, before)
	}
}

// more says whether more is held than before. What other tests held then may
// have gone meanwhile.
func more(after, before [2]int) bool { return after[0] > before[0] || after[1] > before[1] }

// holdings counts the files and goroutines of this process.
func holdings(t *testing.T) [2]int {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return [2]int{len(files), runtime.NumGoroutine()}
}

// TestRests: while nothing is shown nothing is due, and the X server tells us
// of nobody's windows.
func TestRests(t *testing.T) {
	t.Parallel()
	s := newStage(t, "320x240x24")
	s.sign(calmSign())
	if next, err := s.o.step(time.Now()); err != nil || next.IsZero() {
		t.Errorf("while a sign is shown: next at %v, error %v", next, err)
	}
	s.sign(nil)
	if next, err := s.o.step(time.Now()); err != nil || !next.IsZero() {
		t.Errorf("while nothing is shown: next at %v, error %v", next, err)
	}
	got, err := xproto.GetWindowAttributes(s.c, s.root).Reply()
	if err != nil || got.AllEventMasks != 0 {
		t.Errorf("events asked for of the root: %#x, error %v", got.AllEventMasks, err)
	}
}

// TestMany: its methods may be called by any goroutine.
func TestMany(t *testing.T) {
	t.Parallel()
	s := newStage(t, "320x240x24")
	sign, all := *calmSign(), crossing(image.Pt(320, 240))
	var callers sync.WaitGroup
	for i := range 4 {
		callers.Go(func() {
			for n := range 30 {
				if (n+i)%7 == 0 {
					s.sign(nil)
				}
				s.sign(&sign)
				s.ink(all[:n%len(all)]...)
				s.hidden(secrets()[:n%3]...)
				s.o.Hit(image.Pt(n, n))
			}
		})
	}
	callers.Wait()
	s.sign(nil)
	if err := s.end(); err != errEnough {
		t.Errorf("Run: %v", err)
	}
}

// TestDensity: the bar grows with the density that the user has set, within
// bounds.
func TestDensity(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]int{
		"": 96, "Xft.dpi:\t96\n": 96, "Xcursor.size: 24\nXft.dpi:\t192\n": 192, "Xft.dpi: 120.5": 120, "Xft.dpi: 10": 96,
		"Xft.dpi: 288": 288, "Xft.dpi: 289": 288, "Xft.dpi: much": 96, "Xft.dpi: NaN": 96, "Xft.dpi: 1e999": 96,
	} {
		if got := density(settings); got != want {
			t.Errorf("%q: %d, want %d", settings, got, want)
		}
	}
	d := capturetest.StartXvfb(t, "640x480x24")
	c := d.Conn(t)
	setting := []byte("Xft.dpi:\t192\n")
	xproto.ChangeProperty(c, xproto.PropModeReplace, xproto.Setup(c).DefaultScreen(c).Root, xproto.AtomResourceManager, xproto.AtomString, 8,
		uint32(len(setting)), setting)
	c.Sync()
	if s := overlayOn(t, d, "en"); s.o.bar.dress.percent != 200 {
		t.Errorf("the bar has %d percent, want 200", s.o.bar.dress.percent)
	}
}
