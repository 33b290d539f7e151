package encode

import (
	"bytes"
	"image"
	"slices"
	"testing"
)

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

// What is no scroll again and again is looked at every eighth time.
func TestScrollsAreLookedForWithPatience(t *testing.T) {
	t.Parallel()
	var f finder
	looks := make([]int, 0, 6)
	for i := range patience + 2*pause {
		if f.due() {
			looks = append(looks, i)
		}
	}
	if want := []int{0, 1, 2, 3, patience + pause - 1, patience + 2*pause - 1}; !slices.Equal(looks, want) {
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
	for range 2 * patience {
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
	s.fill(image.Rect(0, 0, 128, 320), text(11)) // 10 cells
	s.show(c)
	v.catchUp()
	s.scroll(image.Rect(0, 0, 128, 320), -8, text(12))
	s.show(c)
	if len(c.news.cells) >= leastCells || len(c.news.moves) > 0 {
		t.Errorf("%d cells changed, %d moves", len(c.news.cells), len(c.news.moves))
	}
}

// Lines that repeat, as in a table: the scroll is the shortest that fits.
func TestScrollOfAPattern(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 520, 448), NewCanvas()
	lines := func(by int) func(x, y int) uint32 {
		return func(x, y int) uint32 { return text(13)(x, (y+by)%80) }
	}
	s.fill(s.bounds(), lines(0))
	s.show(c)
	v := copying(t, c)
	v.catchUp()
	for _, by := range []int{7, 32, 73} {
		v.size = 0
		s.fill(s.bounds(), lines(by))
		s.show(c)
		for _, m := range c.news.moves {
			if d := -m.by.Y; d != by && d != by-80 || abs(d) > 40 {
				t.Errorf("by %d: a move by %v", by, m.by)
			}
		}
		if len(c.news.moves) == 0 {
			t.Errorf("by %d: no move", by)
		}
		v.catchUp()
		v.sees(s)
		s.fill(s.bounds(), lines(0))
		s.show(c)
		v.catchUp()
	}
}

// Moves that bring next to nothing of a change are left out.
func TestMovesAreWeighed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rows int // of one cell of leastShare
		want int
	}{{63, 0}, {64, 1}} {
		var f finder
		var n news
		n.resize(leastShare)
		before, after := make([]byte, 64*4*64*leastShare), bytes.Repeat([]byte{1}, 64*4*64*leastShare)
		f.scene = scene{newGrid(image.Pt(64*leastShare, 64)), raster{before, 64 * 4 * leastShare}, raster{after, 64 * 4 * leastShare}, &n}
		for i := range leastShare {
			n.note(i, patch{0, 0, 64, 64})
			n.rows[i] = 1<<64 - 1
		}
		n.settle()
		n.moves = append(n.moves, move{image.Rect(192, 0, 256, c.rows), image.Pt(0, 1)})
		f.weigh()
		if len(n.moves) != c.want || n.rests[3].empty() != (c.want > 0) {
			t.Errorf("%d rows brought: %d moves, left %v", c.rows, len(n.moves), n.rests[3])
		}
	}
}
