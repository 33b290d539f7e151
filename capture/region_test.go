package capture

import (
	"errors"
	"image"
	"slices"
	"testing"
)

// squares are n disjoint squares of the given side, far from each other.
func squares(n, side int) (all []image.Rectangle) {
	for i := range n {
		all = append(all, image.Rect(i*1000, 0, i*1000+side, side))
	}
	return all
}

func TestSimplify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   []image.Rectangle
		box  bool
	}{
		{"nothing", nil, false},
		{"one", squares(1, 5), false},
		{"as many as allowed", squares(maxRects, 5), false},
		{"one too many", squares(maxRects+1, 5), true},
		{"60 % of the box", []image.Rectangle{image.Rect(0, 0, 10, 3), image.Rect(0, 7, 10, 10)}, false},
		{"more than 60 % of the box", []image.Rectangle{image.Rect(0, 0, 10, 3), image.Rect(0, 6, 10, 10)}, true},
	} {
		var box image.Rectangle
		for _, r := range c.in {
			box = box.Union(r)
		}
		want := slices.Clone(c.in)
		if c.box {
			want = []image.Rectangle{box}
		}
		if got := simplify(c.in); !slices.Equal(got, want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestCheckSize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width, height int
		ok            bool
	}{
		{1, 1, true}, {3840, 2160, true}, {MaxSide, 1, true}, {1, MaxSide, true}, {8192, 4096, true},
		{0, 1, false}, {1, 0, false}, {-1, -1, false},
		{MaxSide + 1, 1, false}, {1, MaxSide + 1, false}, {8192, 4097, false}, {MaxSide, MaxSide, false},
	} {
		err := CheckSize(image.Pt(c.width, c.height))
		if (err == nil) != c.ok || err != nil && !errors.Is(err, ErrUnsupported) {
			t.Errorf("%dx%d: %v", c.width, c.height, err)
		}
	}
}
