package encode

import (
	"image"
	"slices"
	"testing"

	"telestrator/protocol"
)

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

// A scrolled page takes a fraction of the bytes, also when two scrolls come
// before the viewer takes the next moment.
func TestScrollIsShort(t *testing.T) {
	t.Parallel()
	for every, factor := range map[int]int{1: 5, 2: 3, 3: 2} {
		s, c := newScreen(t, 600, 500), NewCanvas()
		page := image.Rect(30, 70, 590, 480)
		s.fill(s.bounds(), text(3))
		s.show(c)
		plain, quick := newViewer(t, c), copying(t, c)
		plain.catchUp()
		quick.catchUp()
		plain.size, quick.size = 0, 0
		for n := range 6 {
			s.scroll(page, -10, moved(text(4), -10*n))
			s.show(c)
			if n%every == every-1 {
				plain.catchUp()
				quick.catchUp()
				quick.sees(s)
			}
		}
		if factor*quick.size > plain.size {
			t.Errorf("every %d: %d bytes with copies, %d without", every, quick.size, plain.size)
		}
	}
}

// There are never more copies than an update may have.
func TestMostCopies(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 64*60, 640), NewCanvas()
	v := copying(t, c)
	s.fill(s.bounds(), text(7))
	bars := func() { // that stay, around squares that scroll
		for y := 0; y < s.size.Y; y += 64 {
			s.fill(image.Rect(0, y, s.size.X, y+8), solid(uint32(y)))
		}
		for x := 0; x < s.size.X; x += 64 {
			s.fill(image.Rect(x, 0, x+8, s.size.Y), func(_, y int) uint32 { return uint32(5 * y) })
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
