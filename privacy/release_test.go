package privacy

import (
	"context"
	"image"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestSecretIsMaskedWithMargin: what is around the field by more than the margin
// is shown, all of it.
func TestSecretIsMaskedWithMargin(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.form()
	p := s.quiet(2 * settle)
	masked := fieldArea.Inset(-manners[atspi.GTK3].margin)
	for y := formArea.Min.Y; y < formArea.Max.Y; y++ {
		for x := formArea.Min.X; x < formArea.Max.X; x++ {
			want := uint32(green)
			if image.Pt(x, y).In(masked) {
				want = Grey
			}
			if c := at(p, x, y); c != want {
				t.Fatalf("pixel %d,%d is %06x, want %06x", x, y, c, want)
			}
		}
	}
}

// TestNewWindowKeepsTheOldPicture until its program has been asked.
func TestNewWindowKeepsTheOldPicture(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.vouched()
	free := s.o.hang()
	s.o.frame("dialog", fieldArea)
	s.known(s.p.show(pane{area: fieldArea, colour: blue, title: "dialog"}))
	for range 5 {
		if c := at(s.release(), 100, 70); c != green {
			t.Fatalf("before its program has answered, %06x is released", c)
		}
		time.Sleep(10 * time.Millisecond)
	}
	free()
	s.untilAt(100, 70, blue)
}

// TestAnswerOfBefore: an answer that was begun before the picture was taken
// vouches for nothing in it.
func TestAnswerOfBefore(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w := s.vouched()
	var scans atomic.Int32
	turn := make(chan struct{})
	s.o.set(func(o *oracle) {
		o.early, o.delay = true, func(ctx context.Context) error { scans.Add(1); return wait(ctx, turn) }
	})
	s.paint(w, image.Rect(180, 100, 190, 110), blue) // asks
	for s.release(); scans.Load() == 0; time.Sleep(time.Millisecond) {
	}
	s.paint(w, fieldArea, secret)
	s.o.fields(fieldArea)
	s.release()
	turn <- struct{}{} // the answer of before
	s.untilAt(185, 105, blue)
	close(turn)
	s.quiet(settle)
	if s.bearing < 2 {
		t.Error("the secret was not on the screen")
	}
}

// TestTypingIsSilent: what is painted in the field is no news, and wakes nobody.
func TestTypingIsSilent(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]*oracle{"GTK": gtk(), "Chromium": chromium()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, o)
			_, field := s.form()
			s.framed()
			s.quiet(2 * settle)
			scans := o.scans
			for i := range 20 {
				s.paint(field, image.Rect(4+3*i, 5, 6+3*i, 12).Add(formArea.Min), uint32(0xff00f0+i%2))
				if s.release(); len(s.news) > 0 {
					t.Fatalf("typing reported %v", s.news)
				}
			}
			if n := s.wakes(200 * time.Millisecond); n > 1 { // one may be that the bus was found to be there
				t.Errorf("typing woke somebody %d times", n)
			}
			if o.scans != scans {
				t.Errorf("typing made %d scans", o.scans-scans)
			}
			if !s.g.CursorHidden(fieldArea.Min) {
				t.Error("the cursor in the field is shown")
			}
		})
	}
}

// wakes counts how often Changed receives in a while, and releases each time.
func (s *scene) wakes(while time.Duration) (n int) {
	s.t.Helper()
	for end := time.After(while); ; n++ {
		select {
		case <-s.g.Changed():
			s.release()
		case <-end:
			return n
		}
	}
}

// framed gives the form's field a visible frame.
func (s *scene) framed() {
	s.t.Helper()
	tree, err := xproto.QueryTree(s.c, s.root).Reply()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, w := range tree.Children {
		if s.state(w) >= 0 {
			s.paint(w, fieldArea.Inset(-2), blue)
		}
	}
}
