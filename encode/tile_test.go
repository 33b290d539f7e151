package encode

import (
	"bytes"
	"encoding/hex"
	"errors"
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"telestrator/fuzz/bound"
)

// golden reads testdata/tile.txt: the bytes in its first column, the meaning
// behind them.
func golden(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/tile.txt")
	if err != nil {
		t.Fatal(err)
	}
	var data []byte
	for line := range strings.Lines(string(text)) {
		code, _, _ := strings.Cut(line, "|")
		code, _, _ = strings.Cut(code, "#")
		b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		data = append(data, b...)
	}
	return data
}

// goldenPixels is what the file says it means: 6 x 4 pixels.
var goldenPixels = []uint32{
	0xffffff, 0xffffff, 0xffffff, 0x102030, 0x142838, 0xffffff,
	0xffffff, 0xffffff, 0xffffff, 0x102030, 0x142838, 0xffffff,
	0x000000, 0xffff00, 0xffffff, 0x102030, 0x142838, 0x142838,
	0x142838, 0x142838, 0x142838, 0x142838, 0x142838, 0x02fb3d,
}

func TestGoldenTile(t *testing.T) {
	t.Parallel()
	area := image.Rect(64, 0, 70, 4)
	want := golden(t)
	if got := appendTile(nil, area, goldenPixels); !bytes.Equal(got, want) {
		t.Errorf("encoded % x\nwant    % x", got, want)
	}
	read, codes, err := cutTile(want, newGrid(image.Pt(128, 64)))
	if err != nil || read != area {
		t.Fatalf("header %v, %v", read, err)
	}
	px := make([]uint32, len(goldenPixels))
	if rest, err := decodeCodes(px, 6, codes); err != nil || len(rest) > 0 {
		t.Fatalf("%d bytes left, %v", len(rest), err)
	}
	if !slices.Equal(px, goldenPixels) {
		t.Errorf("decoded %06x\nwant    %06x", px, goldenPixels)
	}
}

// The example of SPEC.md 7.4. Our encoder finds a shorter code for its red.
func TestTileOfTheSpecification(t *testing.T) {
	t.Parallel()
	want := []uint32{0xffffff, 0xffffff, 0xffffff, 0xff0000, 0xffffff, 0xffffff, 0xffffff, 0xff0000}
	px := make([]uint32, 8)
	rest, err := decodeCodes(px, 4, []byte{0x55, 0xc1, 0xfe, 0xff, 0x00, 0x00, 0xe3})
	if err != nil || len(rest) > 0 || !slices.Equal(px, want) {
		t.Errorf("%06x, %d left, %v", px, len(rest), err)
	}
}

// patterns are pixels of the kinds that screens show, and of none.
var patterns = map[string]func(rnd *rand.Rand, i, w int) uint32{
	"black":  func(*rand.Rand, int, int) uint32 { return 0 },
	"solid":  func(*rand.Rand, int, int) uint32 { return 0xc0ffee },
	"noise":  func(rnd *rand.Rand, _, _ int) uint32 { return rnd.Uint32() & 0xffffff },
	"few":    func(rnd *rand.Rand, _, _ int) uint32 { return rnd.Uint32N(3) * 0x7f0155 & 0xffffff },
	"rows":   func(_ *rand.Rand, i, w int) uint32 { return uint32(i%w) * 0x30507 & 0xffffff },
	"slope":  func(_ *rand.Rand, i, _ int) uint32 { return uint32(i) * 0x010101 & 0xffffff },
	"hue":    func(rnd *rand.Rand, i, _ int) uint32 { return uint32(i)*0x030201&0xffffff ^ rnd.Uint32N(4) },
	"sparse": func(rnd *rand.Rand, _, _ int) uint32 { return rnd.Uint32() >> 8 * (rnd.Uint32N(20) / 19) },
}

func TestTilesOfAnySize(t *testing.T) {
	t.Parallel()
	for name, pattern := range patterns {
		t.Run(name, func(t *testing.T) {
			rnd := seeded(t)
			for range rounds(400) {
				w, h := 1+rnd.IntN(side), 1+rnd.IntN(side)
				px := make([]uint32, w*h)
				for i := range px {
					px[i] = pattern(rnd, i, w)
				}
				checkCodes(t, px, w)
			}
		})
	}
}

