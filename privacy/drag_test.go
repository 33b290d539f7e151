package privacy

import (
	"image"
	"testing"
	"time"
)

// TestDraggedForLong: a window that has a field of which nobody knows for sure
// where in it, and never rests, is not shown, whatever the policy.
func TestDraggedForLong(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow}, gtk())
	w := s.vouched()
	s.o.fields(fieldArea) // and does not hear of a move
	s.paint(w, fieldArea, secret)
	for end := time.Now().Add(2 * budget); time.Now().Before(end); {
		for i := range 8 {
			s.span(func() {
				s.p.move(w, formArea.Min.Add(image.Pt(40+8*i, 40)))
				s.p.sync()
			}, nothing)
			time.Sleep(20 * time.Millisecond)
		}
	}
	s.o.fields(fieldArea.Add(image.Pt(96, 40)))
	s.o.set(func(o *oracle) { o.said.Frames[0].Area = formArea.Add(image.Pt(96, 40)) })
	s.woken(130, 70, green)
}
