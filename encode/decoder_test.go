package encode

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"testing"

	"telestrator/protocol"
)

// script writes updates by hand, in order and each a moment of its own, with
// whatever content a test wants.
type script struct {
	tb      testing.TB
	deflate deflater
	number  uint32
}

// update returns the next update with these tiles.
func (s *script) update(tiles ...[]byte) *protocol.Update {
	s.tb.Helper()
	s.number++
	u := &protocol.Update{Number: s.number, Moment: s.number, Last: true}
	if data := slices.Concat(tiles...); len(data) > 0 {
		if s.deflate.flate == nil {
			s.restart()
		}
		chunk, err := s.deflate.chunk(data)
		if err != nil {
			s.tb.Fatal(err)
		}
		u.Tiles, u.Inflated = bytes.Clone(chunk), uint32(len(data))
	}
	return u
}

// reset returns the next update with a reset to w x h.
func (s *script) reset(w, h uint32, tiles ...[]byte) *protocol.Update {
	s.tb.Helper()
	s.restart()
	u := s.update(tiles...)
	u.Reset = whole(1, w, h)
	return u
}

// whole returns the reset to a picture of all of a screen.
func whole(generation, w, h uint32, monitors ...uint32) []uint32 {
	return append([]uint32{generation, w, h, 0, 0, w, h}, monitors...)
}

func (s *script) restart() {
	if err := s.deflate.reset(); err != nil {
		s.tb.Fatal(err)
	}
}

// tile is a tile of one colour.
func tile(x, y, w, h int, p uint32) []byte {
	px := make([]uint32, w*h)
	for i := range px {
		px[i] = p
	}
	return appendTile(nil, image.Rect(x, y, x+w, y+h), px)
}

// decode applies updates that must be good.
func decode(tb testing.TB, d *Decoder, updates ...*protocol.Update) {
	tb.Helper()
	for _, u := range updates {
		if err := d.Decode(u); err != nil {
			tb.Fatal(err)
		}
	}
}

// pixels returns a row of what is shown.
func pixels(d *Decoder, y, x0, x1 int) (row []uint32) {
	img := d.Picture()
	for x := x0; x < x1; x++ {
		c := img.RGBAAt(x, y)
		row = append(row, uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B))
	}
	return row
}

func TestDecoderBeforeTheFirstUpdate(t *testing.T) {
	t.Parallel()
	d := NewDecoder()
	if !d.Picture().Rect.Empty() || !d.Lossy().Rect.Empty() || d.Geometry().Generation != 0 {
		t.Fatal("something is shown before the first update")
	}
}

// What a moment paints is shown when it ends, not before.
func TestMomentsAreShownWhole(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	one := s.reset(70, 10, tile(0, 0, 10, 10, 1))
	two := s.update(tile(64, 0, 6, 10, 2))
	one.Last, two.Moment = false, 1
	decode(t, d, one)
	if !d.Picture().Rect.Empty() {
		t.Fatal("half of the first moment is shown")
	}
	decode(t, d, two)
	if got := pixels(d, 9, 0, 70); got[9] != 1 || got[10] != 0 || got[64] != 2 {
		t.Fatalf("shown %x", got)
	}
	three, four := s.update(tile(0, 0, 1, 1, 3)), s.update(tile(64, 0, 1, 1, 4))
	three.Moment, four.Moment, three.Last = 2, 2, false
	decode(t, d, three)
	if got := pixels(d, 0, 0, 1); got[0] != 1 {
		t.Fatal("half of a moment is shown")
	}
	decode(t, d, four)
	if got := pixels(d, 0, 0, 70); got[0] != 3 || got[64] != 4 {
		t.Fatalf("shown %x", got)
	}
}

