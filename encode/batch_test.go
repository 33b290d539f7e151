package encode

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"telestrator/protocol"
)

// add is room and encode in one.
func (b *batch) add(px []uint32, area image.Rectangle) bool {
	if !b.room(area) {
		return false
	}
	b.encode(px, area)
	return true
}

// An update ends at the limit of rectangles, not before and not after.
func TestBatchOfMostRects(t *testing.T) {
	t.Parallel()
	var b batch
	for range protocol.MaxRects {
		b.add([]uint32{0}, image.Rect(0, 0, 1, 1))
	}
	if len(b.cuts) != 0 {
		t.Fatalf("cut at %d rectangles", protocol.MaxRects)
	}
	b.add([]uint32{0}, image.Rect(0, 0, 1, 1))
	b.finish(false)
	const tile = header + 1
	if want := []cut{{protocol.MaxRects * tile, 0}, {(protocol.MaxRects + 1) * tile, 0}}; !slices.Equal(b.cuts, want) {
		t.Fatalf("cuts %v, want %v", b.cuts, want)
	}
	d := NewDecoder()
	d.resize(image.Pt(1, 1))
	if err := d.tiles(b.code[:b.cuts[0].code]); err != nil {
		t.Errorf("%d rectangles: %v", protocol.MaxRects, err)
	}
	if err := d.tiles(b.code); err != errTiles {
		t.Errorf("%d rectangles: %v", protocol.MaxRects+1, err)
	}
}

// Tiles that cannot be shortened: an update stays within maxCode, a moment
// within maxMoment, and both come close.
func TestBatchOfMostBytes(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	px := make([]uint32, side*side)
	for i := range px {
		px[i] = rnd.Uint32() & 0xffffff
	}
	var b batch
	area := image.Rect(0, 0, side, side)
	for b.add(px, area) {
	}
	b.finish(false)
	if n := len(b.code); n > maxMoment || n+worst(area) <= maxMoment {
		t.Errorf("a moment of %d bytes", n)
	}
	from := 0
	for i, to := range b.cuts {
		if n := to.code - from; n > maxCode || i < len(b.cuts)-1 && n+worst(area) <= maxCode {
			t.Errorf("update %d of %d bytes", i, n)
		}
		from = to.code
	}
}

// Whatever is in a batch, the update it makes fits.
func TestLargestUpdateFits(t *testing.T) {
	t.Parallel()
	contents := map[string]func(rnd *rand.Rand, i int) byte{
		"noise":    func(rnd *rand.Rand, _ int) byte { return byte(rnd.Uint32()) },
		"seven":    func(rnd *rand.Rand, _ int) byte { return byte(rnd.Uint32()) & 0x7f },
		"repeated": func(rnd *rand.Rand, i int) byte { return byte(rnd.Uint32()>>20) * byte(i/5%2) },
		"zero":     func(*rand.Rand, int) byte { return 0 },
	}
	for name, content := range contents {
		rnd := seeded(t)
		var d deflater
		if err := d.reset(); err != nil {
			t.Fatal(err)
		}
		data := make([]byte, maxCode)
		for round := range 2 {
			for i := range data {
				data[i] = content(rnd, i)
			}
			d.recycle()
			chunk, err := d.chunk(data)
			if err != nil {
				t.Fatal(err)
			}
			u := protocol.Update{
				Number: protocol.MaxNumber, Moment: protocol.MaxNumber, Time: protocol.MaxInteger,
				Inflated: maxCode, Tiles: chunk, Reset: make([]uint32, 3+4*protocol.MaxMonitors),
			}
			for i := range u.Reset {
				u.Reset[i] = 4096
			}
			wire, err := protocol.Append(nil, &u)
			if err != nil || len(wire) > protocol.MaxUpdate {
				t.Fatalf("%s, round %d: %d bytes, %v", name, round, len(wire), err)
			}
			if len(wire) > maxCode+maxCode/50 {
				t.Errorf("%s, round %d: deflate added %d bytes", name, round, len(wire)-maxCode)
			}
		}
	}
}

// An update has as many JPEGs as it may have, and not more.
func TestBatchOfMostJPEGs(t *testing.T) {
	t.Parallel()
	var b batch
	for n := range protocol.MaxJPEGs + 1 {
		if len(b.cuts) != 0 {
			t.Fatalf("cut at %d JPEGs", n)
		}
		b.addJPEG([]byte{1}, image.Rect(0, 0, 1, 1))
	}
	b.finish(false)
	if len(b.cuts) != 2 || b.cuts[0].jpegs != protocol.MaxJPEGs || b.cuts[1].jpegs != protocol.MaxJPEGs+1 {
		t.Fatalf("cuts %v", b.cuts)
	}
}

// JPEGs and tiles together stay within an update.
func TestBatchOfMostBytesOfJPEGs(t *testing.T) {
	t.Parallel()
	img := photoOf(1, image.Rect(0, 0, 512, 512))
	data := written(t, img, img.Rect)
	var b batch
	for range 60 {
		b.addJPEG(data, img.Rect)
		b.add(make([]uint32, side*side), image.Rect(0, 0, side, side))
	}
	b.finish(false)
	from := cut{}
	for i, to := range b.cuts {
		if n := to.code - from.code + b.end(to.jpegs) - b.end(from.jpegs); n > maxCode || i < len(b.cuts)-1 && n < maxCode/2 {
			t.Errorf("update %d of %d bytes", i, n)
		}
		from = to
	}
	if len(b.cuts) < 5 || from.jpegs != 60 {
		t.Errorf("%d updates, %d JPEGs", len(b.cuts), from.jpegs)
	}
}
