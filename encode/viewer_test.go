package encode

import (
	"bytes"
	"image"
	"slices"
	"testing"
	"time"

	"telestrator/privacy"
	"telestrator/protocol"
)

// viewer is a stream and the decoder at its other end.
type viewer struct {
	tb      testing.TB
	stream  *Stream
	decoder *Decoder
	updates []protocol.Update
	wire    []byte
	lossy   lossMap
	copies  int // so far, as what follows
	jpegs   int
	size    int // bytes
}

func newViewer(tb testing.TB, c *Canvas) *viewer {
	return &viewer{tb: tb, stream: c.NewStream(), decoder: NewDecoder()}
}

// copying is a viewer that understands copies, keen one that understands all.
func copying(tb testing.TB, c *Canvas) *viewer { return using(tb, c, true, false) }

func keen(tb testing.TB, c *Canvas) *viewer { return using(tb, c, true, true) }

func using(tb testing.TB, c *Canvas, copies, jpeg bool) *viewer {
	v := newViewer(tb, c)
	v.stream.Use(copies, jpeg)
	return v
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
		v.lossy.apply(v.tb, u, v.decoder.inflate.last(int(u.Inflated)))
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

// agrees checks that the viewer is shown what the screen released last, but for
// what it has as JPEGs: these pixels are near to it, and both ends know which
// they are. The stream may take more for lossy.
func (v *viewer) agrees(s *screen) {
	v.tb.Helper()
	v.agreesWithin(s, 25) // colours that change from pixel to pixel come at half the resolution
}

// agreesWithin is agrees, and says by how many levels lossy pixels may be off on
// average.
func (v *viewer) agreesWithin(s *screen, levels int) {
	v.tb.Helper()
	got, lossy, want := v.decoder.Picture(), v.decoder.Lossy(), rgba(s.released)
	if got.Rect.Size() != s.size || !bytes.Equal(lossy.Pix, v.lossy.alpha()) {
		v.tb.Fatalf("%v is shown, %d pixels lossy, want %v, %d", got.Rect.Size(), count(lossy.Pix), s.size, count(v.lossy.alpha()))
	}
	far, g := 0, v.stream.canvas.grid
	for i := range g.len() {
		cell := g.cell(i)
		known := v.stream.losses.parts[i].in(cell.Min)
		for y := cell.Min.Y; y < cell.Max.Y; y++ {
			at := y*s.size.X + cell.Min.X
			far += v.agreesIn(got.Pix[4*at:][:4*cell.Dx()], want.Pix[4*at:], lossy.Pix[at:], cell.Min.X, y, known)
		}
	}
	if n := count(lossy.Pix); far > 3*levels*n {
		v.tb.Fatalf("lossy pixels are off by %d levels", far/(3*n))
	}
}

// agreesIn is agrees for a part of a row, from x on. It returns by how many
// levels lossy pixels, which lie in known, are off.
func (v *viewer) agreesIn(got, want, lossy []byte, x, y int, known image.Rectangle) (far int) {
	v.tb.Helper()
	if bytes.Equal(got, want[:len(got)]) && known.Empty() && count(lossy[:len(got)/4]) == 0 {
		return 0
	}
	for i := range len(got) / 4 {
		a, b, at := got[4*i:4*i+4], want[4*i:4*i+4], image.Pt(x+i, y)
		switch {
		case lossy[i] == 0 && [4]byte(a) != [4]byte(b):
			v.tb.Fatalf("the exact pixel at %v is %v, want %v", at, a, b)
		case lossy[i] != 0 && !at.In(known):
			v.tb.Fatalf("the stream takes the lossy pixel at %v for exact", at)
		case lossy[i] != 0:
			far += abs(int(a[0])-int(b[0])) + abs(int(a[1])-int(b[1])) + abs(int(a[2])-int(b[2]))
		}
	}
	return far
}

// count returns how many bytes are not 0.
func count(b []byte) int { return len(b) - bytes.Count(b, []byte{0}) }

// lossMap follows which pixels are lossy by SPEC.md 7.5 alone.
type lossMap struct {
	size  image.Point
	lossy []bool
}

// apply follows an update, whose tiles inflated to data.
func (m *lossMap) apply(tb testing.TB, u *protocol.Update, data []byte) {
	tb.Helper()
	if len(u.Reset) > 0 {
		m.size = image.Pt(int(u.Reset[1]), int(u.Reset[2]))
		m.lossy = make([]bool, m.size.X*m.size.Y)
	}
	before := slices.Clone(m.lossy)
	for c := u.Copies; len(c) > 0; c = c[6:] {
		for y := range c[5] {
			copy(m.lossy[int(c[3]+y)*m.size.X+int(c[2]):][:c[4]], before[int(c[1]+y)*m.size.X+int(c[0]):][:c[4]])
		}
	}
	for len(data) > 0 {
		area, codes, err := cutTile(data, newGrid(m.size))
		if err != nil {
			tb.Fatal(err)
		}
		if data, err = decodeCodes(make([]uint32, area.Dx()*area.Dy()), area.Dx(), codes); err != nil {
			tb.Fatal(err)
		}
		m.set(area, false)
	}
	for _, j := range u.JPEGs {
		m.set(image.Rect(int(j.X), int(j.Y), int(j.X)+int(j.W), int(j.Y)+int(j.H)), true)
	}
}

func (m *lossMap) set(area image.Rectangle, lossy bool) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			m.lossy[y*m.size.X+x] = lossy
		}
	}
}

// alpha returns the map as a decoder tells it.
func (m *lossMap) alpha() []byte {
	pix := make([]byte, len(m.lossy))
	for i, lossy := range m.lossy {
		if lossy {
			pix[i] = 0xff
		}
	}
	return pix
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

// upToDate is a viewer that has all of the screen, exactly.
func upToDate(t *testing.T, s *screen, c *Canvas) *viewer {
	t.Helper()
	s.show(c)
	v := keen(t, c)
	v.settle()
	v.sees(s)
	v.jpegs, v.copies, v.size = 0, 0, 0
	return v
}

// settle takes moments whenever Stale fires, until it does not for a second,
// and returns when the last one came.
func (v *viewer) settle() (took time.Duration) {
	v.tb.Helper()
	began := time.Now()
	for {
		select {
		case <-v.stream.Stale():
			if v.next() {
				took = time.Since(began)
			}
		case <-time.After(time.Second):
			return took
		}
	}
}
