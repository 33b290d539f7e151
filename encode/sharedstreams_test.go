package encode

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

// sharedStreams are what testdata/stream.json is made of.
var sharedStreams = []struct {
	name, meaning string
	make          func(tb testing.TB) []*protocol.Update
}{
	{"worked", "the tile of tile.txt beside a black one; then the same tile once more", worked},
	{"window", "what the second chunk inflates to stands, for the most part, in the first", windowed},
	{"patterns", "tiles of all sizes and codes, among them the largest and the smallest", patterned},
	{"moments", "one moment in three updates, and one in two; each is shown at its end", moments},
	{"copies", "copies swap, overlap, and come before the tiles of their update", copied},
	{"resets", "new sizes, black where no tile is, and a new deflate stream each time", resets},
	{"lossy", "JPEGs over tiles, copies of them, tiles over part of them, and in the end over all", blurred},
	{"motion", "as a device sends it: scrolls, a film, a scroll of the film, and what is refined after it", motion},
	{"session", "as a device sends it, with a refresh and another size", session},
	{"refused number", "a number left out", refused(func(u *protocol.Update) { u.Number++ })},
	{"refused moment", "a moment left out", refused(func(u *protocol.Update) { u.Moment++ })},
	{"refused first", "update 1 without a reset", func(tb testing.TB) []*protocol.Update {
		s := script{tb: tb}
		return []*protocol.Update{s.update(tile(0, 0, 1, 1, 1))}
	}},
	{"refused short", "the chunk gives one byte fewer than stated", refused(func(u *protocol.Update) { u.Inflated++ })},
	{"refused more", "the chunk gives one byte more than stated", refused(func(u *protocol.Update) { u.Inflated-- })},
	{"refused flush", "the chunk does not end with a flush", refused(func(u *protocol.Update) { u.Tiles = u.Tiles[:len(u.Tiles)-4] })},
	{"refused window", "after a reset, a chunk that refers to what stood before it", func(tb testing.TB) []*protocol.Update {
		updates := append(windowed(tb), &protocol.Update{Number: 3, Moment: 3, Last: true})
		updates[2].Reset, updates[2].Tiles, updates[2].Inflated = updates[0].Reset, updates[1].Tiles, updates[1].Inflated
		return updates
	}},
	{"refused reset", "a width of 0", refused(func(u *protocol.Update) { u.Reset = whole(1, 0, 10) })},
	{"refused area", "a picture larger than 32 Mpx", refused(func(u *protocol.Update) { u.Reset = whole(1, 16384, 2049) })},
	{"refused scale", "a picture wider than the part of the screen that it shows", refused(func(u *protocol.Update) { u.Reset = []uint32{1, 100, 50, 7, 0, 99, 50} })},
	{"refused copy source", "a copy from outside the picture", refused(func(u *protocol.Update) { u.Copies = []uint32{95, 0, 0, 0, 6, 5} })},
	{"refused copy target", "a copy to outside the picture", refused(func(u *protocol.Update) { u.Copies = []uint32{0, 0, 0, 46, 6, 5} })},
	{"refused jpeg place", "a JPEG that reaches out of the picture", refusedJPEG(func(j *protocol.JPEG) { j.X = 85 })},
	{"refused jpeg size", "a JPEG of another size than stated", refusedJPEG(func(j *protocol.JPEG) { j.H = 10 })},
	{"refused jpeg sort", "a progressive JPEG", refusedJPEG(func(j *protocol.JPEG) {
		j.Data[bytes.Index(j.Data, []byte{0xff, markerSOF0})+1] = 0xc2
	})},
	{"refused cell", "a tile that lies in two cells", refusedTile(0, 63, 0, 0, 0, 2, 0, 1, 0xc1)},
	{"refused outside", "a tile that reaches out of the picture", refusedTile(0, 64, 0, 0, 0, 37, 0, 1, 0xdf, 0xc4)},
	{"refused width", "a tile of width 0", refusedTile(0, 0, 0, 0, 0, 0, 0, 1)},
	{"refused header", "a header that is cut off", refusedTile(0, 0, 0, 0, 0, 1, 0)},
	{"refused ff", "the byte ff, which is no code", refusedTile(0, 0, 0, 0, 0, 1, 0, 1, 0xff)},
	{"refused run", "a run beyond the last pixel", refusedTile(0, 0, 0, 0, 0, 2, 0, 2, 0xc4)},
	{"refused above", "a run of the row above beyond the last pixel", refusedTile(0, 0, 0, 0, 0, 2, 0, 2, 0xc1, 0xe2)},
	{"refused top", "a run of the row above in the first row", refusedTile(0, 0, 0, 0, 0, 2, 0, 2, 0xc0, 0xe2)},
	{"refused end", "codes that end before the last pixel", refusedTile(0, 0, 0, 0, 0, 2, 0, 2, 0xc2)},
	{"refused literal", "a code that is cut off", refusedTile(0, 0, 0, 0, 0, 1, 0, 1, 0xfe, 1, 2)},
	{"refused other moment", "the next moment before the last update of this one", func(tb testing.TB) []*protocol.Update {
		s := script{tb: tb}
		one, two := s.reset(10, 10), s.update()
		one.Last = false
		return []*protocol.Update{one, two}
	}},
	{"refused late", "a reset in the second update of a moment", func(tb testing.TB) []*protocol.Update {
		s := script{tb: tb}
		one, two := s.reset(10, 10), s.reset(10, 10)
		one.Last, two.Moment = false, 1
		return []*protocol.Update{one, two}
	}},
}

