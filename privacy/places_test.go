package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestMaskMovesWithTheWindow in the same Release, and the place that the field
// has left stays masked where a window could still show it.
func TestMaskMovesWithTheWindow(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	back := formArea.Inset(-15)
	s.o.frame("back", back)
	s.p.show(pane{area: back, colour: blue, title: "back"})
	w, _ := s.form()
	s.quiet(2 * settle)
	by := image.Pt(80, 10)
	p := s.span(func() {
		s.p.move(w, formArea.Min.Add(by))
		s.p.sync()
	}, nothing)
	s.o.fields(fieldArea.Add(by))
	began := time.Now()
	for _, at1 := range []image.Point{fieldArea.Min, fieldArea.Min.Add(by)} {
		if c := at(p, at1.X, at1.Y); c != Grey {
			t.Errorf("in the release of the move, %v is %06x", at1, c)
		}
	}
	s.untilAt(90, 70, blue) // what is there now
	if past := time.Since(began); past < settle-50*time.Millisecond {
		t.Errorf("the old place was shown after %v", past)
	}
	if c := at(s.quiet(2*settle), fieldArea.Min.X+by.X, fieldArea.Min.Y+by.Y); c != Grey {
		t.Errorf("the field is released as %06x", c)
	}
}

// TestMaskWhileResizing: a field at the right edge keeps its distance to it, and
// the program says so late.
func TestMaskWhileResizing(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w, field := s.form()
	s.quiet(2 * settle)
	for i := range 12 {
		dx := 5 * (i + 1)
		s.span(func() {
			xproto.ConfigureWindow(s.c, w, xproto.ConfigWindowWidth, []uint32{uint32(formArea.Dx() + dx)})
			s.p.move(field, fieldArea.Min.Sub(formArea.Min).Add(image.Pt(dx, 0)))
			s.p.sync()
		}, nothing)
		s.o.fields(fieldArea.Add(image.Pt(dx, 0)))
		s.release()
	}
	s.quiet(settle)
	s.untilAt(70, 70, green)
}

// TestFieldMoves: while it may be painted on its way, all of the way is masked.
func TestFieldMoves(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w, field := s.form()
	s.quiet(2 * settle)
	to := fieldArea.Add(image.Pt(0, 44))
	s.o.fields(to)
	s.paint(w, image.Rect(200, 120, 204, 124), blue) // has it asked
	s.until("masked at the new place", func(p *Picture) bool { return at(p, to.Min.X, to.Max.Y-1) == Grey })
	for _, dy := range []int{11, 22, 33, 44} {
		s.p.move(field, fieldArea.Min.Sub(formArea.Min).Add(image.Pt(0, dy)))
		s.p.sync()
		s.release()
	}
	s.untilAt(70, 50, green)
}

// TestFieldVanishes: its place stays masked for a while.
func TestFieldVanishes(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]func(o *oracle){
		"gone":        func(o *oracle) { o.said.Secrets = nil },
		"not showing": func(o *oracle) { o.said.Secrets[0].Showing = false },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			w, _ := s.form()
			s.quiet(2 * settle)
			s.o.set(how)
			s.paint(w, image.Rect(200, 120, 204, 124), blue)
			began := time.Now()
			s.untilAt(202, 122, blue)
			s.p.show(pane{area: formArea.Sub(formArea.Min), colour: green, parent: w})
			s.quiet(settle)
			s.untilAt(100, 70, green)
			if past := time.Since(began); past < haunts {
				t.Errorf("the place was shown after %v", past)
			}
		})
	}
}

// TestHeir: a field that has come in the place of another is masked there without
// a gap.
func TestHeir(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w, _ := s.form()
	s.quiet(2 * settle)
	s.o.change(func(f *atspi.Secret) { f.ID, f.Kind = "heir", atspi.Heir })
	for i := range 10 {
		s.paint(w, image.Rect(200, 110, 204, 114).Add(image.Pt(0, i)), blue)
		s.release()
		s.soon()
	}
	s.never(haunts+settle, 100, 70, green)
}