func TestResetIsShownWhole(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	decode(t, d, s.reset(20, 10, tile(0, 0, 20, 10, 5)))
	u := s.reset(30, 5)
	u.Last, u.Reset = false, whole(9, 30, 5, 10, 0, 20, 5)
	decode(t, d, u)
	if d.Picture().Rect != image.Rect(0, 0, 20, 10) || d.Geometry().Generation != 1 {
		t.Fatal("half of a reset is shown")
	}
	end := s.update()
	end.Moment = 2
	decode(t, d, end)
	if d.Picture().Rect != image.Rect(0, 0, 30, 5) || pixels(d, 0, 0, 1)[0] != 0 {
		t.Fatal("not a black picture of the new size")
	}
	if g := d.Geometry(); g.Generation != 9 || len(g.Monitors) != 1 || g.Monitors[0] != image.Rect(10, 0, 30, 5) {
		t.Fatalf("geometry %v", g)
	}
}

// All copies read the picture before the moment: two of them swap.
func TestCopies(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	decode(t, d, s.reset(200, 4, tile(0, 0, 2, 4, 1), tile(2, 0, 2, 4, 2), tile(128, 0, 2, 4, 3)))
	swap := s.update(tile(4, 0, 1, 1, 9))
	swap.Copies = []uint32{
		0, 0, 2, 0, 2, 4,
		2, 0, 0, 0, 2, 4,
		128, 0, 129, 0, 2, 4, // overlapping itself
	}
	decode(t, d, swap)
	if got, want := pixels(d, 3, 0, 5), []uint32{2, 2, 1, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("shown %x, want %x", got, want)
	}
	if got, want := pixels(d, 0, 127, 132), []uint32{0, 3, 3, 3, 0}; !slices.Equal(got, want) {
		t.Errorf("shown %x, want %x", got, want)
	}
	if got := pixels(d, 0, 4, 5); got[0] != 9 {
		t.Error("tiles do not come after copies")
	}
}

// In a reset's moment the picture before is the new black one.
func TestCopiesWithReset(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	decode(t, d, s.reset(10, 10, tile(0, 0, 10, 10, 7)))
	u := s.reset(10, 10, tile(0, 0, 1, 1, 8))
	u.Copies = []uint32{0, 0, 5, 5, 5, 5}
	decode(t, d, u)
	if got := pixels(d, 5, 0, 6); got[0] != 0 || got[5] != 0 {
		t.Fatalf("shown %x", got)
	}
}

// encoded is a JPEG of one colour.
func encoded(tb testing.TB, w, h int, c color.Color) []byte {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// JPEG rectangles are painted last, and lossy; tiles are exact; a copy is what
// its source was.
func TestJPEGsAndLossyPixels(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	decode(t, d, s.reset(200, 100))
	u := s.update(tile(60, 60, 4, 4, 0xff))
	u.JPEGs = []protocol.JPEG{{X: 50, Y: 40, W: 90, H: 37, Data: encoded(t, 90, 37, color.RGBA{200, 100, 50, 255})}}
	decode(t, d, u)
	got := d.Picture().RGBAAt(61, 61)
	if diff := int(got.R) - 200; diff < -4 || diff > 4 || got.A != 255 {
		t.Fatalf("painted %v", got)
	}
	checkLossy(t, d, image.Rect(50, 40, 140, 77))
	u = s.update(tile(64, 64, 64, 36, 0xabcdef))
	u.Copies = []uint32{140, 30, 40, 30, 60, 70, 50, 40, 110, 0, 90, 20}
	decode(t, d, u)
	checkLossy(t, d, image.Rect(100, 40, 140, 64), image.Rect(128, 64, 140, 77), image.Rect(110, 0, 200, 20))
}

// checkLossy checks that the lossy pixels are those of the rectangles.
func checkLossy(tb testing.TB, d *Decoder, rects ...image.Rectangle) {
	tb.Helper()
	img := d.Lossy()
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			want := slices.ContainsFunc(rects, func(r image.Rectangle) bool { return image.Pt(x, y).In(r) })
			if (img.AlphaAt(x, y).A == 255) != want {
				tb.Fatalf("lossy at %d,%d: %v, want %v", x, y, !want, want)
			}
		}
	}
}
