package privacy

import (
	"image"
	"testing"

	"telestrator/privacy/atspi"
)

// TestLyingPlaces: a window whose program says where nothing can be is flat, or
// masked there too, until it tells the truth.
func TestLyingPlaces(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]func(*atspi.Secret){
		"empty":    func(f *atspi.Secret) { f.Area = image.Rectangle{} },
		"negative": func(f *atspi.Secret) { f.Area = image.Rectangle{f.Area.Max, f.Area.Min} },
		"unknown":  func(f *atspi.Secret) { f.Known = false },
		"huge":     func(f *atspi.Secret) { f.Area = image.Rect(-1e9, -1e9, 1e9, 1e9) },
		"relative": func(f *atspi.Secret) { f.Relative = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			w, _ := s.form()
			s.quiet(2 * settle)
			truth := s.o.said.Secrets[0]
			s.o.change(lie)
			s.paint(w, image.Rect(200, 100, 210, 110), blue)
			s.untilAt(30, 30, Grey)
			s.o.change(func(f *atspi.Secret) { *f = truth })
			s.untilAt(30, 30, green)
		})
	}
}
