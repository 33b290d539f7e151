package encode

import (
	"bytes"
	"encoding/binary"
	"image"
	"math/rand/v2"
	"testing"

	"telestrator/privacy"
)

// screen is a picture to paint on. show releases it through a guard, as a
// daemon would, and compares it.
type screen struct {
	tb       testing.TB
	guard    *privacy.Guard
	pix      raster
	size     image.Point
	damage   []image.Rectangle
	reset    bool
	geometry Geometry
	released *privacy.Picture
	changed  []image.Rectangle // in it
}

func newScreen(tb testing.TB, w, h int, masks ...image.Rectangle) *screen {
	tb.Helper()
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow, Rects: masks})
	if err != nil {
		tb.Fatal(err)
	}
	s := &screen{tb: tb, guard: guard}
	s.resize(w, h)
	return s
}

// resize gives the screen another size, black, and a new generation.
func (s *screen) resize(w, h int) {
	s.size, s.reset = image.Pt(w, h), true
	s.pix = raster{make([]byte, 4*w*h), 4 * w}
	s.damage = append(s.damage[:0], s.bounds())
	s.geometry.Generation++
	s.geometry.Monitors = []image.Rectangle{s.bounds()}
}

func (s *screen) bounds() image.Rectangle { return image.Rectangle{Max: s.size} }

// fill paints r with what colour returns for each pixel.
func (s *screen) fill(r image.Rectangle, colour func(x, y int) uint32) {
	r = r.Intersect(s.bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := s.pix.span(y, r.Min.X, r.Max.X)
		for i := 0; i < len(row); i += 4 {
			binary.LittleEndian.PutUint32(row[i:], colour(r.Min.X+i/4, y))
		}
	}
	s.damage = append(s.damage, r)
}

// show makes the screen the canvas's newest picture.
func (s *screen) show(c *Canvas) {
	s.tb.Helper()
	s.release()
	s.compare(c)
}

// release is the first half of show.
func (s *screen) release() {
	s.tb.Helper()
	s.guard.Begin()
	p, changed, err := s.guard.Release(s.pix.pix, s.pix.stride, s.size, s.damage, s.reset)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.released, s.changed, s.damage, s.reset = p, changed, s.damage[:0], false
}

// compare is the second half of show.
func (s *screen) compare(c *Canvas) { c.Compare(s.released, s.changed, s.geometry) }

// solid, noise and shades are colours for fill.
func solid(p uint32) func(x, y int) uint32 { return func(int, int) uint32 { return p } }

func noise(rnd *rand.Rand) func(x, y int) uint32 {
	return func(int, int) uint32 { return rnd.Uint32() & 0xffffff }
}

func shades(rnd *rand.Rand) func(x, y int) uint32 {
	base := rnd.Uint32() & 0x7f7f7f
	return func(x, y int) uint32 { return base + uint32(x&31)<<16 + uint32(y&63)<<8 + uint32(x+y)&15 }
}

// glyphs looks like text: two colours in short strokes.
func glyphs(rnd *rand.Rand) func(x, y int) uint32 {
	ink, paper := rnd.Uint32()&0x3f3f3f, 0xffffff-rnd.Uint32()&0x0f0f0f
	bits := rnd.Uint64()
	return func(x, y int) uint32 {
		if y%16 < 12 && bits>>((x/2*5+y%16/3*7+x/9*11)%64)&1 == 1 {
			return ink
		}
		return paper
	}
}

// someRect returns a rectangle inside the screen.
func (s *screen) someRect(rnd *rand.Rand) image.Rectangle {
	x, y := rnd.IntN(s.size.X), rnd.IntN(s.size.Y)
	w, h := 1+rnd.IntN(s.size.X-x), 1+rnd.IntN(s.size.Y-y)
	if rnd.IntN(2) == 0 {
		w, h = 1+rnd.IntN(min(20, w)), 1+rnd.IntN(min(20, h))
	}
	return image.Rect(x, y, x+w, y+h)
}

