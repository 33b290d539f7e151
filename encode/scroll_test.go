package encode

import (
	"bytes"
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"telestrator/protocol"
)

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

// copying is a viewer that understands copies.
func copying(tb testing.TB, c *Canvas) *viewer {
	v := newViewer(tb, c)
	v.stream.Use(true, false)
	return v
}

// Scrolls, together with all else that happens, decode to what was released,
// however slow a viewer is, and copies are what brings them.
func TestScrollsShowTheScreen(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 520, 430), NewCanvas()
	s.fill(s.bounds(), text(1))
	s.show(c)
	viewers := []*viewer{copying(t, c), copying(t, c), copying(t, c), copying(t, c), newViewer(t, c)}
	scrolls := 0
	for round := range rounds(200) {
		switch rnd.IntN(8) {
		case 0:
			s.scribble(rnd)
		case 1:
			viewers[rnd.IntN(len(viewers))].stream.Reset()
		default:
			scrolls++
			s.scrollSomething(rnd)
		}
		s.show(c)
		for i, v := range viewers {
			if every := i%4 + 1; (round+i)%every == 0 {
				v.catchUp()
				v.sees(s)
			}
		}
	}
	for i, v := range viewers[:4] {
		if v.copies < scrolls/(i+1)/3 {
			t.Errorf("viewer %d: %d copies of %d scrolls", i, v.copies, scrolls)
		}
	}
	if n := viewers[4].copies; n > 0 {
		t.Errorf("%d copies for a viewer that does not know them", n)
	}
}

// A picture that comes in many moments, with scrolls in between: the viewer
// lacks parts of it all the time.
func TestScrollsOfHalfAPicture(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 900, 900), NewCanvas()
	v := copying(t, c)
	for range rounds(10) {
		s.fill(s.bounds(), noise(rnd))
		for range 3 {
			s.show(c)
			if !v.next() || v.stream.whole() {
				t.Fatal("the picture came in one moment")
			}
			s.scroll(image.Rect(0, 0, 900, 890), -30, noise(rnd))
		}
		s.show(c)
		v.catchUp()
		v.sees(s)
	}
	if v.copies < rounds(10) {
		t.Errorf("%d copies", v.copies)
	}
}

// What find says is true: every pixel that a move brings stood where the move
// says, and every pixel that changed is brought or left.
func TestMovesAreExact(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 450, 400), NewCanvas()
	s.fill(s.bounds(), text(2))
	s.show(c)
	stream := c.NewStream()
	stream.Use(true, false)
	found := 0
	for range rounds(300) {
		mustNext(t, stream, nil)
		before := raster{bytes.Clone(c.ref.pix), c.ref.stride}
		s.scrollSomething(rnd)
		s.show(c)
		found += len(c.news.moves)
		covered := make([]bool, s.size.X*s.size.Y)
		for _, m := range c.news.moves {
			for y := m.to.Min.Y; y < m.to.Max.Y; y++ {
				if !bytes.Equal(c.ref.span(y, m.to.Min.X, m.to.Max.X), before.span(y-m.by.Y, m.to.Min.X-m.by.X, m.to.Max.X-m.by.X)) {
					t.Fatalf("%v by %v: row %d did not stand there", m.to, m.by, y)
				}
			}
			cover(covered, s.size.X, m.to)
		}
		for i, rest := range c.news.rests {
			cover(covered, s.size.X, rest.in(c.grid.cell(i).Min))
		}
		for i, ok := range covered {
			if !ok && !bytes.Equal(before.pix[4*i:4*i+4], c.ref.pix[4*i:4*i+4]) {
				t.Fatalf("pixel %d,%d changed, and nothing brings it", i%s.size.X, i/s.size.X)
			}
		}
	}
	if found < rounds(300) {
		t.Errorf("%d moves found", found)
	}
}

func cover(covered []bool, width int, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			covered[y*width+x] = true
		}
	}
}

// A scrolled page takes a fraction of the bytes, also when two scrolls come
// before the viewer takes the next moment.
func TestScrollIsShort(t *testing.T) {
	t.Parallel()
	for _, every := range []int{1, 2, 3} {
		s, c := newScreen(t, 800, 600), NewCanvas()
		page := image.Rect(30, 70, 790, 580)
		s.fill(s.bounds(), text(3))
		s.show(c)
		plain, quick := newViewer(t, c), copying(t, c)
		plain.catchUp()
		quick.catchUp()
		plain.size, quick.size = 0, 0
		for n := range 12 {
			s.scroll(page, -10, moved(text(4), -10*n))
			s.show(c)
			if n%every == every-1 {
				plain.catchUp()
				quick.catchUp()
				quick.sees(s)
			}
		}
		if 5*quick.size > plain.size {
			t.Errorf("every %d: %d bytes with copies, %d without", every, quick.size, plain.size)
		}
	}
}

// A window that hides part of the scrolled page, and one in front of it.
func TestScrollBesideWhatStays(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 800, 600), NewCanvas()
	s.fill(s.bounds(), text(5))
	front := image.Rect(300, 200, 450, 330)
	s.fill(front, shades(seeded(t)))
	s.show(c)
	v := copying(t, c)
	v.catchUp()
	held := raster{bytes.Clone(s.pix.pix), s.pix.stride}
	s.scroll(s.bounds(), 25, text(6))
	s.fill(front, held.at)
	s.show(c)
	v.size = 0
	v.catchUp()
	v.sees(s)
	if v.copies < 3 || v.copies > 12 {
		t.Errorf("%d copies", v.copies)
	}
}

// at returns a pixel.
func (r raster) at(x, y int) uint32 {
	p := r.span(y, x, x+1)
	return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16
}

