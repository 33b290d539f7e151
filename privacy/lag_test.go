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
// is released before it has stood still for long enough. It has the processors to
// itself, because a picture has five milliseconds.
func TestFilmDoesNotWait(t *testing.T) {
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
