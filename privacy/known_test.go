package privacy

import (
	"image"
	"testing"

	"telestrator/privacy/atspi"
)

// TestFieldThatIsNowhere: a field that says that it shows, and does so outside of
// its window, holds back nothing for ever.
func TestFieldThatIsNowhere(t *testing.T) {
	t.Parallel()
	for name, toolkit := range map[string]atspi.Toolkit{"GTK": atspi.GTK3, "Chromium": atspi.Chromium} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, newOracle(toolkit))
			w := s.vouched()
			s.o.fields(fieldArea.Add(image.Pt(0, 500)))
			s.paint(w, image.Rect(40, 40, 140, 60), blue)
			s.untilAt(50, 50, blue)
			s.paint(w, image.Rect(40, 80, 140, 100), blue)
			s.untilAt(50, 90, blue)
		})
	}
}

// TestCoarseToolkit: the window with the field is masked whole, another one of the
// program is shown.
func TestCoarseToolkit(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, newOracle(atspi.GTK4))
	w := s.vouched()
	other := image.Rect(230, 20, 310, 120)
	s.o.frame("other", other)
	id := s.p.show(pane{area: other, colour: green, title: "other"})
	s.untilAt(240, 30, green)
	s.quiet(2 * settle)
	s.o.fields(fieldArea)
	s.paint(w, fieldArea, secret)
	s.untilAt(30, 30, Grey)
	for i := range 3 {
		s.span(func() { s.paint(id, image.Rect(230, 20+30*i, 310, 50+30*i).Sub(other.Min.Sub(formArea.Min)), blue) }, nothing)
		s.untilAt(240, 25+30*i, blue)
	}
	s.o.fields()
	s.paint(w, fieldArea, green)
	s.untilAt(30, 30, green) // though under the mask nobody saw it
}
