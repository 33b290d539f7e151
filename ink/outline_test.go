package ink

import (
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestOutlines: what is no farther than a line from what is not hidden is dark,
// what is no farther than two is light, and but for locks nothing else is
// drawn; a few hundred random sets of areas.
func TestOutlines(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	screen := image.Rect(0, 0, 60, 60)
	for range 300 {
		var areas []image.Rectangle
		for range 1 + random.IntN(5) {
			at := image.Pt(random.IntN(50), random.IntN(50))
			areas = append(areas, image.Rectangle{at, at.Add(image.Pt(1+random.IntN(23), 1+random.IntN(30)))}.Intersect(screen))
		}
		width := 1 + random.IntN(2)
		checkOutlines(t, areas, outlines(areas, width), width)
	}
}

func checkOutlines(t *testing.T, areas []image.Rectangle, got []Mark, width int) {
	t.Helper()
	img := image.NewRGBA(image.Rect(-5, -5, 65, 65))
	for _, m := range got {
		cover(img, m.Area, m.Colour)
	}
	for y := -5; y < 65; y++ {
		for x := -5; x < 65; x++ {
			want := uint32(0)
			switch depth := depthOf(image.Pt(x, y), areas); {
			case depth == 0 || depth > 2*width:
			case depth <= width:
				want = darkLine
			default:
				want = lightLine
			}
			if got := colourAt(img, x, y); got != want {
				t.Fatalf("%v, lines of %d: %06x at %d, %d, want %06x", areas, width, got, x, y, want)
			}
		}
	}
}

// depthOf is how far a place is from the next that is in none of the areas, up
// to 5.
func depthOf(p image.Point, areas []image.Rectangle) int {
	for depth := range 5 {
		around := image.Rectangle{p, p.Add(image.Pt(1, 1))}.Inset(-depth)
		if len(without(nil, around, areas)) > 0 {
			return depth
		}
	}
	return 5
}

// colourAt is 0xRRGGBB, 0 where nothing was drawn.
func colourAt(img *image.RGBA, x, y int) uint32 {
	c := img.RGBAAt(x, y)
	return uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
}

// TestWithout: what is left of a rectangle lies in it and in none of the areas,
// without overlaps.
func TestWithout(t *testing.T) {
	t.Parallel()
	r := image.Rect(10, 10, 40, 40)
	areas := []image.Rectangle{image.Rect(0, 0, 20, 20), image.Rect(15, 18, 30, 50), image.Rect(39, 39, 60, 60), {}}
	img := image.NewRGBA(image.Rect(0, 0, 60, 60))
	for _, part := range without(nil, r, areas) {
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				if img.RGBAAt(x, y).A != 0 {
					t.Fatalf("%d, %d is there twice", x, y)
				}
				img.SetRGBA(x, y, color.RGBA{1, 1, 1, 255})
			}
		}
	}
	for y := range 60 {
		for x := range 60 {
			p := image.Pt(x, y)
			in := slices.ContainsFunc(areas, func(a image.Rectangle) bool { return p.In(a) })
			if got, want := img.RGBAAt(x, y).A != 0, p.In(r) && !in; got != want {
				t.Fatalf("%v is left: %t", p, got)
			}
		}
	}
}

// locks is how many locks marks have.
func locks(all []Mark) (n int) {
	for _, m := range all {
		if s := m.Area.Size(); m.Colour == lightLine && s == lockPlate.Size() {
			n++
		}
	}
	return n
}

// TestLock: areas have a lock where there is room, those that touch one
// together; it lies inside.
func TestLock(t *testing.T) {
	t.Parallel()
	whole := image.Rect(100, 100, 100+lockRoom.X, 100+lockRoom.Y)
	narrow, low, far := whole, whole, whole.Add(image.Pt(0, 40))
	narrow.Max.X--
	low.Max.Y--
	for name, c := range map[string]struct {
		areas []image.Rectangle
		want  int
	}{
		"room": {[]image.Rectangle{whole}, 1}, "too narrow": {[]image.Rectangle{narrow}, 0}, "too low": {[]image.Rectangle{low}, 0},
		"apart":        {[]image.Rectangle{whole, far}, 2},
		"side by side": {[]image.Rectangle{whole, far, whole.Add(image.Pt(lockRoom.X, 0))}, 2},
		"in a chain":   {[]image.Rectangle{whole, whole.Add(image.Pt(2*lockRoom.X, 0)), whole.Add(image.Pt(lockRoom.X, 0))}, 1},
		"one has room": {[]image.Rectangle{low, low.Add(image.Pt(lockRoom.X, 0)), whole.Add(image.Pt(0, lockRoom.Y))}, 1},
		"none":         {nil, 0},
	} {
		all := outlines(c.areas, 1)
		if got := locks(all); got != c.want {
			t.Errorf("%s: %d locks, want %d", name, got, c.want)
		}
		for _, m := range all {
			if len(without(nil, m.Area, c.areas)) > 0 {
				t.Errorf("%s: %v is outside", name, m.Area)
			}
		}
	}
}

// TestHiddenLimit: of more areas than may be, the smallest get no outline.
func TestHiddenLimit(t *testing.T) {
	t.Parallel()
	var areas []image.Rectangle
	for i := range MaxHidden {
		areas = append(areas, image.Rect(0, 20*i, 100+i, 20*i+18))
	}
	if got := Outlined(areas); !slices.Equal(got, areas) {
		t.Errorf("at the limit: %v", got)
	}
	one := slices.Insert(slices.Clone(areas), 7, image.Rect(0, 0, 9, 9))
	before := slices.Clone(one)
	got := Outlined(one)
	slices.Reverse(got)
	if !slices.Equal(got, areas) || !slices.Equal(one, before) {
		t.Errorf("one more: %v", got)
	}
}
