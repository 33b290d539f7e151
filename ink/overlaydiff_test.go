package ink

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestDifference: outside of the difference two lists look the same, and equal
// lists have none; a thousand random changes.
func TestDifference(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	mark := func() Mark {
		at := image.Pt(random.IntN(60), random.IntN(60))
		size := image.Pt(random.IntN(12), random.IntN(12))
		return Mark{image.Rectangle{at, at.Add(size)}, 1 + random.Uint32N(5)}
	}
	spared := 0
	for range 1000 {
		var old []Mark
		for range random.IntN(40) {
			old = append(old, mark())
		}
		next := slices.Clone(old)
		for range random.IntN(4) {
			at := random.IntN(len(next) + 1)
			next = slices.Replace(next, at, min(len(next), at+random.IntN(12)), slices.Repeat([]Mark{mark()}, random.IntN(12))...)
		}
		box, gone := difference(old, next)
		if slices.Equal(old, next) != (box.Empty() && gone == 0) && !slices.ContainsFunc(slices.Concat(old, next), emptyMark) {
			t.Fatalf("%v and %v differ in %v, %d gone", old, next, box, gone)
		}
		checkOutside(t, old, next, box)
		if !box.Empty() && box.Dx() < 50 {
			spared++
		}
	}
	if spared == 0 {
		t.Error("no difference was smaller than everything")
	}
}

func emptyMark(m Mark) bool { return m.Area.Empty() }

// checkOutside compares what two lists show outside of a box.
func checkOutside(t *testing.T, old, next []Mark, box image.Rectangle) {
	t.Helper()
	screen := image.Rect(0, 0, 72, 72)
	before, after := image.NewRGBA(screen), image.NewRGBA(screen)
	for _, m := range old {
		cover(before, m.Area, m.Colour)
	}
	for _, m := range next {
		cover(after, m.Area, m.Colour)
	}
	cover(before, box, 0)
	cover(after, box, 0)
	if wrong := changed(before, after); !wrong.Empty() {
		t.Fatalf("%v and %v differ in %v, outside of %v", old, next, wrong, box)
	}
}

// TestDifferenceIsSmall: what is added at the end of one of several strokes
// costs what it covers.
func TestDifferenceIsSmall(t *testing.T) {
	t.Parallel()
	all := manyMarks(900)
	added := Mark{image.Rect(300, 300, 310, 310), 7}
	for _, at := range []int{0, 450, 900} {
		next := slices.Insert(slices.Clone(all), at, added)
		if box, gone := difference(all, next); box != added.Area || gone != 0 {
			t.Errorf("a mark added at %d: %v, %d gone", at, box, gone)
		}
		if box, gone := difference(next, all); box != added.Area || gone != 1 {
			t.Errorf("a mark taken from %d: %v, %d gone", at, box, gone)
		}
	}
}
