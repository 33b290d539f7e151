package encode

import (
	"image"
	"math/rand/v2"
	"testing"
)

// All of a cell that was a film counts as changed for a while, and no longer
// than that. Cells beside it change, so that all of it has to be looked at.
func TestFilms(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	s, c := newScreen(t, 3*side, 2*side), NewCanvas()
	s.show(c)
	cell, beside := image.Rect(side, 0, 2*side, side), image.Rect(0, 0, side, side)
	changed := func() patch { return c.news.parts[c.grid.index(cell.Min)] }
	for range wholly + 1 {
		s.fill(cell, noise(rnd))
		s.show(c)
	}
	dot, whole := image.Rect(side+5, 7, side+6, 8), 0
	for range 2 * trusted {
		s.fill(dot, noise(rnd))
		s.fill(beside, noise(rnd))
		s.fill(beside.Add(image.Pt(2*side, 0)), noise(rnd))
		s.damage = []image.Rectangle{beside.Union(beside.Add(image.Pt(2*side, 0)))}
		s.show(c)
		switch changed() {
		case newPatch(cell):
			whole++
		case newPatch(dot):
		default:
			t.Fatalf("%v changed", changed())
		}
	}
	if whole == 0 || whole > trusted {
		t.Errorf("all of the cell counted as changed %d times, want 1 to %d", whole, trusted)
	}
	s.fill(beside, noise(rnd))
	s.damage = []image.Rectangle{beside.Union(cell)}
	s.show(c)
	if changed() != (patch{}) {
		t.Error("a cell without any change counts as changed")
	}
}
