package encode

import (
	"image"
	"testing"
	"testing/synctest"
	"time"
)

// Every cell comes once, none before one that is nearer.
func TestOutward(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	for range rounds(300) {
		g := newGrid(image.Pt(1+rnd.IntN(1500), 1+rnd.IntN(1500)))
		p := image.Pt(rnd.IntN(2000)-200, rnd.IntN(2000)-200)
		x, y := min(max(p.X/side, 0), g.columns-1), min(max(p.Y/side, 0), g.rows-1)
		seen, last := make([]bool, g.len()), 0
		for i := range g.outward(p) {
			r := max(abs(i%g.columns-x), abs(i/g.columns-y))
			if seen[i] || r < last {
				t.Fatalf("%v from %v: cell %d after distance %d", g.size, p, i, last)
			}
			seen[i], last = true, r
		}
		for i, ok := range seen {
			if !ok {
				t.Fatalf("%v from %v: no cell %d", g.size, p, i)
			}
		}
	}
}

// What is refined first is where the viewer looks.
func TestRefinementBeginsWhereTheViewerLooks(t *testing.T) {
	t.Parallel()
	for _, p := range []image.Point{{0, 0}, {700, 500}, {999, 699}, {-5, 3000}} {
		synctest.Test(t, func(t *testing.T) {
			s, c := newScreen(t, 1000, 700), NewCanvas()
			v := upToDate(t, s, c)
			s.fill(s.bounds(), waves(2))
			s.show(c)
			v.next()
			time.Sleep(quiet)
			v.stream.Near(p)
			v.next()
			x, y := min(max(p.X, 0), 999), min(max(p.Y, 0), 699)
			if v.decoder.Lossy().AlphaAt(x, y).A != 0 || count(v.decoder.Lossy().Pix) < 600000 {
				t.Errorf("at %v: %d pixels lossy", p, count(v.decoder.Lossy().Pix))
			}
			v.stream.Close()
		})
	}
}
