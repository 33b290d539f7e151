package privacy

import (
	"image"
	"testing"

	"telestrator/privacy/atspi"
)

// TestSecretsAreCounted as fields, not as pieces of them.
func TestSecretsAreCounted(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.form()
	s.o.frame("above", image.Rect(100, 50, 110, 100))
	s.p.show(pane{area: image.Rect(100, 50, 110, 100), colour: blue, title: "above"})
	s.untilAt(105, 70, blue)
	s.quiet(2 * settle)
	for _, w := range s.g.Facts().Windows {
		if want := map[string]int{"form": 1, "above": 0}[w.Title]; w.Secrets != want {
			t.Errorf("%s has %d secrets, want %d", w.Title, w.Secrets, want)
		}
	}
}

// TestAreasCoverTheMask: whatever is masked has a name.
func TestAreasCoverTheMask(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	_, field := s.form()
	s.quiet(2 * settle)
	s.o.change(func(f *atspi.Secret) { f.Area = f.Area.Add(image.Pt(0, 40)) })
	s.p.move(field, fieldArea.Add(image.Pt(0, 40)).Sub(formArea.Min).Min)
	s.p.show(pane{area: image.Rect(180, 90, 190, 100), colour: blue})
	for range 10 {
		s.release()
		var areas []image.Rectangle
		for _, a := range s.g.Areas(nil) {
			areas = append(areas, a.Rect)
		}
		for _, r := range s.g.Masked(nil) {
			if rest := appendOutside(nil, r, areas); len(rest) > 0 {
				t.Errorf("masked and not told: %v", rest)
			}
		}
		s.soon()
	}
}
