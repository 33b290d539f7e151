package privacy

import (
	"context"
	"errors"
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// vault is the rule of the tests: class Vault, or a title with the word.
var vault = Policy{Unknown: Allow, Windows: []WindowRule{{Class: "^Vault$"}, {Title: "secret"}}}

func TestHiddenByClassAndTitle(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(10, 10, 60, 60), colour: green, class: "Other", title: "open"})
	p.show(pane{area: image.Rect(100, 10, 150, 60), colour: secret, class: "Vault", border: 3})
	p.show(pane{area: image.Rect(200, 10, 250, 60), colour: secret, title: "my secret page"})
	s.until(20, 20, green)
	got := s.release()
	for x, want := range map[int]uint32{20: green, 99: 0, 100: Grey, 155: Grey, 156: 0, 200: Grey, 249: Grey, 250: 0} {
		if c := at(got, x, 20); c != want {
			t.Errorf("pixel %d,20 is %06x, want %06x", x, c, want)
		}
	}
	if !s.g.CursorHidden(image.Pt(210, 20)) || s.g.CursorHidden(image.Pt(20, 20)) {
		t.Error("the cursor is hidden over the wrong windows")
	}
}

func TestOwnWindowsAlways(t *testing.T) {
	t.Parallel()
	s := newScreen(t, Policy{Unknown: Allow})
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, title: "Telestrator panel - Browser"})
	p.show(pane{area: image.Rect(70, 10, 120, 60), colour: secret, title: "Telestrator console"})
	owned := p.create(pane{area: image.Rect(130, 10, 180, 60), colour: secret})
	own, err := xproto.InternAtom(s.c, false, uint16(len(ownProperty)), ownProperty).Reply()
	if err != nil {
		t.Fatal(err)
	}
	p.set(owned, own.Atom, "1")
	xproto.MapWindow(s.c, owned)
	p.show(pane{area: image.Rect(200, 10, 250, 60), colour: green, title: "Telestrator"})
	s.until(220, 20, green)
	s.calm()
}

func TestDisplayGone(t *testing.T) {
	t.Parallel()
	s := newScreen(t, Policy{Unknown: Allow})
	s.release()
	s.g.Begin()
	s.grab()
	s.Stop()
	if err := <-s.ran; !errors.Is(err, ErrGone) {
		t.Errorf("run ended with %v", err)
	}
	s.ran <- nil // for the clean-up
	if p, _, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, nil, true); !errors.Is(err, ErrGone) || p != nil {
		t.Errorf("released %v with error %v after the display ended", p, err)
	}
	if !s.g.CursorHidden(image.Pt(1, 1)) {
		t.Error("the cursor is shown though nothing is known")
	}
}

func TestRunEndsWithContext(t *testing.T) {
	t.Parallel()
	s := newScreen(t, Policy{Unknown: Allow})
	s.release()
	s.stop()
	if err := <-s.ran; !errors.Is(err, context.Canceled) {
		t.Errorf("run ended with %v", err)
	}
	s.ran <- nil
	if _, _, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, nil, true); !errors.Is(err, ErrGone) {
		t.Errorf("release after run: %v", err)
	}
}

func TestReleaseNeedsRunAndBegin(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x64x24")
	g, err := Open(d.Name(), "", Policy{Unknown: Allow})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	pix := make([]byte, 4*64*64)
	if _, _, err := g.Release(pix, 256, image.Pt(64, 64), nil, true); !errors.Is(err, errNotRunning) {
		t.Errorf("release before run: %v", err)
	}
	s := newScreen(t, Policy{Unknown: Allow})
	s.release()
	if _, _, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, nil, true); !errors.Is(err, errNotBegun) {
		t.Errorf("release without begin: %v", err)
	}
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	if _, err := Open(":99999", "", Policy{}); err == nil {
		t.Error("opened a display that is not there")
	}
	if _, err := Open(":0", "", Policy{Windows: []WindowRule{{Class: "("}}}); err == nil {
		t.Error("opened with a rule that is no pattern")
	}
}

