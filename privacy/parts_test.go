package privacy

import (
	"context"
	"image"
	"os"
	"testing"
	"time"
)

// TestResizeWhileWaiting: what waits when the screen gets another size is of no
// worth.
func TestResizeWhileWaiting(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	window, _ := s.form()
	s.quiet(2 * settle)
	free := s.o.hang()
	s.paint(window, image.Rect(150, 90, 190, 110), blue)
	s.release()
	free()
	s.o.set(func(o *oracle) { o.delay = func(context.Context) error { return nil } })
	m := newMirror(image.Pt(100, 60))
	for range 3 {
		s.g.Begin()
		if _, _, err := s.g.Release(m.pix, m.stride, m.size, nil, false); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// TestNewFieldMovesBeforeTheAnswer: a field that comes at one place and is told
// of at another is not shown at the first.
func TestNewFieldMovesBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	s.quiet(2 * settle)
	free := s.o.hang()
	f := s.field(w, fieldArea)
	s.release()
	s.p.move(f, fieldArea.Sub(formArea.Min).Min.Add(image.Pt(0, 40)))
	s.p.sync()
	s.o.fields(fieldArea.Add(image.Pt(0, 40)))
	s.release()
	free()
	s.quiet(settle)
}

// TestAnswerThatTheMasksDoNotKnow: an answer that comes after the masks were made
// vouches for nothing yet.
func TestAnswerThatTheMasksDoNotKnow(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	s.quiet(2 * settle)
	free := s.o.hang()
	s.o.fields(fieldArea)
	s.paint(w, fieldArea, secret)
	s.g.Begin()
	s.grab()
	now := time.Now()
	masks, err := s.g.collect(s.m, now)
	if err != nil {
		t.Fatal(err)
	}
	damage := []image.Rectangle{fieldArea}
	s.g.owe(s.m, masks, damage)
	f := s.g.fields
	f.sift(s.m, &s.g.pic, s.g.owed, damage, now)
	s.g.recollect(s.m, masks, now)
	free()
	for known := false; !known; time.Sleep(time.Millisecond) {
		f.mu.Lock()
		known = f.programs[os.Getpid()].secrets() > 0
		f.mu.Unlock()
	}
	if done, _ := f.finish(time.Now()); len(done) > 0 {
		t.Errorf("%v may leave, of whose secrets the masks do not know", done)
	}
}

// TestSilenceThatEndsLosesNoDamage: what changed under a mask that ends within a
// release is released later.
func TestSilenceThatEndsLosesNoDamage(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.empty()
	s.quiet(2 * settle)
	f := s.g.fields
	f.mu.Lock()
	f.pinging, f.doubted = true, time.Now().Add(-2*silence)
	f.mu.Unlock()
	s.paint(w, fieldArea, blue)
	s.g.Begin()
	s.grab()
	s.last.copy(s.m.bounds(), s.m)
	now, damage := time.Now(), []image.Rectangle{fieldArea}
	masks, err := s.g.collect(s.m, now)
	if err != nil {
		t.Fatal(err)
	}
	s.g.news = s.g.news[:0]
	s.g.owe(s.m, masks, damage)
	f.mu.Lock()
	f.pinging, f.doubted, f.heard = false, time.Time{}, time.Now()
	f.mu.Unlock()
	masks = s.g.ask(s.m, masks, damage, now)
	s.g.cover(masks)
	s.g.publish(masks)
	if c := at(s.quiet(settle), 100, 70); c != blue {
		t.Errorf("what was painted in a silence is released as %06x", c)
	}
}
