package ink

import (
	"image"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/vector"
)

// TestStraightLines are as wide as they should be, to the pixel, and as long.
func TestStraightLines(t *testing.T) {
	t.Parallel()
	for width := 1; width <= 64; width++ {
		before, after := width/2, width-width/2 // pixels before the point, and from it on
		for _, c := range []struct{ from, to image.Point }{
			{image.Pt(100, 150), image.Pt(200, 150)}, {image.Pt(150, 200), image.Pt(150, 100)},
			{image.Pt(150, 150), image.Pt(150, 150)},
		} {
			all := image.Rectangle{c.from, c.to}.Canon()
			want := image.Rect(all.Min.X-before, all.Min.Y-before, all.Max.X+after, all.Max.Y+after)
			if got := extent(drawn(page, width, c.from, c.to)); got != want {
				t.Errorf("%v to %v, width %d: %v, want %v", c.from, c.to, width, got, want)
			}
		}
		if got, want := extent(drawn(page, width, image.Pt(9, 150))), image.Rect(max(9-before, 0), 150-before, 9+after, 150+after); got != want {
			t.Errorf("a dot of width %d: %v, want %v", width, got, want)
		}
	}
}

// TestDotsAreRound compares the area with that of a circle.
func TestDotsAreRound(t *testing.T) {
	t.Parallel()
	for width := 4; width <= 64; width++ {
		n := len(rasterOf(page, drawn(page, width, image.Pt(150, 150))).all())
		circle := math.Pi * float64(width*width) / 4
		if off := math.Abs(float64(n) - circle); off > 0.75*float64(width) {
			t.Errorf("a dot of width %d has %d pixels, a circle %.0f", width, n, circle)
		}
	}
}

// TestLinesAgainstVector compares lines in any direction with the rasteriser of
// x/image: what it covers by clearly more than half is covered, what it covers
// by clearly less is not.
func TestLinesAgainstVector(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		from, to := image.Pt(50+rnd.IntN(200), 50+rnd.IntN(200)), image.Pt(50+rnd.IntN(200), 50+rnd.IntN(200))
		width := 1 + rnd.IntN(64)
		got, cover := rasterOf(page, drawn(page, width, from, to)), coverage(from, to, width)
		for y := range page.Dy() {
			for x := range page.Dx() {
				if c := cover.AlphaAt(x, y).A; c > 144 && !got.on(x, y) || c < 112 && got.on(x, y) {
					t.Fatalf("seed %d: %v to %v, width %d: pixel %d,%d is covered by %d/255, drawn %t", seed, from, to, width, x, y, c, got.on(x, y))
				}
			}
		}
	}
}

// coverage draws a line with round ends as a polygon. The rasteriser is as large
// as it has to be to count in floating point.
func coverage(from, to image.Point, width int) *image.Alpha {
	z, middle, radius := vector.NewRasterizer(520, 520), float64(width%2)/2, float64(width)/2
	z.DrawOp = draw.Src
	along := math.Atan2(float64(to.Y-from.Y), float64(to.X-from.X))
	for i := range 256 {
		end, turn := to, along-math.Pi/2+math.Pi*float64(i%128)/127
		if i >= 128 {
			end, turn = from, turn+math.Pi
		}
		x, y := float64(end.X)+middle+radius*math.Cos(turn), float64(end.Y)+middle+radius*math.Sin(turn)
		if i == 0 {
			z.MoveTo(float32(x), float32(y))
		}
		z.LineTo(float32(x), float32(y))
	}
	z.ClosePath()
	all := image.NewAlpha(page)
	z.Draw(all, page, image.Opaque, image.Point{})
	return all
}
