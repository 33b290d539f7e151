package fuzz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"telestrator/encode"
	"telestrator/fuzz/bound"
	"telestrator/privacy"
	"telestrator/protocol"
)

// Pictures enter the console as updates, whose parts are bytecode, deflate and
// JPEG. What a decoder shows is one of the whole pictures it was sent, whatever
// else comes.

// largest is how many pixels the picture of an input has at most. A larger one
// takes more memory by itself than an input may; limit L15 has its own tests.
const largest = 100 * 80

// FuzzUpdates decodes a stream of updates as they came, each after its length.
func FuzzUpdates(f *testing.F) {
	for seed := range uint64(4) {
		wire := stream(f, seed)
		f.Add(wire)
		for _, spoil := range spoilt {
			list := cut(wire)
			f.Add(framed(f, spoil(list)...))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		bound.Check(t, func() { watch(t, cut(data)) })
	})
}

// spoilt are streams of which a part is refused, or shown later.
var spoilt = []func(list []*protocol.Update) []*protocol.Update{
	func(list []*protocol.Update) []*protocol.Update { list[1].Tiles[1] ^= 0x55; return list },
	func(list []*protocol.Update) []*protocol.Update { list[1].Inflated++; return list },
	func(list []*protocol.Update) []*protocol.Update { return append(list[:1], list[2:]...) },
	func(list []*protocol.Update) []*protocol.Update {
		list[1].Last, list[2].Moment = false, list[1].Moment
		return list[:3]
	},
	func(list []*protocol.Update) []*protocol.Update {
		list[1].Copies = []uint32{0, 0, 99, 79, 2, 2}
		return list
	},
}

// framed is a stream of these updates.
func framed(tb testing.TB, list ...*protocol.Update) (wire []byte) {
	tb.Helper()
	for _, u := range list {
		m, err := protocol.Append(nil, u)
		if err != nil || len(m) > 1<<16-1 {
			tb.Fatalf("%d bytes, %v", len(m), err)
		}
		wire = append(binary.BigEndian.AppendUint16(wire, uint16(len(m))), m...)
	}
	return wire
}

// cut takes a stream apart. What is no update, or too large a one, is left out.
func cut(data []byte) (list []*protocol.Update) {
	for len(data) >= 2 {
		n := min(int(binary.BigEndian.Uint16(data)), len(data)-2)
		m, _, err := protocol.DecodeJoined(data[2:2+n], protocol.ChannelScreen, protocol.Live)
		data = data[2+n:]
		u, is := m.(*protocol.Update)
		if err == nil && is && (len(u.Reset) == 0 || u.Reset[1]*u.Reset[2] <= largest) {
			list = append(list, u)
		}
	}
	return list
}

// watch decodes updates: a refusal is typed and lasts until a reset, and what
// is shown changes with the last update of a moment and at no other time.
func watch(t *testing.T, list []*protocol.Update) {
	d, broken, shown := encode.NewDecoder(), false, []byte{}
	for _, u := range list {
		err := d.Decode(u)
		var typed *encode.DecodeError
		if err != nil && (!errors.As(err, &typed) || typed.Code != protocol.Sequence && typed.Code != protocol.BadData) {
			t.Fatalf("%T: %v", err, err)
		}
		if broken && err == nil && len(u.Reset) == 0 {
			t.Fatal("an update without a reset was taken after an error")
		}
		broken = err != nil
		if now := d.Picture().Pix; err == nil && u.Last {
			shown = now
		} else if !bytes.Equal(now, shown) {
			t.Fatalf("update %d shows, and is not the last of its moment (%v)", u.Number, err)
		}
	}
}

// stream is what a device sends while somebody draws on a small screen.
func stream(tb testing.TB, seed uint64) (wire []byte) {
	tb.Helper()
	rnd := rand.New(rand.NewPCG(seed, 1))
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		tb.Fatal(err)
	}
	size := image.Pt(100, 80)
	pix := make([]byte, 4*size.X*size.Y)
	canvas := encode.NewCanvas()
	s := canvas.NewStream()
	defer s.Close()
	s.Use(true, true)
	for i := range 5 {
		area := draw(rnd, pix, size)
		guard.Begin()
		p, changed, err := guard.Release(pix, 4*size.X, size, []image.Rectangle{area}, i == 0)
		if err != nil {
			tb.Fatal(err)
		}
		canvas.Compare(p, changed, encode.Geometry{Generation: 1, Monitors: []image.Rectangle{{Max: size}}})
		updates, err := s.Next(nil)
		if err != nil {
			tb.Fatal(err)
		}
		for _, u := range updates {
			wire = append(wire, framed(tb, &u)...)
		}
	}
	return wire
}

// draw paints somewhere: one colour, few, or shades.
func draw(rnd *rand.Rand, pix []byte, size image.Point) image.Rectangle {
	area := image.Rect(rnd.IntN(size.X), rnd.IntN(size.Y), rnd.IntN(size.X), rnd.IntN(size.Y))
	base, how := rnd.Uint32(), rnd.IntN(3)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			p := base + [3]uint32{0, uint32(x/3*y/5) % 2 * 0x112233, uint32(x*y) * 0x010203}[how]
			binary.LittleEndian.PutUint32(pix[4*(y*size.X+x):], p)
		}
	}
	return area
}

