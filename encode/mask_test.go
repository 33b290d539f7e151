package encode

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// A mask hides what is under it at every time, and a change under it makes no
// traffic: not a byte depends on the secret.
func TestMaskedPixelsNeverDecode(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	mask := image.Rect(50, 30, 170, 100)
	run := func(secret uint64) (chunks [][]byte) {
		rnd, hidden := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, secret))
		s, c := newScreen(t, 256, 128, mask), NewCanvas()
		v := newViewer(t, c)
		for range rounds(100) {
			s.scribble(rnd)
			s.fill(mask, noise(hidden))
			s.show(c)
			for v.next() {
				for _, u := range v.updates {
					chunks = append(chunks, slices.Clone(u.Tiles))
				}
			}
			v.sees(s)
			flat(t, v.decoder.Picture(), mask)
		}
		return chunks
	}
	if a, b := run(10), run(11); !slices.EqualFunc(a, b, slices.Equal[[]byte]) {
		t.Fatalf("the secret shows in the bytes; seed %#x", seed)
	}
}

// flat checks that all of r has one colour.
func flat(tb testing.TB, img *image.RGBA, r image.Rectangle) {
	tb.Helper()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if img.RGBAAt(x, y) != img.RGBAAt(r.Min.X, r.Min.Y) {
				tb.Fatalf("the mask is not flat at %d,%d", x, y)
			}
		}
	}
}
