package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestPlacesOfANewWindowAreLate: a program may not know yet where its window is.
func TestPlacesOfANewWindowAreLate(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.o.frame("form", formArea)
	s.o.fields(fieldArea.Sub(image.Pt(-180, -100))) // as if the window were elsewhere
	w := s.p.create(pane{area: formArea, colour: green, title: "form"})
	s.field(w, fieldArea)
	xproto.MapWindow(s.c, w)
	s.p.sync()
	for end := time.Now().Add(100 * time.Millisecond); time.Now().Before(end); {
		s.release()
	}
	s.o.fields(fieldArea)
	s.untilAt(30, 30, green)
}

// TestPlacesOfAMovedWindowAreLate: or think that it is where it was.
func TestPlacesOfAMovedWindowAreLate(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	s.quiet(2 * settle)
	s.p.move(w, image.Pt(80, 50))
	s.p.sync()
	s.release()
	s.o.fields(fieldArea)
	s.paint(w, fieldArea, secret)
	for end := time.Now().Add(100 * time.Millisecond); time.Now().Before(end); {
		s.release()
	}
	s.o.fields(fieldArea.Add(image.Pt(60, 30)))
	s.quiet(settle)
}

// TestPlacesAreAskedForAgainAfterAMove: a program that thinks its window is
// where it was tells of a field outside of it, and corrects itself without a word.
func TestPlacesAreAskedForAgainAfterAMove(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	s.quiet(2 * settle)
	s.p.move(w, image.Pt(170, 100))
	s.p.sync()
	s.release()
	s.o.fields(fieldArea)
	s.until("told", func(*Picture) bool { return s.state(w) == New })
	s.o.mu.Lock()
	s.o.said.Frames[0].Area = formArea.Add(image.Pt(150, 80))
	s.o.said.Secrets[0].Area = fieldArea.Add(image.Pt(150, 80))
	s.o.mu.Unlock()
	s.until("masked where it is, and nowhere else", func(p *Picture) bool {
		return at(p, 240, 150) == Grey && at(p, 180, 110) == green
	})
}

// TestWhoDoesNotSayWhereStaysMasked: it is not shown for a moment now and then.
func TestWhoDoesNotSayWhereStaysMasked(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	moves := time.NewTicker(recent / 3)
	defer moves.Stop()
	was, refused, end := New, 0, time.Now().Add(patience)
	for i := 0; refused < 5; i++ {
		if time.Now().After(end) {
			t.Fatalf("refused %d times only", refused)
		}
		s.p.move(w, formArea.Min.Add(image.Pt(i%2, 0)))
		s.o.fields(fieldArea.Add(image.Pt(i%8, 0)))
		s.release()
		state := s.state(w)
		if was == Refused && state == New {
			t.Fatalf("new again after it was refused %d times", refused)
		}
		if was = state; state == Refused {
			refused++
		}
		<-moves.C
	}
}

// TestFieldIsPaintedOnItsWayOut: a field that is told to be out of sight is painted
// half way.
func TestFieldIsPaintedOnItsWayOut(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]func(*atspi.Secret){
		"outside":     func(f *atspi.Secret) { f.Area = f.Area.Add(image.Pt(0, 100)) },
		"not showing": func(f *atspi.Secret) { f.Area, f.Showing = f.Area.Add(image.Pt(0, 100)), false },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			_, f := s.form()
			s.quiet(2 * settle)
			s.o.change(gone)
			s.p.move(f, fieldArea.Sub(formArea.Min).Min.Add(image.Pt(0, 45)))
			s.p.sync()
			s.release()
			s.release()
			s.p.move(f, fieldArea.Sub(formArea.Min).Min.Add(image.Pt(0, 100)))
			s.p.sync()
			s.quiet(settle)
		})
	}
}

// TestScrolledIntoView: a page scrolls for long enough to count as a film, until a
// field comes into view whose place is told half a second later.
func TestScrolledIntoView(t *testing.T) {
	t.Parallel()
	for name, area := range map[string]image.Rectangle{"below": fieldArea.Add(image.Pt(0, 1000)), "nowhere": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scrollIntoView(t, area)
		})
	}
}

// scrollIntoView lets a field come into view that is told to be in an area.
func scrollIntoView(t *testing.T, area image.Rectangle) {
	s := newScene(t, Policy{}, newOracle(atspi.Chromium))
	s.o.frame("form", formArea)
	s.o.fields(area)
	s.o.change(func(f *atspi.Secret) { f.Showing = false })
	w := s.p.show(pane{area: formArea, colour: green, title: "form"})
	s.untilAt(30, 30, green)
	s.quiet(2 * settle)
	page := s.p.show(pane{area: image.Rect(0, 0, 200, 120), colour: blue, parent: w})
	gc, _ := xproto.NewGcontextId(s.c)
	xproto.CreateGC(s.c, gc, xproto.Drawable(page), xproto.GcForeground, []uint32{1})
	began := time.Now()
	shown := false
	for i := 0; time.Since(began) < 900*time.Millisecond || !shown; i++ {
		xproto.ChangeGC(s.c, gc, xproto.GcForeground, []uint32{0x4000 + uint32(i)})
		xproto.PolyFillRectangle(s.c, xproto.Drawable(page), gc, []xproto.Rectangle{{X: 0, Y: 0, Width: 200, Height: 120}})
		if time.Since(began) > 400*time.Millisecond {
			xproto.ChangeGC(s.c, gc, xproto.GcForeground, []uint32{secret})
			xproto.PolyFillRectangle(s.c, xproto.Drawable(page), gc, []xproto.Rectangle{{X: 60, Y: 40, Width: 80, Height: 20}})
			shown = true
		}
		s.p.sync()
		s.release()
	}
	s.o.change(func(f *atspi.Secret) { f.Showing, f.Area = true, fieldArea })
	s.quiet(settle)
}
