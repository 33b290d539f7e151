package encode

import (
	"bytes"
	"encoding/binary"
	"image"
	"math/rand/v2"
	"testing"

	"telestrator/privacy"
	"telestrator/protocol"
)

// screen is a picture to paint on. show releases it through a guard, as a
// daemon would, and compares it.
type screen struct {
	tb       testing.TB
	guard    *privacy.Guard
	pix      raster
	size     image.Point
	damage   []image.Rectangle
	reset    bool
	geometry Geometry
	released *privacy.Picture
}

func newScreen(tb testing.TB, w, h int, masks ...image.Rectangle) *screen {
	tb.Helper()
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow, Rects: masks})
	if err != nil {
		tb.Fatal(err)
	}
	s := &screen{tb: tb, guard: guard}
	s.resize(w, h)
	return s
}

// resize gives the screen another size, black, and a new generation.
func (s *screen) resize(w, h int) {
	s.size, s.reset = image.Pt(w, h), true
	s.pix = raster{make([]byte, 4*w*h), 4 * w}
	s.damage = append(s.damage[:0], s.bounds())
	s.geometry.Generation++
	s.geometry.Monitors = []image.Rectangle{s.bounds()}
}

func (s *screen) bounds() image.Rectangle { return image.Rectangle{Max: s.size} }

// fill paints r with what colour returns for each pixel.
func (s *screen) fill(r image.Rectangle, colour func(x, y int) uint32) {
	r = r.Intersect(s.bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := s.pix.span(y, r.Min.X, r.Max.X)
		for i := 0; i < len(row); i += 4 {
			binary.LittleEndian.PutUint32(row[i:], colour(r.Min.X+i/4, y))
		}
	}
	s.damage = append(s.damage, r)
}

// show makes the screen the canvas's newest picture.
func (s *screen) show(c *Canvas) {
	s.tb.Helper()
	s.guard.Begin()
	p, changed, err := s.guard.Release(s.pix.pix, s.pix.stride, s.size, s.damage, s.reset)
	if err != nil {
		s.tb.Fatal(err)
	}
	c.Compare(p, changed, s.geometry)
	s.released, s.damage, s.reset = p, s.damage[:0], false
}

// solid, noise and shades are colours for fill.
func solid(p uint32) func(x, y int) uint32 { return func(int, int) uint32 { return p } }

func noise(rnd *rand.Rand) func(x, y int) uint32 {
	return func(int, int) uint32 { return rnd.Uint32() & 0xffffff }
}

func shades(rnd *rand.Rand) func(x, y int) uint32 {
	base := rnd.Uint32() & 0x7f7f7f
	return func(x, y int) uint32 { return base + uint32(x&31)<<16 + uint32(y&63)<<8 + uint32(x+y)&15 }
}

// glyphs looks like text: two colours in short strokes.
func glyphs(rnd *rand.Rand) func(x, y int) uint32 {
	ink, paper := rnd.Uint32()&0x3f3f3f, 0xffffff-rnd.Uint32()&0x0f0f0f
	bits := rnd.Uint64()
	return func(x, y int) uint32 {
		if y%16 < 12 && bits>>((x/2*5+y%16/3*7+x/9*11)%64)&1 == 1 {
			return ink
		}
		return paper
	}
}

// someRect returns a rectangle inside the screen.
func (s *screen) someRect(rnd *rand.Rand) image.Rectangle {
	x, y := rnd.IntN(s.size.X), rnd.IntN(s.size.Y)
	w, h := 1+rnd.IntN(s.size.X-x), 1+rnd.IntN(s.size.Y-y)
	if rnd.IntN(2) == 0 {
		w, h = 1+rnd.IntN(min(20, w)), 1+rnd.IntN(min(20, h))
	}
	return image.Rect(x, y, x+w, y+h)
}

// scribble paints something somewhere, and sometimes damages more than that.
func (s *screen) scribble(rnd *rand.Rand) {
	r := s.someRect(rnd)
	switch rnd.IntN(5) {
	case 0:
		s.fill(r, noise(rnd))
	case 1:
		s.fill(r, shades(rnd))
	case 2:
		s.fill(r, glyphs(rnd))
	default:
		s.fill(r, solid(rnd.Uint32()&0xffffff))
	}
	if rnd.IntN(3) == 0 {
		s.damage = append(s.damage, s.someRect(rnd), s.bounds().Inset(-100))
	}
}

// viewer is a stream and the decoder at its other end.
type viewer struct {
	tb      testing.TB
	stream  *Stream
	decoder *Decoder
	updates []protocol.Update
	wire    []byte
	copies  int // so far, as what follows
	jpegs   int
	size    int // bytes
}

func newViewer(tb testing.TB, c *Canvas) *viewer {
	return &viewer{tb: tb, stream: c.NewStream(), decoder: NewDecoder()}
}

// next takes one moment across the wire, and tells whether there was one.
func (v *viewer) next() bool {
	v.tb.Helper()
	var err error
	if v.updates, err = v.stream.Next(v.updates[:0]); err != nil {
		v.tb.Fatal(err)
	}
	for i := range v.updates {
		u := &v.updates[i]
		if v.wire, err = protocol.Append(v.wire[:0], u); err != nil {
			v.tb.Fatal(err)
		}
		if len(v.wire) > protocol.MaxUpdate {
			v.tb.Fatalf("update %d takes %d bytes", u.Number, len(v.wire))
		}
		if err := v.decoder.Decode(u); err != nil {
			v.tb.Fatal(err)
		}
		v.copies += len(u.Copies) / 6
		v.jpegs += len(u.JPEGs)
		v.size += len(v.wire)
	}
	return len(v.updates) > 0
}

// catchUp takes moments until the stream has none, and returns how many.
func (v *viewer) catchUp() int {
	v.tb.Helper()
	for n := range 10000 {
		if !v.next() {
			return n
		}
	}
	v.tb.Fatal("the stream has no end")
	return 0
}

// sees checks that the viewer is shown what the screen released last.
func (v *viewer) sees(s *screen) {
	v.tb.Helper()
	got := v.decoder.Picture()
	if got.Rect.Size() != s.size {
		v.tb.Fatalf("shown is %v, want %v", got.Rect.Size(), s.size)
	}
	if !bytes.Equal(got.Pix, rgba(s.released).Pix) {
		v.tb.Fatal("shown is not what was released")
	}
}

// rgba converts a released picture.
func rgba(p *privacy.Picture) *image.RGBA {
	img := image.NewRGBA(p.Bounds())
	for y := range p.Bounds().Dy() {
		dst := img.Pix[y*img.Stride:]
		for i, row := 0, p.Row(y); i < len(row); i += 4 {
			dst[i], dst[i+1], dst[i+2], dst[i+3] = row[i+2], row[i+1], row[i], 0xff
		}
	}
	return img
}

// stale tells whether the stream has signalled since the last look.
func (v *viewer) stale() bool {
	select {
	case <-v.stream.Stale():
		return true
	default:
		return false
	}
}

// seeded returns a generator whose seed is logged when the test fails.
func seeded(tb testing.TB) *rand.Rand {
	seed := rand.Uint64()
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("seed %#x", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 1))
}

// rounds is how many rounds of n a random test does: a tenth with the race
// detector, under which painting a pixel takes ten times as long.
func rounds(n int) int {
	if raceEnabled {
		return n / 10
	}
	return n
}
