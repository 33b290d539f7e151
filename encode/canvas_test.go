package encode

import (
	"bytes"
	"image"
	"slices"
	"testing"

	"telestrator/privacy"
	"telestrator/protocol"
)

// What Compare marks covers every changed pixel. In each cell it is the
// smallest rectangle that does, so it exceeds the change by less than a cell.
func TestMarkedIsWhatChanged(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 150, 140), NewCanvas()
	s.fill(s.bounds(), glyphs(rnd))
	s.show(c)
	stream := c.NewStream()
	for range rounds(1000) {
		if _, err := stream.Next(nil); err != nil {
			t.Fatal(err)
		}
		before := bytes.Clone(s.released.Pix())
		for range 1 + rnd.IntN(3) {
			s.scribble(rnd)
		}
		s.show(c)
		checkMarks(t, c.grid, stream.outdated, raster{before, s.released.Stride()}, raster{s.released.Pix(), s.released.Stride()})
		if !bytes.Equal(c.ref.pix, s.released.Pix()) {
			t.Fatal("the reference is not the newest picture")
		}
	}
}

// checkMarks compares the marks with the pixels that differ, cell by cell and
// pixel by pixel.
func checkMarks(t *testing.T, g grid, marks []patch, before, after raster) {
	t.Helper()
	for i, mark := range marks {
		var want image.Rectangle
		cell := g.cell(i)
		for y := cell.Min.Y; y < cell.Max.Y; y++ {
			a, b := before.span(y, cell.Min.X, cell.Max.X), after.span(y, cell.Min.X, cell.Max.X)
			if bytes.Equal(a, b) {
				continue
			}
			for x := cell.Min.X; x < cell.Max.X; x, a, b = x+1, a[4:], b[4:] {
				if [4]byte(a) != [4]byte(b) {
					want = want.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		if got := mark.in(cell.Min); got != want && !(got.Empty() && want.Empty()) {
			t.Fatalf("cell %d: marked %v, changed %v", i, got, want)
		}
	}
}

// Changes of several moments add up until they are read.
func TestMarksUnite(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 128, 64), NewCanvas()
	s.show(c)
	v := newViewer(t, c)
	v.catchUp()
	s.fill(image.Rect(3, 5, 4, 6), solid(1))
	s.show(c)
	s.fill(image.Rect(60, 20, 70, 21), solid(2))
	s.show(c)
	want := []patch{{3, 5, 64, 21}, {0, 20, 6, 21}}
	if !slices.Equal(v.stream.outdated, want) {
		t.Fatalf("outdated %v, want %v", v.stream.outdated, want)
	}
	if v.catchUp() != 1 {
		t.Fatal("not one moment")
	}
	v.sees(s)
}

// Only damage is looked at: the rest of the reference stays as it is.
func TestOnlyDamageIsCompared(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 128, 128), NewCanvas()
	s.show(c)
	stream := c.NewStream()
	if _, err := stream.Next(nil); err != nil {
		t.Fatal(err)
	}
	s.fill(s.bounds(), solid(0xffffff))
	p, _, err := s.guard.Release(s.pix.pix, s.pix.stride, s.size, s.damage, false)
	if err != nil {
		t.Fatal(err)
	}
	c.Compare(p, []image.Rectangle{image.Rect(10, 70, 20, 75)}, s.geometry)
	want := []patch{{}, {}, {10, 6, 20, 11}, {}}
	if !slices.Equal(stream.outdated, want) {
		t.Fatalf("outdated %v, want %v", stream.outdated, want)
	}
}

func TestGridCoversThePicture(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1, 1}, {64, 64}, {65, 63}, {1920, 1080}, {16384, 1}, {1, 16384}} {
		g, area := newGrid(size), 0
		for i := range g.len() {
			cell := g.cell(i)
			if g.index(cell.Min) != i || g.index(cell.Max.Sub(image.Pt(1, 1))) != i {
				t.Errorf("%v: cell %d is %v", size, i, cell)
			}
			if newPatch(cell).in(cell.Min) != cell {
				t.Errorf("%v: the patch of %v is %v", size, cell, newPatch(cell))
			}
			area += cell.Dx() * cell.Dy()
		}
		if area != size.X*size.Y {
			t.Errorf("%v: the cells have %d pixels", size, area)
		}
	}
}

// A canvas relies on privacy for sizes that the protocol allows.
func TestPrivacyBoundsPictures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h int
		ok   bool
	}{
		{protocol.MaxSide, 1, true}, {1, protocol.MaxSide, true}, {protocol.MaxSide + 1, 1, false},
		{1, protocol.MaxSide + 1, false}, {0, 1, false}, {1, 0, false},
	} {
		guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = guard.Release(make([]byte, 4*c.w*c.h), 4*c.w, image.Pt(c.w, c.h), nil, true)
		if (err == nil) != c.ok || c.ok != fits(image.Pt(c.w, c.h)) {
			t.Errorf("%d x %d: %v", c.w, c.h, err)
		}
	}
}

// A picture with the longest sides goes across.
func TestLongestSides(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{protocol.MaxSide, 3}, {2, protocol.MaxSide}} {
		s, c := newScreen(t, size.X, size.Y), NewCanvas()
		s.fill(image.Rectangle{Min: size.Sub(image.Pt(2, 2)), Max: size}, solid(0x123456))
		s.show(c)
		v := newViewer(t, c)
		v.catchUp()
		v.sees(s)
	}
}
