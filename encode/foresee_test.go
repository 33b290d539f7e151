package encode

import (
	"bytes"
	"image"
	"testing"
)

// A page that goes on scrolling is foreseen, nearly all of it, whatever stays in
// front of it; one that stops is not, and takes nothing with it.
func TestScrollIsForeseen(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 640, 512), NewCanvas()
	page, caret := image.Rect(40, 50, 600, 500), image.Rect(590, 60, 598, 70)
	s.fill(page, text(3))
	s.show(c)
	v := copying(t, c)
	v.catchUp()
	for n, by := range []int{-9, -9, -8, -10, -10} {
		s.scroll(page, by, text(uint32(10+n)))
		s.fill(caret, solid(uint32(n)))
		s.show(c)
		if got := areaOf(c.finder.moved.to); n > 0 && 10*got < 8*areaOf(page) {
			t.Errorf("of scroll %d %d pixels were foreseen, of %d", n, got, areaOf(page))
		}
		v.catchUp()
		v.sees(s)
	}
	s.damage = append(s.damage, page)
	s.show(c)
	if !c.finder.moved.to.Empty() || len(c.news.cells) > 0 {
		t.Errorf("a page that stands still moved: %v", c.finder.moved)
	}
}

// Nothing is foreseen for a viewer that knows no copies: it would be sent what
// did not change.
func TestNothingForeseenWithoutCopies(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 640, 512), NewCanvas()
	s.fill(s.bounds(), text(3))
	s.show(c)
	v, plain := copying(t, c), newViewer(t, c)
	for n := range 4 {
		v.catchUp()
		plain.catchUp()
		s.scroll(s.bounds(), -9, text(uint32(n)))
		s.show(c)
		if !c.finder.moved.to.Empty() {
			t.Errorf("%v was foreseen", c.finder.moved)
		}
	}
}

// What goes on moving about as before, with whatever else changes, stops or
// turns, is exact for who takes every picture and for who takes some; and what is
// foreseen stood where it says.
func TestForeseenIsExact(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	foreseen, pictures := 0, rounds(400)
	for range 4 {
		s, c := newScreen(t, 500, 420), NewCanvas()
		s.fill(s.bounds(), text(rnd.Uint32()))
		s.show(c)
		always, sometimes := copying(t, c), keen(t, c)
		always.catchUp()
		sometimes.catchUp()
		area, by := s.someRect(rnd), image.Pt(0, 5)
		for range pictures / 4 {
			before := raster{bytes.Clone(c.ref.pix), c.ref.stride}
			switch rnd.IntN(8) {
			case 0:
				area = image.Rect(rnd.IntN(200), rnd.IntN(200), 300+rnd.IntN(200), 230+rnd.IntN(190))
				by = image.Pt(rnd.IntN(41)-20, rnd.IntN(41)-20)
			case 1:
				s.scribble(rnd)
			case 2:
				s.damage = append(s.damage, area)
			}
			by = by.Add(image.Pt(rnd.IntN(3)-1, rnd.IntN(3)-1))
			s.slide(area, by, text(rnd.Uint32()))
			s.show(c)
			if to := c.finder.moved.to; !to.Empty() {
				foreseen++
				by := c.finder.moved.by
				for y := to.Min.Y; y < to.Max.Y; y++ {
					if !bytes.Equal(c.ref.span(y, to.Min.X, to.Max.X), before.span(y-by.Y, to.Min.X-by.X, to.Max.X-by.X)) {
						t.Fatalf("%v by %v: row %d did not stand there", to, by, y)
					}
				}
			}
			always.catchUp()
			always.sees(s)
			if rnd.IntN(3) == 0 {
				sometimes.catchUp()
				sometimes.agreesWithin(s, 50)
			}
		}
	}
	if !raceEnabled && foreseen < pictures/8 { // with it there are too few to tell
		t.Errorf("of %d pictures %d were foreseen", pictures, foreseen)
	}
}

// slide moves what is in r, as far as it stays there, and paints what comes in.
func (s *screen) slide(r image.Rectangle, by image.Point, colour func(x, y int) uint32) {
	r = r.Intersect(s.bounds())
	old := raster{bytes.Clone(s.pix.pix), s.pix.stride}
	s.fill(r, func(x, y int) uint32 {
		if from := image.Pt(x, y).Sub(by); from.In(r) {
			return old.at(from.X, from.Y)
		}
		return colour(x, y)
	})
}
