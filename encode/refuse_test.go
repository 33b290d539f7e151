package encode

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"
	"testing"

	"telestrator/protocol"
)

// refusals are updates that follow a good first one of 200 x 100.
var refusals = []struct {
	name   string
	change func(u *protocol.Update)
	code   protocol.Code
	reason error
}{
	{"number again", func(u *protocol.Update) { u.Number = 1 }, protocol.Sequence, errNumber},
	{"number left out", func(u *protocol.Update) { u.Number = 3 }, protocol.Sequence, errNumber},
	{"moment again", func(u *protocol.Update) { u.Moment = 1 }, protocol.Sequence, errOfMoment},
	{"moment left out", func(u *protocol.Update) { u.Moment = 3 }, protocol.Sequence, errOfMoment},
	{"reset of two", func(u *protocol.Update) { u.Reset = []uint32{1, 2, 3, 4, 5, 6} }, protocol.BadData, errReset},
	{"reset of half a monitor", func(u *protocol.Update) { u.Reset = whole(1, 9, 9, 0, 0) }, protocol.BadData, errReset},
	{"no width", func(u *protocol.Update) { u.Reset = whole(1, 0, 9) }, protocol.BadData, errReset},
	{"width", func(u *protocol.Update) { u.Reset = whole(1, protocol.MaxSide+1, 9) }, protocol.BadData, errReset},
	{"height", func(u *protocol.Update) { u.Reset = whole(1, 9, 1<<32-1) }, protocol.BadData, errReset},
	{"area", func(u *protocol.Update) { u.Reset = whole(1, 16384, 2049) }, protocol.BadData, errReset},
	{"wider than its part", func(u *protocol.Update) { u.Reset = []uint32{1, 10, 9, 0, 0, 9, 9} }, protocol.BadData, errReset},
	{"higher than its part", func(u *protocol.Update) { u.Reset = []uint32{1, 9, 10, 0, 0, 9, 9} }, protocol.BadData, errReset},
	{"part of nothing", func(u *protocol.Update) { u.Reset = []uint32{1, 9, 9, 0, 0, 0, 9} }, protocol.BadData, errReset},
	{"part far away", func(u *protocol.Update) { u.Reset = []uint32{1, 9, 9, 1<<32 - 1, 0, 9, 9} }, protocol.BadData, errReset},
	{"part too large", func(u *protocol.Update) { u.Reset = []uint32{1, 9, 9, 0, 0, 16384, 2049} }, protocol.BadData, errReset},
	{"monitor of nothing", func(u *protocol.Update) { u.Reset = whole(1, 9, 9, 5, 5, 0, 1) }, protocol.BadData, errReset},
	{"monitor far away", func(u *protocol.Update) { u.Reset = whole(1, 9, 9, 1<<32-1, 0, 2, 1) }, protocol.BadData, errReset},
	{"too many monitors", func(u *protocol.Update) {
		u.Reset = whole(1, 9, 9, slices.Repeat([]uint32{0, 0, 9, 9}, protocol.MaxMonitors+1)...)
	}, protocol.BadData, errReset},
	{"copy of five", func(u *protocol.Update) { u.Copies = make([]uint32, 5) }, protocol.BadData, errCopies},
	{"too many copies", func(u *protocol.Update) {
		u.Copies = slices.Repeat([]uint32{0, 0, 0, 0, 1, 1}, protocol.MaxCopies+1)
	}, protocol.BadData, errCopies},
	{"copy from outside", func(u *protocol.Update) { u.Copies = []uint32{191, 0, 0, 0, 10, 10} }, protocol.BadData, errCopy},
	{"copy to outside", func(u *protocol.Update) { u.Copies = []uint32{0, 0, 0, 91, 10, 10} }, protocol.BadData, errCopy},
	{"copy of nothing", func(u *protocol.Update) { u.Copies = []uint32{0, 0, 0, 0, 0, 1} }, protocol.BadData, errCopy},
	{"copy from far away", func(u *protocol.Update) { u.Copies = []uint32{1<<32 - 5, 0, 0, 0, 6, 1} }, protocol.BadData, errCopy},
	{"bytes stated wrong", func(u *protocol.Update) { u.Inflated++ }, protocol.BadData, errShort},
	{"too many JPEGs", func(u *protocol.Update) { u.JPEGs = make([]protocol.JPEG, protocol.MaxJPEGs+1) }, protocol.BadData, errJPEGs},
	{"JPEG outside", func(u *protocol.Update) { u.JPEGs = []protocol.JPEG{{X: 199, Y: 0, W: 2, H: 1}} }, protocol.BadData, errOutJPEG},
	{"JPEG of nothing", func(u *protocol.Update) { u.JPEGs = []protocol.JPEG{{W: 0, H: 1}} }, protocol.BadData, errOutJPEG},
	{"no JPEG", func(u *protocol.Update) { u.JPEGs = []protocol.JPEG{{W: 1, H: 1}} }, protocol.BadData, errNoJPEG},
}

func TestUpdatesRefused(t *testing.T) {
	t.Parallel()
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			s, d := script{tb: t}, NewDecoder()
			decode(t, d, s.reset(200, 100, tile(0, 0, 64, 64, 0x123456)))
			before := d.Picture()
			u := s.update(tile(64, 0, 64, 64, 0xffffff))
			c.change(u)
			checkRefused(t, d, u, c.code, c.reason)
			if !bytes.Equal(d.Picture().Pix, before.Pix) {
				t.Error("shown nevertheless")
			}
		})
	}
}

