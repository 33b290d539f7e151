package capture

import (
	"encoding/binary"
	"errors"
	"image"
	"math"
	"testing"

	"telestrator/x11"
)

// The formats that screens have. Blue is in the low bits of all but the last.
var (
	depth24  = x11.Format{Bits: 32, Pad: 32, Red: 0xff0000, Green: 0xff00, Blue: 0xff}
	depth16  = x11.Format{Bits: 16, Pad: 32, Red: 0xf800, Green: 0x07e0, Blue: 0x1f}
	depth15  = x11.Format{Bits: 16, Pad: 32, Red: 0x7c00, Green: 0x03e0, Blue: 0x1f}
	depth30  = x11.Format{Bits: 32, Pad: 32, Red: 0x3ff00000, Green: 0xffc00, Blue: 0x3ff}
	reversed = x11.Format{Bits: 32, Pad: 32, Red: 0xff, Green: 0xff00, Blue: 0xff0000}
)

func TestConverterRefuses(t *testing.T) {
	t.Parallel()
	msb := depth24
	msb.MSBFirst = true
	wide := x11.Format{Bits: 32, Pad: 32, Red: 0x1fff << 13, Green: 0x1fff, Blue: 1 << 30}
	for name, f := range map[string]x11.Format{
		"most significant byte first": msb,
		"palette":                     {Bits: 8, Pad: 32},
		"palette of 32 bits":          {Bits: 32, Pad: 32},
		"three bytes":                 {Bits: 24, Pad: 32, Red: 0xff0000, Green: 0xff00, Blue: 0xff},
		"13 bits per colour":          wide,
	} {
		if _, err := newConverter(f); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConverterRounds compares every level of every channel with arithmetic.
func TestConverterRounds(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]x11.Format{"16": depth16, "15": depth15, "30": depth30, "24": depth24, "reversed": reversed} {
		c, err := newConverter(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if c.direct != (name == "24") {
			t.Errorf("%s: direct is %v", name, c.direct)
		}
		for i, ch := range []channel{c.blue, c.green, c.red} {
			for v := range ch.mask + 1 {
				var stored [4]byte
				binary.LittleEndian.PutUint32(stored[:], v<<ch.shift)
				out := picture{make([]byte, 4), 4}
				c.rows(out, image.Rect(0, 0, 1, 1), stored[:c.bytes], c.bytes)
				want := byte(math.Round(float64(v) * 255 / float64(ch.mask)))
				if out.pix[i] != want {
					t.Fatalf("%s: level %d of channel %d became %d, want %d", name, v, i, out.pix[i], want)
				}
			}
		}
	}
}

// TestConverterPlaces checks where converted rows go, with padded rows.
func TestConverterPlaces(t *testing.T) {
	t.Parallel()
	c, err := newConverter(depth16)
	if err != nil {
		t.Fatal(err)
	}
	stride := depth16.Stride(3)
	if stride != 8 {
		t.Fatalf("3 pixels of 16 bits padded to 32 take %d bytes", stride)
	}
	src := make([]byte, 2*stride)
	for i := range src {
		src[i] = 0xff // padding too
	}
	dst := newPicture(image.Pt(5, 4))
	r := image.Rect(1, 1, 4, 3)
	c.rows(dst, r, src, stride)
	for y := range 4 {
		for x := range 5 {
			white := dst.pix[y*dst.stride+x*4] == 255
			if white != image.Pt(x, y).In(r) {
				t.Errorf("pixel %d,%d: %v", x, y, dst.pix[y*dst.stride+x*4:][:4])
			}
		}
	}
}

func TestSameColours(t *testing.T) {
	t.Parallel()
	c, err := newConverter(depth24)
	if err != nil {
		t.Fatal(err)
	}
	a, b := []byte{1, 2, 3, 0, 4, 5, 6, 0}, []byte{1, 2, 3, 77, 4, 5, 6, 99}
	if !c.sameColours(a, b) {
		t.Error("bits that are no colours were compared")
	}
	b[6]++
	if c.sameColours(a, b) || c.sameColours(a, a[:4]) {
		t.Error("a difference was missed")
	}
}

// TestPixelIsStored: a colour that is stored and converted is the nearest there is.
func TestPixelIsStored(t *testing.T) {
	t.Parallel()
	for _, format := range []x11.Format{depth16, depth24, depth30} {
		c, err := newConverter(format)
		if err != nil {
			t.Fatal(err)
		}
		for level := range 256 {
			got := c.red.of(c.pixel(byte(level), 9, 9))
			if off := int(got) - level; off < -4 || off > 4 || format != depth16 && off != 0 {
				t.Errorf("%d of %d bits became %d", level, format.Bits, got)
			}
		}
	}
}