// refused returns a stream whose second update is changed for the worse.
func refused(change func(u *protocol.Update)) func(tb testing.TB) []*protocol.Update {
	return func(tb testing.TB) []*protocol.Update {
		s := script{tb: tb}
		one, two := s.reset(100, 50, tile(0, 0, 64, 50, 0x336699)), s.update(tile(64, 0, 36, 50, 0xffffff))
		change(two)
		return []*protocol.Update{one, two}
	}
}

// refusedJPEG returns a stream whose second update has a changed JPEG.
func refusedJPEG(change func(j *protocol.JPEG)) func(tb testing.TB) []*protocol.Update {
	return func(tb testing.TB) []*protocol.Update {
		j := protocol.JPEG{X: 84, Y: 1, W: 16, H: 9, Data: encoded(tb, 16, 9, color.White)}
		change(&j)
		return refused(func(u *protocol.Update) { u.JPEGs = []protocol.JPEG{j} })(tb)
	}
}

// refusedTile returns a stream whose second update has this tile.
func refusedTile(tile ...byte) func(tb testing.TB) []*protocol.Update {
	return func(tb testing.TB) []*protocol.Update {
		s := script{tb: tb}
		return []*protocol.Update{s.reset(100, 50), s.update(tile)}
	}
}

func worked(tb testing.TB) []*protocol.Update {
	s := script{tb: tb}
	one := s.reset(70, 8, tile(0, 0, 64, 8, 0), appendTile(nil, image.Rect(64, 0, 70, 4), goldenPixels))
	one.Reset = whole(1, 70, 8, 0, 0, 70, 8)
	one.Time = 1000
	two := s.update(appendTile(nil, image.Rect(64, 4, 70, 8), goldenPixels))
	two.Time = 17667
	return []*protocol.Update{one, two}
}

func windowed(tb testing.TB) []*protocol.Update {
	s, rnd := script{tb: tb}, rand.New(rand.NewPCG(7, 8))
	px := make([]uint32, 20*20)
	for i := range px {
		px[i] = rnd.Uint32() & 0xffffff
	}
	one := s.reset(64, 64, appendTile(nil, image.Rect(0, 0, 20, 20), px))
	px[200] ^= 0xff
	return []*protocol.Update{one, s.update(appendTile(nil, image.Rect(30, 40, 50, 60), px))}
}

func patterned(tb testing.TB) []*protocol.Update {
	s, rnd := script{tb: tb}, rand.New(rand.NewPCG(5, 6))
	updates := []*protocol.Update{s.reset(160, 80)}
	names := []string{"black", "solid", "few", "rows", "slope", "hue", "sparse", "noise"}
	for i, area := range []image.Rectangle{
		image.Rect(0, 0, 64, 64), image.Rect(64, 0, 128, 64), image.Rect(128, 0, 160, 64), image.Rect(1, 65, 62, 80),
		image.Rect(64, 64, 65, 80), image.Rect(66, 79, 128, 80), image.Rect(128, 64, 160, 80), image.Rect(159, 79, 160, 80),
	} {
		px := make([]uint32, area.Dx()*area.Dy())
		for j := range px {
			px[j] = patterns[names[i]](rnd, j, area.Dx())
		}
		updates = append(updates, s.update(appendTile(nil, area, px)))
	}
	return updates
}

func moments(tb testing.TB) []*protocol.Update {
	s := script{tb: tb}
	updates := []*protocol.Update{
		s.reset(130, 64, tile(0, 0, 64, 64, 0xff0000)), s.update(tile(64, 0, 64, 64, 0x00ff00)), s.update(tile(128, 0, 2, 64, 0x0000ff)),
		s.update(tile(0, 0, 1, 1, 0xffffff)), s.update(tile(64, 0, 1, 1, 0xffffff)), s.update(),
	}
	for i, moment := range []uint32{1, 1, 1, 2, 2, 3} {
		updates[i].Moment = moment
		updates[i].Last = i == len(updates)-1 || i == 2 || i == 4
	}
	return updates
}