// checkCodes checks that px comes back out of its codes, that they are not
// longer than promised, and that no shorter beginning of them is taken.
func checkCodes(t *testing.T, px []uint32, w int) {
	t.Helper()
	area := image.Rect(0, 0, w, len(px)/w)
	codes := appendCodes(nil, px, w)
	if len(codes)+header > worst(area) {
		t.Fatalf("%d bytes for %v", len(codes), area)
	}
	got := make([]uint32, len(px))
	rest, err := decodeCodes(got, w, append(slices.Clone(codes), 0xaa))
	if err != nil || len(rest) != 1 {
		t.Fatalf("%d bytes left, %v", len(rest), err)
	}
	if !slices.Equal(got, px) {
		t.Fatal("other pixels came back")
	}
	for n := max(0, len(codes)-8); n < len(codes); n++ {
		if _, err := decodeCodes(got, w, codes[:n]); !errors.Is(err, errCut) {
			t.Fatalf("%d of %d bytes: %v", n, len(codes), err)
		}
	}
}

func TestCodesRefused(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		codes []byte // of 4 x 4 pixels
		want  error
	}{
		{"nothing", nil, errCut},
		{"too few", []byte{0xce}, errCut},
		{"luma without its second byte", []byte{0xce, 0x80}, errCut},
		{"literal without blue", []byte{0xce, 0xfe, 1, 2}, errCut},
		{"run one too long", []byte{0xd0}, errLong},
		{"row above one too long", []byte{0xc3, 0xec}, errLong},
		{"row above in the first row", []byte{0xc2, 0xe0}, errTop},
		{"row above at once", []byte{0xe0}, errTop},
		{"ff", []byte{0xff}, errNoCode},
	}
	for _, c := range cases {
		if _, err := decodeCodes(make([]uint32, 16), 4, c.codes); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	for name, codes := range map[string][]byte{
		"run as long as it may be":       {0xcf},
		"row above as long as it may be": {0xc3, 0xeb},
	} {
		if rest, err := decodeCodes(make([]uint32, 16), 4, codes); err != nil || len(rest) > 0 {
			t.Errorf("%s: %d left, %v", name, len(rest), err)
		}
	}
}

func TestTileHeaders(t *testing.T) {
	t.Parallel()
	g := newGrid(image.Pt(200, 100)) // 4 x 2 cells, the last ones 8 x 36
	cases := []struct {
		head string // x, y, width, height
		ok   bool
	}{
		{"0000 0000 0040 0040", true},
		{"00c0 0040 0008 0024", true}, // the whole last cell
		{"00c7 0063 0001 0001", true},
		{"0000 0000 0041 0001", false}, // into the next cell
		{"003f 0000 0002 0001", false},
		{"0000 003f 0001 0002", false},
		{"00c0 0040 0009 0001", false}, // out of the picture
		{"00c0 0040 0001 0025", false},
		{"00c8 0000 0001 0001", false},
		{"0000 0064 0001 0001", false},
		{"ffff ffff ffff ffff", false},
		{"0000 0000 0000 0001", false}, // of nothing
		{"0000 0000 0001 0000", false},
		{"0000 0000 0001 00", false}, // cut
	}
	for _, c := range cases {
		head, err := hex.DecodeString(strings.ReplaceAll(c.head, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := cutTile(head, g); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.head, err)
		}
	}
}

// FuzzTile reads any bytes as the tiles of an update. What decodes is the same
// after encoding it again.
func FuzzTile(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 4, 0, 2, 0x55, 0xc1, 0xfe, 0xff, 0, 0, 0xe3})
	f.Add([]byte{0, 64, 0, 64, 0, 64, 0, 2, 0xdf, 0xdf, 0xfd, 0x01, 0xdf, 0xe0})
	f.Add([]byte{0, 1, 0, 1, 0, 1, 0, 1, 0x80, 0x88, 0, 1, 0, 1, 0, 1, 0, 1, 0x3f})
	f.Fuzz(func(t *testing.T, data []byte) {
		bound.Check(t, func() {
			data := data
			d := NewDecoder()
			d.resize(image.Pt(150, 100))
			if d.tiles(data) != nil {
				return
			}
			for len(data) > 0 {
				area, codes, err := cutTile(data, d.work.grid)
				if err != nil {
					t.Fatal(err)
				}
				px := make([]uint32, area.Dx()*area.Dy())
				if data, err = decodeCodes(px, area.Dx(), codes); err != nil {
					t.Fatal(err)
				}
				checkCodes(t, px, area.Dx())
			}
		})
	})
}
