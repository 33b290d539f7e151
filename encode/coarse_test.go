package encode

import (
	"image"
	"testing"
	"testing/synctest"
	"time"
)

// On a slow link tiles come with fewer shades first, near to what they are of
// and much shorter, and exactly when they have been quiet.
func TestCoarseTilesAreRefined(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 500, 400), NewCanvas()
		s.fill(s.bounds(), letters(0x203040, 0xf0f0e0, true))
		s.show(c)
		exact, v := newViewer(t, c), newViewer(t, c)
		v.stream.Tune(Tuning{Quality: quality, Coarse: true})
		exact.catchUp()
		v.next()
		if v.size > exact.size*2/3 {
			t.Errorf("%d bytes, exactly %d", v.size, exact.size)
		}
		got, want := v.decoder.Picture().Pix, rgba(s.released).Pix
		for i, p := range got {
			if d := int(p) - int(want[i]); d > 5 || d < -5 {
				t.Fatalf("byte %d is off by %d", i, d)
			}
		}
		v.settle()
		v.sees(s)
		v.stream.Tune(Tuning{Quality: quality})
		s.fill(image.Rect(10, 10, 200, 90), waves(2))
		s.show(c)
		v.next()
		v.sees(s)
		v.stream.Close()
	})
}

// What is of one colour stays so, and what has few anyway comes exactly at
// once, with nothing to be refined.
func TestCoarseTilesOfFlatColours(t *testing.T) {
	t.Parallel()
	var few coarsener
	for p := range uint32(256) {
		px, _ := few.coarsen([]uint32{p * 0x010101, p << 16, p * 0x010101}, 3)
		if px[0] != px[2] || px[0]>>16 != px[0]&0xff || px[0]>>16 != px[1]>>16 || px[1]&0xffff != 0 {
			t.Errorf("%d becomes %06x", p, px)
		}
	}
	s, c := newScreen(t, 200, 100), NewCanvas()
	s.fill(s.bounds(), func(x, y int) uint32 { return uint32((x/3 ^ y/5) & 1 * 0xffffff) })
	s.show(c)
	v := newViewer(t, c)
	v.stream.Tune(Tuning{Coarse: true})
	v.catchUp()
	v.sees(s)
	if v.stream.losses.any() {
		t.Error("black and white are taken for lossy")
	}
}

// Where tiles are coarse, portions are small.
func TestCoarsePortions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 640, 480), NewCanvas()
		s.fill(s.bounds(), letters(0x203040, 0xf0f0e0, true))
		s.show(c)
		v := newViewer(t, c)
		v.stream.Tune(Tuning{Coarse: true})
		v.catchUp()
		for n := range 5 {
			time.Sleep(quiet + 1)
			v.next()
			if got := int(v.updates[0].Inflated); got == 0 || got > slowPortion+worst(c.grid.cell(0)) {
				t.Errorf("portion %d of %d bytes", n, got)
			}
		}
		v.stream.Close()
	})
}