// scribble paints something somewhere, and sometimes damages more than that.
func (s *screen) scribble(rnd *rand.Rand) {
	r := s.someRect(rnd)
	switch rnd.IntN(5) {
	case 0:
		s.fill(r, noise(rnd))
	case 1:
		s.fill(r, shades(rnd))
	case 2:
		s.fill(r, glyphs(rnd))
	default:
		s.fill(r, solid(rnd.Uint32()&0xffffff))
	}
	if rnd.IntN(3) == 0 {
		s.damage = append(s.damage, s.someRect(rnd), s.bounds().Inset(-100))
	}
}

// seeded returns a generator whose seed is logged when the test fails.
func seeded(tb testing.TB) *rand.Rand {
	seed := rand.Uint64()
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("seed %#x", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 1))
}

// rounds is how many rounds of n a random test does: a tenth with the race
// detector, under which painting a pixel takes ten times as long.
func rounds(n int) int {
	if raceEnabled {
		return n / 10
	}
	return n
}

// waves looks like a photograph: slow changes of colour, with some grain.
func waves(seed uint32) func(x, y int) uint32 {
	return func(x, y int) uint32 {
		n := (uint32(x)*2654435761 ^ uint32(y)*2246822519 ^ seed*3266489917) >> 24 & 7
		wave := func(step int) uint32 { return uint32(64+abs((step+int(seed))&127-64)) + n }
		return wave(x)<<16 | wave(y+x/2)<<8 | wave(x/3+y/4)
	}
}

// change does something to the screen, often with a photograph in it.
func (s *screen) change(rnd *rand.Rand) {
	switch rnd.IntN(6) {
	case 0:
		s.scribble(rnd)
	case 1, 2:
		s.scrollSomething(rnd)
	case 3:
		s.fill(s.someRect(rnd), text(rnd.Uint32()))
	default:
		s.fill(s.someRect(rnd), waves(rnd.Uint32()))
	}
}

// text is a document without end, of lines of strokes, no two alike.
func text(seed uint32) func(x, y int) uint32 {
	return func(x, y int) uint32 {
		word := (uint32(x/8)*2654435761 ^ uint32(y/16)*40503 ^ seed) * 2246822519
		if y&15 < 12 && word>>13&7 != 0 && word>>(uint32(x&7/2+y&15/3*4)+5)&1 == 1 {
			return 0x202020
		}
		return 0xffffff
	}
}

// moved returns colours shifted by a number of rows.
func moved(colour func(x, y int) uint32, by int) func(x, y int) uint32 {
	return func(x, y int) uint32 { return colour(x, y-by) }
}

// scroll moves the pixels of r down by a number of rows, which may be less
// than 0, and paints what comes in.
func (s *screen) scroll(r image.Rectangle, by int, colour func(x, y int) uint32) {
	old := raster{bytes.Clone(s.pix.pix), s.pix.stride}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if y-by >= r.Min.Y && y-by < r.Max.Y {
			copy(s.pix.span(y, r.Min.X, r.Max.X), old.span(y-by, r.Min.X, r.Max.X))
		}
	}
	s.damage = append(s.damage, r)
	if by > 0 {
		s.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+by), colour)
	} else {
		s.fill(image.Rect(r.Min.X, r.Max.Y+by, r.Max.X, r.Max.Y), colour)
	}
}

// scrollSomething moves a large part of the screen, now and then with a
// bystander that stays or changes.
func (s *screen) scrollSomething(rnd *rand.Rand) {
	x, y := rnd.IntN(s.size.X/4), rnd.IntN(s.size.Y/6)
	r := image.Rect(x, y, s.size.X-rnd.IntN(s.size.X/4), s.size.Y-rnd.IntN(s.size.Y/6))
	by := (1 + rnd.IntN(r.Dy()/3)) * (1 - 2*rnd.IntN(2))
	colour := text(rnd.Uint32())
	if rnd.IntN(3) == 0 {
		colour = shades(rnd)
	}
	s.scroll(r, by, colour)
	if rnd.IntN(3) == 0 {
		s.scribble(rnd)
	}
}

// at returns a pixel.
func (r raster) at(x, y int) uint32 {
	p := r.span(y, x, x+1)
	return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16
}
