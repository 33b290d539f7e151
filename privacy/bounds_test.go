package privacy

import (
	"fmt"
	"image"
	"testing"
	"time"

	"telestrator/privacy/atspi"
)

// TestSpotLimit: beyond it everything between the fields is masked.
func TestSpotLimit(t *testing.T) {
	t.Parallel()
	m, _ := newFake(t, nil, titled("form"))
	w := m.stack[0]
	w.area = image.Rect(0, 0, 4000, 4000)
	var fields []atspi.Secret
	for i := range maxSpots {
		fields = append(fields, placed(i))
	}
	m.learn(w, fields, manners[atspi.GTK3], true, m.now)
	between := image.Pt(1000, 400)
	if masked := w.spotted(nil, m.now); len(masked) != maxSpots || contains(masked, between) {
		t.Errorf("%d fields became %d places", maxSpots, len(masked))
	}
	fields = append(fields, placed(maxSpots))
	m.learn(w, fields, manners[atspi.GTK3], true, m.now)
	masked := w.spotted(nil, m.now)
	if len(masked) > maxSpots || !contains(masked, between) {
		t.Errorf("one field too many made %d places", len(masked))
	}
	for _, f := range fields {
		if len(appendOutside(nil, f.Area, masked)) > 0 {
			t.Errorf("a field at %v is not masked", f.Area)
		}
	}
}

// placed is a field of many.
func placed(i int) atspi.Secret {
	area := image.Rect(0, 0, 10, 10).Add(image.Pt(50*(i%2)+3000*(i/2%2), 50*(i/4)))
	return atspi.Secret{ID: fmt.Sprint(i), Area: area, Showing: true, Known: true}
}

// TestPieceLimit: where windows overlap in more ways than are told apart, a piece
// waits for more programs than it shows, and for none less.
func TestPieceLimit(t *testing.T) {
	t.Parallel()
	for _, windows := range []int{maxPieces/4 + 1, maxPieces/2 + 2, 2 * maxPieces} {
		all := []image.Rectangle{image.Rect(0, 0, 2000, 10)}
		shown := map[*program]image.Rectangle{}
		var pieces []piece
		free := all
		for i := range windows {
			p, seen := &program{}, image.Rect(10*i, 0, 10*i+45, 10)
			shown[p] = seen
			pieces = divide(pieces, free, []image.Rectangle{seen}, p)
			free = without(free, []image.Rectangle{seen})
		}
		if len(pieces) > maxPieces+windows {
			t.Errorf("%d windows made %d pieces", windows, len(pieces))
		}
		for p, seen := range shown {
			var own []image.Rectangle
			for _, q := range pieces {
				for _, of := range q.programs {
					if of == p {
						own = append(own, q.area...)
					}
				}
			}
			if rest := appendOutside(nil, seen, own); len(rest) > 0 {
				t.Errorf("of %d windows one is not asked about %v", windows, rest)
			}
		}
	}
}

// TestOwedLimit: beyond it, all between is owed.
func TestOwedLimit(t *testing.T) {
	t.Parallel()
	m := newMirror(image.Pt(400, 200))
	for n, want := range map[int]bool{maxOwed: false, maxOwed + 1: true} {
		g := fixed(t, Policy{Unknown: Allow})
		release(t, g, m, nil, true)
		g.owed = g.owed[:0]
		for i := range n {
			g.owed = append(g.owed, image.Rect(3*(i%100), 2*(i/100), 3*(i%100)+1, 2*(i/100)+1))
		}
		g.owe(m, nil, nil)
		if got := contains(g.owed, image.Pt(1, 0)); got != want || len(g.owed) > maxOwed {
			t.Errorf("%d rectangles became %d; between them too: %v", n, len(g.owed), got)
		}
	}
}

// TestMaskSum: beyond the most masks of all sources, all between is masked.
func TestMaskSum(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow})
	var masks []image.Rectangle
	for i := range 4 * maxMasks {
		masks = append(masks, image.Rect(3*i, 0, 3*i+1, 1))
	}
	if got := g.bound(masks); len(got) != 4*maxMasks {
		t.Errorf("%d masks became %d", 4*maxMasks, len(got))
	}
	if got := g.bound(append(masks, image.Rect(0, 9, 1, 10))); len(got) != 1 || got[0] != image.Rect(0, 0, 12*maxMasks-2, 10) {
		t.Errorf("one mask too many made %d", len(got))
	}
}

// TestStreakNeedsAWhole: an area of which a part stood still is no film.
func TestStreakNeedsAWhole(t *testing.T) {
	t.Parallel()
	var s streaks
	size, now := image.Pt(256, 64), time.Unix(1000, 0)
	film, both := []image.Rectangle{image.Rect(0, 0, 64, 64)}, []image.Rectangle{image.Rect(0, 0, 128, 64)}
	for ; now.Before(time.Unix(1000, 0).Add(lively)); now = now.Add(pause / 2) {
		s.mark(size, film, now)
	}
	s.mark(size, film, now)
	if !s.cover(film, now) || s.cover(both, now) {
		t.Errorf("a film counts: %v, with what is beside it: %v", s.cover(film, now), s.cover(both, now))
	}
	if s.cover(film, now.Add(pause+1)) {
		t.Error("a film that has paused counts")
	}
}