func TestUncoveredRootIsShownAtOnce(t *testing.T) {
	t.Parallel()
	s := newSettlingScreen(t, vault, time.Hour)
	p := newPainter(t, s.c)
	id := p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, class: "Vault"})
	s.until(20, 20, Grey)
	moved := s.during(func() {
		p.move(id, image.Pt(100, 10))
		p.sync()
	})
	if a, b := at(moved, 20, 20), at(moved, 110, 20); a != Grey || b != Grey {
		t.Errorf("in the span of a move, %06x was released where it began and %06x where it ended", a, b)
	}
	if got := at(s.release(), 20, 20); got != 0 {
		t.Errorf("uncovered root is %06x", got)
	}
	xproto.UnmapWindow(p.c, id)
	p.sync()
	s.release()
	if _, masked := find(s.release().pix, s.m.stride, s.m.size, Grey); masked {
		t.Error("something is masked though no hidden window is left")
	}
}

// TestMoveAboveOurOwn moves the lowest window, which lies just above the
// connection's own one: the others stay released.
func TestMoveAboveOurOwn(t *testing.T) {
	t.Parallel()
	s := newSettlingScreen(t, vault, time.Hour)
	s.release()
	p := newPainter(t, s.c)
	low := p.show(pane{area: image.Rect(10, 10, 60, 60), colour: green})
	p.show(pane{area: image.Rect(100, 10, 150, 60), colour: blue})
	s.until(110, 20, blue)
	moved := s.during(func() {
		p.move(low, image.Pt(10, 100))
		p.sync()
	})
	if got := at(moved, 110, 20); got != blue {
		t.Errorf("another window is released as %06x", got)
	}
}

// TestResidue moves a hidden window off one whose program is slow to repaint:
// the server leaves the secret's pixels there.
func TestResidue(t *testing.T) {
	t.Parallel()
	s := newSettlingScreen(t, vault, time.Hour)
	p := newPainter(t, s.c)
	slow := p.show(pane{area: image.Rect(0, 0, 200, 200), colour: green, lazy: true})
	id := p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, class: "Vault"})
	s.until(20, 20, Grey)
	xproto.UnmapWindow(p.c, id)
	p.sync()
	for range 3 {
		if got := at(s.release(), 20, 20); got != Grey {
			t.Fatalf("released %06x", got)
		}
	}
	if s.bearing < 3 {
		t.Error("the server cleared the place by itself")
	}
	xproto.DestroyWindow(p.c, slow) // now the root is there, which the server paints
	s.until(20, 20, 0)
}

func TestResidueEnds(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(0, 0, 200, 200), colour: green})
	id := p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, class: "Vault"})
	s.until(20, 20, Grey)
	xproto.UnmapWindow(p.c, id)
	p.sync()
	s.release()
	for at(s.release(), 20, 20) != green {
		s.wait() // nothing is drawn any more: the Guard itself must say so
	}
}

// TestResidueTravels raises a window whose program is slow over a hidden one,
// and moves it: it takes the secret's pixels along.
func TestResidueTravels(t *testing.T) {
	t.Parallel()
	s := newSettlingScreen(t, vault, time.Hour)
	p := newPainter(t, s.c)
	slow := p.show(pane{area: image.Rect(0, 0, 60, 60), colour: green, lazy: true})
	p.show(pane{area: image.Rect(10, 10, 50, 50), colour: secret, class: "Vault"})
	s.until(20, 20, Grey)
	p.stack(slow, xproto.StackModeAbove)
	p.sync()
	s.release()
	for range 3 {
		p.move(slow, image.Pt(100+20*s.released, 100))
		p.sync()
		s.release()
	}
	if s.bearing < 4 {
		t.Error("the server cleared the window by itself")
	}
}
