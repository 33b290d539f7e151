package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// TestResidueOfUnknownWindow: a window that is masked since nobody vouches for it
// leaves its pixels behind too.
func TestResidueOfUnknownWindow(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Shown: []WindowRule{{Class: "Terminal"}}}, nil)
	s.p.show(pane{area: image.Rect(0, 0, 200, 200), colour: green, lazy: true, class: "Terminal"})
	id := s.p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret})
	s.untilAt(20, 20, Grey)
	s.quiet(2 * settle)
	s.freeze()
	xproto.UnmapWindow(s.c, id)
	s.p.sync()
	s.release()
	s.release()
}

// TestResidueOfNewWindow: so does one that is still being looked at.
func TestResidueOfNewWindow(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Shown: []WindowRule{{Class: "Terminal"}}}, gtk())
	s.o.hang()
	s.o.set(func(o *oracle) { o.apps[0].PID = 1 })
	s.p.show(pane{area: image.Rect(0, 0, 200, 200), colour: green, lazy: true, class: "Terminal"})
	s.quiet(2 * settle)
	id := s.p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret})
	s.release()
	s.release()
	if st := s.state(id); st != New {
		t.Fatal("state", st)
	}
	s.freeze()
	xproto.UnmapWindow(s.c, id)
	s.p.sync()
	s.release()
	s.release()
}

// TestResidueOfAFieldTravels: a window that is slow to paint comes above a field,
// takes its pixels, and moves.
func TestResidueOfAFieldTravels(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Shown: []WindowRule{{Class: "Terminal"}}}, gtk())
	s.o.frame("slow", image.Rect(60, 50, 170, 90))
	slow := s.p.show(pane{area: image.Rect(60, 50, 170, 90), colour: green, lazy: true, title: "slow", class: "Terminal"})
	s.form()
	s.quiet(2 * settle)
	s.freeze() // a program is given so long to paint, and a slow machine takes longer here
	s.p.stack(slow, xproto.StackModeAbove)
	s.p.sync()
	s.release()
	for i := range 3 {
		s.p.move(slow, image.Pt(200, 80+20*i))
		s.p.sync()
		s.release()
		s.release()
		time.Sleep(20 * time.Millisecond)
		s.release()
	}
}

// freeze lets no more time pass for the model of the windows.
func (s *scene) freeze() {
	w := s.g.fields.windows
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.model.clock()
	w.model.clock = func() time.Time { return now }
}