// There are never more copies than an update may have.
func TestMostCopies(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 64*60, 640), NewCanvas()
	v := copying(t, c)
	s.fill(s.bounds(), text(7))
	bars := func() { // that stay, and cut every strip into five
		for y := 100; y < 600; y += 100 {
			for x := 0; x < s.size.X; x += 64 {
				s.fill(image.Rect(x, y+x/64%2*8, x+64, y+8+x/64%2*8), solid(uint32(x+y)))
			}
		}
	}
	bars()
	s.show(c)
	v.catchUp()
	s.scroll(s.bounds(), 9, text(8))
	bars()
	s.show(c)
	if n := len(c.news.moves); n != protocol.MaxCopies {
		t.Fatalf("%d moves", n)
	}
	v.catchUp()
	v.sees(s)
	if v.copies != protocol.MaxCopies {
		t.Fatalf("%d copies", v.copies)
	}
	// A viewer that comes later divides them anew, and keeps to the limit.
	slow := copying(t, c)
	slow.catchUp()
	s.fill(image.Rect(10, 10, 20, 20), solid(1))
	s.show(c)
	s.scroll(s.bounds(), 9, text(9))
	bars()
	s.show(c)
	slow.copies = 0
	slow.catchUp()
	slow.sees(s)
	if slow.copies < protocol.MaxCopies/2 || slow.copies > protocol.MaxCopies {
		t.Fatalf("%d copies", slow.copies)
	}
}

// Moves become one when they make a rectangle and come equally far.
func TestMovesJoin(t *testing.T) {
	t.Parallel()
	up := func(x0, y0, x1, y1, by int) move { return move{image.Rect(x0, y0, x1, y1), image.Pt(0, by)} }
	first := up(10, 10, 20, 20, 5)
	for _, c := range []struct {
		name string
		m    move
		n    int
	}{
		{"right", up(20, 10, 25, 20, 5), 1}, {"left", up(5, 10, 10, 20, 5), 1},
		{"below", up(10, 20, 20, 21, 5), 1}, {"above", up(10, 0, 20, 10, 5), 1},
		{"from elsewhere", up(20, 10, 25, 20, 4), 2}, {"higher", up(20, 10, 25, 21, 5), 2},
		{"wider", up(10, 20, 21, 21, 5), 2}, {"apart", up(21, 10, 25, 20, 5), 2},
	} {
		got := join([]move{first}, 0, c.m)
		if len(got) != c.n || c.n == 1 && got[0].to != first.to.Union(c.m.to) {
			t.Errorf("%s: %v", c.name, got)
		}
		if got := join([]move{first}, 1, c.m); len(got) != 2 {
			t.Errorf("%s joins one before the first: %v", c.name, got)
		}
	}
}

// A stream keeps to the limit too when moves come to it in pieces.
func TestMostCopiesOfAStream(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 640, 640), NewCanvas()
	s.show(c)
	v := copying(t, c)
	v.catchUp()
	for i := range protocol.MaxCopies {
		v.stream.add(move{image.Rect(3*i, 0, 3*i+2, 1), image.Pt(0, -5)}, 0)
	}
	if len(v.stream.moves) != protocol.MaxCopies || slices.Contains(v.stream.missed, true) {
		t.Fatalf("%d moves, missed %v", len(v.stream.moves), v.stream.missed)
	}
	v.stream.add(move{image.Rect(60, 60, 70, 70), image.Pt(0, -5)}, 0)
	missed := []bool{true, true, 10: true, 11: true, 99: false}
	if len(v.stream.moves) != protocol.MaxCopies || !slices.Equal(v.stream.missed, missed) {
		t.Fatalf("%d moves, missed %v", len(v.stream.moves), v.stream.missed)
	}
}

// What is no scroll again and again is looked at every eighth time.
func TestScrollsAreLookedForWithPatience(t *testing.T) {
	t.Parallel()
	var f scrolls
	looks := make([]int, 0, 5)
	for i := range patience + 2*pause {
		if f.due() {
			looks = append(looks, i)
		}
	}
	if want := []int{0, 1, 2, patience + pause - 1, patience + 2*pause - 1}; !slices.Equal(looks, want) {
		t.Errorf("looked at %v, want %v", looks, want)
	}
}

// A scroll after a film is found, at the eighth change at the latest, and from
// then on each time.
func TestScrollAfterAFilm(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 520, 430), NewCanvas()
	s.show(c)
	v := copying(t, c)
	for range 20 {
		s.fill(s.bounds(), noise(rnd))
		s.show(c)
		v.catchUp()
	}
	for n := range 2 * pause {
		s.scroll(s.bounds(), -7, noise(rnd))
		s.show(c)
		if got := len(c.news.moves) > 0; !got && n >= pause {
			t.Fatalf("scroll %d is not found", n)
		}
		v.catchUp()
		v.sees(s)
	}
}

// A change that is small, or has no rows to tell apart, moves nothing.
func TestNoScroll(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 520, 430), NewCanvas()
	s.show(c)
	v := copying(t, c)
	v.catchUp()
	for i, colour := range []func(x, y int) uint32{solid(1), text(10), solid(2), noise(seeded(t))} {
		s.fill(s.bounds(), colour)
		s.show(c)
		if n := len(c.news.moves); n > 0 {
			t.Errorf("change %d: %d moves", i, n)
		}
	}
	v.catchUp()
	s.fill(image.Rect(0, 0, 320, 384), text(11)) // 30 cells
	s.show(c)
	v.catchUp()
	s.scroll(image.Rect(0, 0, 320, 384), -8, text(12))
	s.show(c)
	if len(c.news.cells) >= leastCells || len(c.news.moves) > 0 {
		t.Errorf("%d cells changed, %d moves", len(c.news.cells), len(c.news.moves))
	}
}
