package privacy

import (
	"image"
	"testing"
	"time"

	"telestrator/privacy/atspi"
)

// lagging shows a page of a program that lags, with a framed secret field.
func lagging(t *testing.T) *scene {
	t.Helper()
	s := newScene(t, Policy{}, chromium())
	s.form()
	s.framed()
	s.never(linger+haunts, 0, 0, green) // until a field that is new is old
	s.quiet(2 * settle)
	return s
}

// page is the window of the form.
func (s *scene) page() (id uint32) {
	for _, w := range s.g.Facts().Windows {
		if w.Title == "form" {
			id = w.ID
		}
	}
	return id
}

// TestLargeChangeWaits until a program that lags must have heard of it; a letter
// does not.
func TestLargeChangeWaits(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, chromium())
	w := s.vouched()
	hold := manners[atspi.Chromium].hold
	began := time.Now()
	s.paint(w, image.Rect(40, 40, 41+letter, 45), blue)
	s.untilAt(50, 42, blue)
	if past := time.Since(began); past < hold {
		t.Errorf("a large change was released after %v", past)
	}
	s.quiet(2 * settle)
	s.paint(w, image.Rect(40, 100, 40+letter, 100+letter).Intersect(formArea), blue)
	s.untilAt(50, 102, blue)
	f := s.g.fields
	now := time.Now()
	p := f.programs[s.o.apps[0].PID]
	if due, _ := f.due(p, []image.Rectangle{image.Rect(0, 0, letter, letter)}, now); due != now {
		t.Errorf("a letter waits for %v", due.Sub(now))
	}
	if due, _ := f.due(p, []image.Rectangle{image.Rect(0, 0, letter+1, 1)}, now); due.Sub(now) < hold {
		t.Errorf("one pixel more waits for %v", due.Sub(now))
	}
}

// TestFilmDoesNotWait once it has been changing for a while; each of its pictures
// is released before it has stood still for long enough.
func TestFilmDoesNotWait(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, chromium())
	w := s.vouched()
	film := image.Rect(60, 40, 200, 120)
	end := time.Now().Add(patience)
	for i := uint32(1); ; i++ {
		s.paint(w, film, i)
		s.release()
		time.Sleep(5 * time.Millisecond)
		if c := at(s.release(), 100, 100); c == i {
			return
		}
		if time.Now().After(end) {
			t.Fatal("no picture of the film was released before the next one")
		}
	}
}

// TestFrameOfAFieldChanges: the field may be moving, and nothing of its program
// leaves until that must have told where to. Then all does.
func TestFrameOfAFieldChanges(t *testing.T) {
	t.Parallel()
	s := lagging(t)
	w := s.page()
	s.paint(windowID(w), image.Rect(fieldArea.Min.X, fieldArea.Min.Y-3, fieldArea.Max.X, fieldArea.Min.Y-1), 0x010203)
	began := time.Now()
	for i := range 3 {
		s.paint(windowID(w), image.Rect(30, 30+10*i, 34, 34+10*i), blue)
		s.release()
	}
	s.untilAt(32, 52, blue)
	if past := time.Since(began); past < manners[atspi.Chromium].settle {
		t.Errorf("something was released after %v", past)
	}
	for _, y := range []int{32, 42} {
		if c := at(s.quiet(settle), 32, y); c != blue {
			t.Errorf("of what waited, %06x is released", c)
		}
	}
}

// TestTypingFreezesNothing: what changes beside a field in which somebody types
// is released.
func TestTypingFreezesNothing(t *testing.T) {
	t.Parallel()
	s := lagging(t)
	w := windowID(s.page())
	for i := range 10 {
		s.paint(w, image.Rect(85+3*i, 65, 87+3*i, 75), 0xff00f0) // covered by the field
		s.paint(w, image.Rect(40, 40, 50, 50), uint32(0x10+i))
		s.untilAt(45, 45, uint32(0x10+i))
	}
	s.g.fields.mu.Lock()
	defer s.g.fields.mu.Unlock()
	if p := s.g.fields.programs[s.o.apps[0].PID]; !p.calm.IsZero() {
		t.Error("typing froze the window")
	}
}

// TestFieldWithoutAFrame: nothing but its inside tells that it moves.
func TestFieldWithoutAFrame(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, chromium())
	w := s.vouched()
	s.o.fields(fieldArea)
	s.paint(w, image.Rect(30, 30, 34, 34), blue)
	s.untilAt(100, 70, Grey)
	s.never(linger+haunts, 0, 0, green)
	s.quiet(2 * settle)
	s.paint(w, image.Rect(90, 68, 94, 72), 0xff00f0)
	s.release()
	s.g.fields.mu.Lock()
	defer s.g.fields.mu.Unlock()
	if p := s.g.fields.programs[s.o.apps[0].PID]; p.calm.IsZero() {
		t.Error("the field may have moved, and its window is not frozen")
	}
}

// TestFrozenForLong: a window that does not come to rest becomes flat, and is
// shown when it does.
func TestFrozenForLong(t *testing.T) {
	t.Parallel()
	s := lagging(t)
	w := windowID(s.page())
	ring := image.Rect(fieldArea.Min.X, fieldArea.Min.Y-3, fieldArea.Max.X, fieldArea.Min.Y-1)
	began := time.Now()
	for i := uint32(1); at(s.release(), 30, 130) != Grey; i++ {
		s.paint(w, ring, i)
		time.Sleep(20 * time.Millisecond)
		if time.Since(began) > patience {
			t.Fatal("it does not become flat")
		}
	}
	if past := time.Since(began); past < linger {
		t.Errorf("flat after %v", past)
	}
	s.untilAt(30, 130, green)
}
