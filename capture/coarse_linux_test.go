package capture

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCoarseCovers: whatever the outline, what is taken covers it, lies inside
// and is bounded.
func TestCoarseCovers(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		bounds := image.Rect(0, 0, 1+rng.IntN(700), 1+rng.IntN(500))
		var outline []image.Rectangle
		for range rng.IntN(200) {
			at := image.Pt(rng.IntN(bounds.Dx()), rng.IntN(bounds.Dy()))
			outline = append(outline, image.Rectangle{at, at.Add(image.Pt(1+rng.IntN(40), 1+rng.IntN(40)))}.Intersect(bounds))
		}
		got := coarse(nil, outline, bounds)
		painted := make([]bool, bounds.Dx()*bounds.Dy())
		for _, r := range got {
			if !r.In(bounds) || r.Empty() {
				t.Fatalf("%v is not inside %v", r, bounds)
			}
			eachPixel(r, func(x, y int) { painted[y*bounds.Dx()+x] = true })
		}
		for _, r := range outline {
			eachPixel(r, func(x, y int) {
				if !painted[y*bounds.Dx()+x] {
					t.Fatalf("%d,%d is not covered", x, y)
				}
			})
		}
	}
}

func eachPixel(r image.Rectangle, f func(x, y int)) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			f(x, y)
		}
	}
}

func TestCoarseKeepsFew(t *testing.T) {
	t.Parallel()
	bounds := image.Rect(0, 0, 640, 480)
	var outline []image.Rectangle
	for i := range fewRects {
		outline = append(outline, image.Rect(3*i, 5, 3*i+1, 6))
	}
	if got := coarse(nil, outline, bounds); !slices.Equal(got, outline) {
		t.Errorf("%d rectangles became %v", len(outline), got)
	}
	outline = append(outline, image.Rect(3*fewRects, 5, 3*fewRects+1, 6))
	if got := coarse(nil, outline, bounds); !slices.Equal(got, []image.Rectangle{image.Rect(0, 0, 2*cell, cell)}) {
		t.Errorf("%d rectangles became %v", len(outline), got)
	}
}

// TestRunLimit: as many runs as may be stay, with one more each row has one.
func TestRunLimit(t *testing.T) {
	t.Parallel()
	bounds := image.Rect(0, 0, 65*cell, 33*cell)
	var outline []image.Rectangle
	for i := range maxRuns + 1 {
		at := image.Pt(i/32%33*2*cell, i%32*cell)
		if i == maxRuns {
			at = image.Pt(0, 32*cell)
		}
		outline = append(outline, image.Rectangle{at, at.Add(image.Pt(1, 1))})
	}
	if got := coarse(nil, outline[:maxRuns], bounds); len(got) != maxRuns {
		t.Errorf("%d runs became %d", maxRuns, len(got))
	}
	if got := coarse(nil, outline, bounds); len(got) != 33 {
		t.Errorf("%d runs became %d", maxRuns+1, len(got))
	}
}
