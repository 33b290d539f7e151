package capture

import (
	"errors"
	"image"
	"slices"
	"testing"
)

func TestSimplify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   []image.Rectangle
		box  bool
	}{
		{"nothing", nil, false},
		{"one", []image.Rectangle{image.Rect(1, 2, 3, 4)}, false},
		{"two far from each other", []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(900, 900, 901, 901)}, false},
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