// checkRefused checks that the update is, and why.
func checkRefused(t *testing.T, d *Decoder, u *protocol.Update, code protocol.Code, reason error) {
	t.Helper()
	var err *DecodeError
	if !errors.As(d.Decode(u), &err) || err.Code != code || !errors.Is(err, reason) || err.Number != u.Number {
		t.Errorf("%+v, want code %d, %v", err, code, reason)
		return
	}
	if want := fmt.Sprintf("encode: update %d: %v", u.Number, reason); err.Error() != want {
		t.Errorf("%q, want %q", err, want)
	}
}

func TestUpdateOneNeedsAReset(t *testing.T) {
	t.Parallel()
	s := script{tb: t}
	checkRefused(t, NewDecoder(), s.update(), protocol.BadData, errNoReset)
}

// TestAbandoned leaves a moment open and goes on with a reset: numbers may be
// left out there, and nowhere else.
func TestAbandoned(t *testing.T) {
	d := NewDecoder()
	begin := protocol.Update{Number: 4, Moment: 2, Reset: whole(1, 9, 9)}
	anew := protocol.Update{Number: 7, Moment: 5, Last: true, Reset: whole(2, 8, 8)}
	for _, u := range []*protocol.Update{&begin, &anew} {
		if err := d.Decode(u); err != nil {
			t.Fatal(err)
		}
	}
	if size := d.Picture().Rect.Size(); size != image.Pt(8, 8) {
		t.Errorf("the picture shown is %v", size)
	}
	checkRefused(t, d, &protocol.Update{Number: 9, Moment: 6, Last: true}, protocol.Sequence, errNumber)
	checkRefused(t, d, &protocol.Update{Number: 7, Moment: 6, Last: true, Reset: whole(2, 8, 8)}, protocol.Sequence, errNumber)
	checkRefused(t, d, &protocol.Update{Number: 8, Moment: 5, Last: true, Reset: whole(2, 8, 8)}, protocol.Sequence, errOfMoment)
}

func TestResetAndCopiesComeFirst(t *testing.T) {
	t.Parallel()
	for _, change := range []func(u *protocol.Update){
		func(u *protocol.Update) { u.Reset = whole(1, 9, 9) },
		func(u *protocol.Update) { u.Copies = []uint32{0, 0, 1, 1, 1, 1} },
	} {
		s, d := script{tb: t}, NewDecoder()
		one, two := s.reset(9, 9), s.update()
		one.Last, two.Moment = false, 1
		change(two)
		decode(t, d, one)
		checkRefused(t, d, two, protocol.BadData, errTooLate)
	}
}

// After an error only a reset is taken; then all is well again.
func TestResetAfterAnError(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	decode(t, d, s.reset(90, 90, tile(0, 0, 5, 5, 1)))
	bad := s.update(tile(0, 0, 9, 9, 2), []byte{0, 0})
	checkRefused(t, d, bad, protocol.BadData, errCut)
	checkRefused(t, d, s.update(), protocol.BadData, errBroken)
	decode(t, d, s.reset(90, 90, tile(64, 64, 5, 5, 3)))
	if got := pixels(d, 0, 0, 9); slices.Max(got) != 0 {
		t.Errorf("the refused update shows: %x", got)
	}
	decode(t, d, s.update(tile(0, 0, 1, 1, 4)))
	if got := pixels(d, 0, 0, 1); got[0] != 4 {
		t.Errorf("shown %x", got)
	}
}

// The exact limits pass.
func TestUpdatesAtTheLimits(t *testing.T) {
	t.Parallel()
	s, d := script{tb: t}, NewDecoder()
	u := s.reset(protocol.MaxSide, 16)
	u.Reset = append(u.Reset, slices.Repeat([]uint32{0, 0, protocol.MaxSide, 16}, protocol.MaxMonitors)...)
	u.Copies = slices.Repeat([]uint32{0, 0, protocol.MaxSide - 1, 15, 1, 1}, protocol.MaxCopies)
	j := protocol.JPEG{X: protocol.MaxSide - 1, Y: 15, W: 1, H: 1, Data: encoded(t, 1, 1, color.White)}
	u.JPEGs = slices.Repeat([]protocol.JPEG{j}, protocol.MaxJPEGs)
	decode(t, d, u)
	if len(d.Geometry().Monitors) != protocol.MaxMonitors {
		t.Error("not all monitors")
	}
	for _, size := range []image.Point{{16384, 2048}, {2048, 16384}} {
		if !fits(size) || fits(size.Add(image.Pt(1, 0))) || fits(size.Add(image.Pt(0, 1))) {
			t.Errorf("%v is not the limit", size)
		}
	}
}

// Bytes that were changed on the way never do more than err, and what is shown
// is always one of the whole pictures.
func TestMutatedStreams(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	sc, c := newScreen(t, 150, 140), NewCanvas()
	stream := c.NewStream()
	for range rounds(300) {
		d := NewDecoder()
		stream.Reset()
		stream.number, stream.moment = 0, 0
		for range 3 {
			sc.scribble(rnd)
			sc.show(c)
			updates, err := stream.Next(nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range updates {
				u.Tiles = bytes.Clone(u.Tiles)
				u.Tiles[rnd.IntN(len(u.Tiles))] ^= 1 << rnd.IntN(8)
				var typed *DecodeError
				if err := d.Decode(&u); err != nil && !errors.As(err, &typed) {
					t.Fatalf("%T: %v", err, err)
				}
			}
		}
	}
}
