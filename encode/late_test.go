package encode

import (
	"image"
	"math/rand/v2"
	"testing"

	"telestrator/protocol"
)

// A decoder that postpones JPEGs shows what another one shows, whatever paints
// over them or copies from them meanwhile.
func TestPostponedJPEGs(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		at, late := NewDecoder(), NewDecoder()
		late.Postpone(func(area image.Rectangle) bool { return area.Overlaps(image.Rect(0, 0, 20, 20)) })
		var numbers order
		var deflate deflater
		if err := deflate.reset(); err != nil {
			t.Fatal(err)
		}
		for n := range uint32(30) {
			u := randomUpdate(t, random, &deflate, numbers.number+1, n == 0)
			numbers.number++
			for _, d := range []*Decoder{at, late} {
				if err := d.Decode(&u); err != nil {
					t.Fatal(err)
				}
			}
			if n%7 == 6 && string(late.Picture().Pix) != string(at.Picture().Pix) {
				t.Fatalf("seed %d: another picture after update %d", seed, n+1)
			}
		}
		if string(late.Lossy().Pix) != string(at.Lossy().Pix) || string(late.Picture().Pix) != string(at.Picture().Pix) || len(late.late) > 0 {
			t.Fatalf("seed %d: not the same at the end", seed)
		}
	}
}

// randomUpdate has a JPEG, a tile and a copy at random places of a small picture.
func randomUpdate(t *testing.T, random *rand.Rand, deflate *deflater, number uint32, reset bool) protocol.Update {
	t.Helper()
	const width, height = 200, 150
	u := protocol.Update{Number: number, Moment: number, Last: true}
	if reset {
		u.Reset = []uint32{1, width, height, 0, 0, width, height}
		return u
	}
	noise := raster{make([]byte, 4*width*height), 4 * width}
	for i := range noise.pix {
		noise.pix[i] = byte(random.IntN(256))
	}
	area := someplace(random, width, height, width)
	data, _ := new(jpegWriter).append(nil, noise, area, 80, maxCode)
	u.JPEGs = []protocol.JPEG{{X: uint16(area.Min.X), Y: uint16(area.Min.Y), W: uint16(area.Dx()), H: uint16(area.Dy()), Data: data}}
	from := someplace(random, width/2, height/2, width)
	u.Copies = []uint32{uint32(from.Min.X), uint32(from.Min.Y), uint32(random.IntN(width / 2)), uint32(random.IntN(height / 2)),
		uint32(from.Dx()), uint32(from.Dy())}
	cell := someplace(random, side, side, side)
	code := appendTile(nil, cell, noise.gather(make([]uint32, cell.Dx()*cell.Dy()), cell))
	deflate.recycle()
	chunk, err := deflate.chunk(code)
	if err != nil {
		t.Fatal(err)
	}
	u.Inflated, u.Tiles = uint32(len(code)), append([]byte(nil), chunk...)
	return u
}

// someplace is a random rectangle.
func someplace(random *rand.Rand, width, height, most int) image.Rectangle {
	x, y := random.IntN(width-1), random.IntN(height-1)
	return image.Rect(x, y, x+1+random.IntN(min(most, width-x)), y+1+random.IntN(min(most, height-y))).Intersect(image.Rect(0, 0, width, height))
}

// More postponed JPEGs than a decoder keeps are decoded, the oldest first.
func TestPostponedJPEGsAreBounded(t *testing.T) {
	d := NewDecoder()
	d.Postpone(func(image.Rectangle) bool { return false })
	d.resize(image.Pt(maxLate+1, 8))
	d.shown.resize(image.Pt(maxLate+1, 8))
	noise := raster{make([]byte, 4*8*8), 4 * 8}
	data, _ := new(jpegWriter).append(nil, noise, image.Rect(0, 0, 1, 8), 80, maxCode)
	for x := range maxLate + 1 {
		if err := d.jpeg(image.Rect(x, 0, x+1, 8), data); err != nil {
			t.Fatal(err)
		}
		if want := min(x+1, maxLate); len(d.late) != want {
			t.Fatalf("%d kept of %d, want %d", len(d.late), x+1, want)
		}
	}
	if d.late[0].area.Min.X != 1 || d.work.px[0]&lossy == 0 {
		t.Error("not the oldest one was decoded")
	}
}
