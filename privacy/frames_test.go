package privacy

import (
	"image"
	"os"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

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
	w, calm := windowID(s.page()), s.calmed()
	tree, err := xproto.QueryTree(s.c, w).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		s.paint(tree.Children[0], image.Rect(5+3*i, 5, 7+3*i, 15).Add(formArea.Min), 0xff00f0)
		s.paint(w, image.Rect(40, 40, 50, 50), uint32(0x10+i))
		s.untilAt(45, 45, uint32(0x10+i))
	}
	if s.calmed() != calm {
		t.Error("typing froze the window")
	}
}

// calmed is until when the program's windows are, or were last, frozen.
func (s *scene) calmed() time.Time {
	s.g.fields.mu.Lock()
	defer s.g.fields.mu.Unlock()
	return s.g.fields.programs[os.Getpid()].calm
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
	calm := s.calmed()
	s.paint(w, image.Rect(90, 68, 94, 72), 0xff00f0)
	if s.release(); s.calmed() == calm {
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