func copied(tb testing.TB) []*protocol.Update {
	s := script{tb: tb}
	px := make([]uint32, 64*40)
	for i := range px {
		px[i] = uint32(i%64)<<18 | uint32(i/64)<<10 | 0x40
	}
	picture := appendTile(nil, image.Rect(0, 0, 64, 40), px)
	swap, shift, along, both := s.reset(100, 70, picture), s.update(), s.update(), s.update(tile(70, 50, 9, 9, 0xffffff))
	shift.Copies = []uint32{0, 0, 3, 5, 80, 60}
	along.Copies = []uint32{0, 0, 50, 0, 50, 70, 50, 0, 0, 0, 50, 70}
	both.Copies = []uint32{10, 10, 60, 40, 30, 30, 60, 40, 0, 0, 20, 20}
	return []*protocol.Update{swap, shift, along, both}
}

// blurred goes through all that makes a pixel lossy or exact.
func blurred(tb testing.TB) []*protocol.Update {
	s := script{tb: tb}
	jpeg := func(x, y, w, h uint16, c color.Color) protocol.JPEG {
		return protocol.JPEG{X: x, Y: y, W: w, H: h, Data: encoded(tb, int(w), int(h), c)}
	}
	whole := func(p uint32) [][]byte { return [][]byte{tile(0, 0, 64, 40, p), tile(64, 0, 36, 40, p)} }
	first, copies, part, over, end := s.reset(100, 40, whole(0x80)...), s.update(), s.update(tile(20, 5, 44, 30, 0x8000)),
		s.update(tile(64, 0, 36, 40, 0x800000)), s.update(whole(0x808080)...)
	first.JPEGs = []protocol.JPEG{jpeg(10, 4, 70, 20, color.White), jpeg(60, 20, 16, 9, color.Black)}
	copies.Copies = []uint32{0, 0, 20, 16, 80, 24, 60, 0, 0, 0, 40, 30}
	over.JPEGs = []protocol.JPEG{jpeg(70, 0, 3, 40, color.White)}
	return []*protocol.Update{first, copies, part, over, end}
}

// motion is a stream as a device sends it to a console that understands all.
func motion(tb testing.TB) (updates []*protocol.Update) {
	s, c := newScreen(tb, 384, 384), NewCanvas()
	now := time.Duration(0)
	c.clock = func() time.Duration { return now }
	stream := c.NewStream()
	defer stream.Close()
	stream.Use(true, true)
	stream.Clock = c.clock
	next := func() {
		updates = append(updates, kept(mustNext(tb, stream, nil))...)
		now += 40 * time.Millisecond
	}
	line := func(n int) func(x, y int) uint32 {
		return func(_, y int) uint32 { return uint32(y+n) * 2654435761 >> 8 }
	}
	up := func(n int) { s.scroll(s.bounds(), -10, line(10*n)); s.show(c) }
	s.fill(s.bounds(), line(0))
	s.show(c)
	next()
	up(1)
	next()
	for n := range uint32(4) {
		s.fill(image.Rect(70, 70, 150, 130), waves(n))
		s.show(c)
		next()
	}
	up(2) // together with the next
	up(3)
	next()
	s.fill(image.Rect(100, 60, 110, 70), solid(0xff8000))
	s.show(c)
	next()
	for now += quiet; stream.losses.any(); {
		next()
	}
	return updates
}

func resets(tb testing.TB) []*protocol.Update {
	s := script{tb: tb}
	updates := []*protocol.Update{s.reset(100, 70, tile(0, 0, 64, 64, 0x123456)), s.update(tile(64, 0, 36, 64, 0x123456))}
	for i, size := range []image.Point{{100, 70}, {1, 1}, {65, 129}, {300, 2}} {
		u := s.reset(uint32(size.X), uint32(size.Y), tile(0, 0, 1, 1, 0xabcdef))
		u.Reset[0] = uint32(i) + 2
		u.Reset = append(u.Reset, slices.Repeat([]uint32{0, 0, 1, 1}, i)...)
		if i > 1 {
			u.Reset[3], u.Reset[4], u.Reset[5], u.Reset[6] = 1000, 2000, u.Reset[5]*2, u.Reset[6]*3
		}
		updates = append(updates, u, s.update(tile(size.X-1, size.Y-1, 1, 1, 0xfedcba)))
	}
	return updates
}
