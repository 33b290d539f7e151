package encode

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// hardPixels is noise of one kind: any bytes, the least and the most, one colour
// with little or much of it, hard edges.
func hardPixels(rnd *rand.Rand, pix []byte) {
	base, reach := rnd.Uint32(), rnd.IntN(256)
	kind := rnd.IntN(4)
	for i := range pix {
		switch kind {
		case 0:
			pix[i] = byte(rnd.Uint32())
		case 1:
			pix[i] = byte(-(rnd.Uint32() & 1))
		case 2:
			pix[i] = byte(min(max(int(byte(base>>(8*(i&3))))+rnd.IntN(reach+1)-reach/2, 0), 255))
		default:
			pix[i] = byte(-(base >> (i / 4 % 5 * 4 & 31) & 1))
		}
	}
}

// onlyOneWay skips a test that needs a processor with both ways, as CI must have.
func onlyOneWay(t *testing.T) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("no AVX2 here, and CI must have it")
	}
	t.Skip("no AVX2 here")
}

// A unit becomes the same coefficients in both ways, whatever its pixels.
func TestUnitInBothWays(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	var wide jpegWriter
	plain := jpegWriter{plain: true}
	if !wide.transformWide(raster{wide.edge[:], 4 * unit}, templateOf(quality)) {
		onlyOneWay(t)
	}
	for range rounds(2000) {
		px := raster{nil, 4*unit + rnd.IntN(100)}
		px.pix = make([]byte, (unit-1)*px.stride+4*unit)
		hardPixels(rnd, px.pix)
		f := templateOf(nearQuality(rnd.IntN(101)))
		wide.transform(px, f)
		plain.transform(px, f)
		for i := range wide.blocks {
			if wide.blocks[i] != plain.blocks[i] {
				t.Fatalf("blocks %d of %v:\n%+v\n%+v in the plain way", i, px.pix, wide.blocks[i], plain.blocks[i])
			}
		}
	}
}

// A unit of one colour has the same samples in both ways, for every colour that
// is as red, green and blue as these; and those are right.
func TestColoursInBothWays(t *testing.T) {
	t.Parallel()
	levels := []byte{0, 1, 2, 63, 64, 127, 128, 129, 191, 200, 253, 254, 255}
	wide, plain := jpegWriter{}, jpegWriter{plain: true}
	f := templateOf(mostQuality)
	px := raster{make([]byte, 4*unit*unit), 4 * unit}
	for _, red := range levels {
		for _, green := range levels {
			for _, blue := range levels {
				copy(px.pix, bytes.Repeat([]byte{blue, green, red, red ^ blue}, unit*unit))
				wide.transform(px, f)
				plain.transform(px, f)
				if wide.blocks != plain.blocks {
					t.Fatalf("red %d, green %d, blue %d: the ways differ", red, green, blue)
				}
				r, g, b := float64(red), float64(green), float64(blue)
				means := [3]float64{0.299*r + 0.587*g + 0.114*b, 0, 128 - 0.168736*r - 0.331264*g + 0.5*b}
				means[1] = means[0]
				for i, mean := range means {
					got := float64(int32(wide.blocks[i].pairs[0])) / (block * block)
					if math.Abs(got+128-mean) > 0.51 {
						t.Fatalf("red %d, green %d, blue %d: sample %d is %.2f, want %.2f", red, green, blue, i, got+128, mean)
					}
				}
			}
		}
	}
}