// first is update 1 of a picture of 100 x 80 pixels, which is four cells: black,
// and as our encoder begins.
func first(tb testing.TB) *protocol.Update {
	tb.Helper()
	return &protocol.Update{Number: 1, Moment: 1, Last: true, Reset: cut(stream(tb, 0))[0].Reset}
}

// TestFirst makes sure that what the targets begin with is taken.
func TestFirst(t *testing.T) {
	t.Parallel()
	for _, u := range []*protocol.Update{first(t), begun(t)} {
		if err := encode.NewDecoder().Decode(u); err != nil {
			t.Error(err)
		}
	}
}

// begun is first with something in it.
func begun(tb testing.TB) *protocol.Update {
	tb.Helper()
	u := first(tb)
	tile := []byte{0, 0, 0, 0, 0, 4, 0, 2, 0x55, 0xc1, 0xfe, 0xff, 0, 0, 0xe3}
	u.Tiles, u.Inflated = stored(tile), uint32(len(tile))
	return u
}

// FuzzTiles decodes any bytes as the tiles of an update, inflated already: they
// go in a stored block.
func FuzzTiles(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 4, 0, 2, 0x55, 0xc1, 0xfe, 0xff, 0, 0, 0xe3})
	f.Add([]byte{0, 64, 0, 64, 0, 64, 0, 2, 0xdf, 0xdf, 0xfd, 0x01, 0xdf, 0xe0})
	f.Add([]byte{0, 64, 0, 64, 0, 8, 0, 16, 0xdf, 0xfd, 0xdf, 0x80, 0x88})
	begin := first(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 1<<16-1 {
			return
		}
		u := *begin
		u.Inflated, u.Tiles = uint32(len(data)), stored(data)
		bound.Check(t, func() { watch(t, []*protocol.Update{&u}) })
	})
}

// stored is a chunk of a deflate stream with data as it is (RFC 1951, 3.2.4),
// flushed.
func stored(data []byte) []byte {
	n := uint16(len(data))
	chunk := binary.LittleEndian.AppendUint16([]byte{0}, n)
	chunk = append(binary.LittleEndian.AppendUint16(chunk, ^n), data...)
	return append(chunk, 0, 0, 0, 0xff, 0xff)
}

// FuzzDeflate inflates any bytes as two chunks of one stream, so that the second
// can refer to the first. The bytes may call themselves as long as they like: the
// decoder is given them although a reader would have refused some.
func FuzzDeflate(f *testing.F) {
	tile := []byte{0, 0, 0, 0, 0, 4, 0, 2, 0x55, 0xc1, 0xfe, 0xff, 0, 0, 0xe3}
	f.Add(stored(tile), stored(tile), uint32(len(tile)), uint32(len(tile)))
	for _, u := range cut(stream(f, 1)) {
		f.Add(u.Tiles, u.Tiles, u.Inflated, u.Inflated)
	}
	f.Add(stored(tile), stored(tile), uint32(len(tile)), uint32(64<<20))
	f.Add([]byte{0xed, 0xc1, 0x01, 0, 0, 0, 0xff, 0xff}, []byte{0, 0, 0, 0xff, 0xff}, uint32(protocol.MaxInflated), uint32(1))
	begin := first(f)
	f.Fuzz(func(t *testing.T, one, two []byte, inflatedOne, inflatedTwo uint32) {
		a, b := *begin, protocol.Update{Number: 2, Moment: 2, Last: true}
		a.Tiles, a.Inflated, b.Tiles, b.Inflated = one, inflatedOne, two, inflatedTwo
		bound.Check(t, func() { watch(t, []*protocol.Update{&a, &b}) })
	})
}

// FuzzJPEG paints any bytes as a JPEG rectangle, any rectangle.
func FuzzJPEG(f *testing.F) {
	picture := image.NewYCbCr(image.Rect(0, 0, 16, 16), image.YCbCrSubsampleRatio420)
	grey := image.NewGray(image.Rect(0, 0, 7, 9))
	grey.Set(3, 3, color.White)
	for _, p := range []image.Image{picture, grey} {
		var data bytes.Buffer
		if err := jpeg.Encode(&data, p, nil); err != nil {
			f.Fatal(err)
		}
		f.Add(uint16(8), uint16(8), uint16(p.Bounds().Dx()), uint16(p.Bounds().Dy()), data.Bytes())
	}
	begin := first(f)
	f.Fuzz(func(t *testing.T, x, y, w, h uint16, data []byte) {
		u := *begin
		u.JPEGs = []protocol.JPEG{{X: x, Y: y, W: w, H: h, Data: data}}
		if _, err := protocol.Append(nil, &u); err != nil {
			return
		}
		bound.Check(t, func() { watch(t, []*protocol.Update{&u}) })
	})
}

// FuzzCopies copies any rectangles of a picture, after one with something in it.
func FuzzCopies(f *testing.F) {
	f.Add([]byte{0, 0, 10, 10, 20, 20, 30, 30, 0, 0, 60, 60})
	f.Add([]byte{99, 79, 0, 0, 1, 1, 0, 0, 99, 79, 1, 1})
	begin := begun(f)
	f.Fuzz(func(t *testing.T, numbers []byte) {
		u := &protocol.Update{Number: 2, Moment: 2, Last: true}
		for _, n := range numbers {
			u.Copies = append(u.Copies, uint32(n))
		}
		if _, err := protocol.Append(nil, u); err != nil {
			return
		}
		bound.Check(t, func() { watch(t, []*protocol.Update{begin, u}) })
	})
}
