package encode

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

var update = flag.Bool("update", false, "write testdata/stream.json anew")

// sharedFile holds update streams and what they show. The console's decoder
// reads it too; testdata/README.md describes it.
const sharedFile = "testdata/stream.json"

type sharedStream struct {
	Name    string         `json:"name"`
	Meaning string         `json:"meaning"`
	Updates []sharedUpdate `json:"updates"`
}

type sharedUpdate struct {
	Number   uint32        `json:"number"`
	Moment   uint32        `json:"moment"`
	Last     bool          `json:"last"`
	Time     uint64        `json:"time"`
	Reset    []uint32      `json:"reset"`
	Copies   []uint32      `json:"copies"`
	Inflated uint32        `json:"inflated"`
	Tiles    string        `json:"tiles"`
	JPEGs    []sharedJPEG  `json:"jpegs,omitempty"`
	Code     string        `json:"code"`  // what tiles inflates to, as far as it does
	Error    protocol.Code `json:"error"` // 0, or why it is refused
	Shown    *sharedShown  `json:"shown"` // after it; null before anything is shown
}

type sharedJPEG struct {
	X      uint16 `json:"x"`
	Y      uint16 `json:"y"`
	Width  uint16 `json:"width"`
	Height uint16 `json:"height"`
	Data   string `json:"data"`
}

type sharedShown struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	SHA256 string `json:"sha256"`          // of red, green, blue of each pixel, 0 where it is lossy
	Lossy  string `json:"lossy,omitempty"` // the SHA-256 of 1 for each lossy pixel and 0 for others, if there are any
}

// shown describes what a decoder shows.
func shown(d *Decoder) *sharedShown {
	img, lossy := d.Picture(), d.Lossy().Pix
	if img.Rect.Empty() {
		return nil
	}
	rgb := make([]byte, 3*len(lossy))
	for i, l := range lossy {
		if l == 0 {
			copy(rgb[3*i:], img.Pix[4*i:4*i+3])
		} else {
			lossy[i] = 1
		}
	}
	s := &sharedShown{Width: img.Rect.Dx(), Height: img.Rect.Dy(), SHA256: sum(rgb)}
	if bytes.Contains(lossy, []byte{1}) {
		s.Lossy = sum(lossy)
	}
	return s
}

func sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// message returns the update as it comes off the wire.
func (u sharedUpdate) message(tb testing.TB) *protocol.Update {
	tb.Helper()
	m := &protocol.Update{
		Number: u.Number, Moment: u.Moment, Last: u.Last, Time: u.Time,
		Reset: u.Reset, Copies: u.Copies, Inflated: u.Inflated, Tiles: fromHex(tb, u.Tiles),
	}
	for _, j := range u.JPEGs {
		m.JPEGs = append(m.JPEGs, protocol.JPEG{X: j.X, Y: j.Y, W: j.Width, H: j.Height, Data: fromHex(tb, j.Data)})
	}
	return m
}

func fromHex(tb testing.TB, text string) []byte {
	tb.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// verdict returns the code that the decoder refuses an update with, or 0.
func verdict(tb testing.TB, d *Decoder, u *protocol.Update) protocol.Code {
	tb.Helper()
	var refused *DecodeError
	if err := d.Decode(u); errors.As(err, &refused) {
		return refused.Code
	} else if err != nil {
		tb.Fatalf("%T: %v", err, err)
	}
	return 0
}

func TestShared(t *testing.T) {
	if *update {
		writeShared(t)
	}
	text, err := os.ReadFile(sharedFile)
	if err != nil {
		t.Fatal(err)
	}
	var streams []sharedStream
	if err := json.Unmarshal(text, &streams); err != nil {
		t.Fatal(err)
	}
	if len(streams) < len(sharedStreams) {
		t.Fatalf("%d streams: run with -update", len(streams))
	}
	for _, s := range streams {
		t.Run(s.Name, func(t *testing.T) { checkShared(t, s) })
	}
}

func checkShared(t *testing.T, s sharedStream) {
	d := NewDecoder()
	for _, u := range s.Updates {
		if got := verdict(t, d, u.message(t)); got != u.Error {
			t.Fatalf("update %d: code %d, want %d", u.Number, got, u.Error)
		}
		if u.Error == 0 && hex.EncodeToString(d.inflate.last(int(u.Inflated))) != u.Code {
			t.Fatalf("update %d inflates to something else", u.Number)
		}
		switch got := shown(d); {
		case (got == nil) != (u.Shown == nil):
			t.Fatalf("update %d: shown %v, want %v", u.Number, got, u.Shown)
		case got != nil && *got != *u.Shown:
			t.Fatalf("update %d: shown %v, want %v", u.Number, *got, *u.Shown)
		}
	}
}

// last returns the bytes of the last chunk.
func (f *inflater) last(n int) []byte { return f.out[len(f.out)-n:] }

func writeShared(t *testing.T) {
	var streams []sharedStream
	for _, s := range sharedStreams {
		stream := sharedStream{Name: s.name, Meaning: s.meaning}
		d := NewDecoder()
		for _, u := range s.make(t) {
			stream.Updates = append(stream.Updates, record(t, d, u))
		}
		streams = append(streams, stream)
	}
	if err := os.WriteFile(sharedFile, format(t, streams), 0o644); err != nil {
		t.Fatal(err)
	}
}

// format writes an update a line.
func format(t *testing.T, streams []sharedStream) []byte {
	var b bytes.Buffer
	line := func(before string, v any, after string) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(before + string(text) + after)
	}
	for i, s := range streams {
		b.WriteString([]string{"[\n", ",\n"}[min(i, 1)])
		line("{\"name\": ", s.Name, ",\n")
		line(" \"meaning\": ", s.Meaning, ",\n \"updates\": [\n")
		for j, u := range s.Updates {
			line("  ", u, []string{",\n", "\n ]}"}[(j+1)/len(s.Updates)])
		}
	}
	b.WriteString("\n]\n")
	return b.Bytes()
}

// record decodes an update and writes down what became of it.
func record(t *testing.T, d *Decoder, u *protocol.Update) sharedUpdate {
	code := verdict(t, d, u)
	r := noted(u)
	r.Error, r.Shown = code, shown(d)
	if code == 0 {
		r.Code = hex.EncodeToString(d.inflate.last(int(u.Inflated)))
	}
	return r
}

// noted is an update, without what becomes of it.
func noted(u *protocol.Update) sharedUpdate {
	r := sharedUpdate{
		Number: u.Number, Moment: u.Moment, Last: u.Last, Time: u.Time,
		Reset: append([]uint32{}, u.Reset...), Copies: append([]uint32{}, u.Copies...),
		Inflated: u.Inflated, Tiles: hex.EncodeToString(u.Tiles),
	}
	for _, j := range u.JPEGs {
		r.JPEGs = append(r.JPEGs, sharedJPEG{j.X, j.Y, j.W, j.H, hex.EncodeToString(j.Data)})
	}
	return r
}

// session is a stream as a device sends it: scribbles on a small screen, a
// refresh, and another size. It is the same each time.
func session(tb testing.TB) (updates []*protocol.Update) {
	rnd := rand.New(rand.NewPCG(1, 2))
	s, c := newScreen(tb, 150, 100), NewCanvas()
	stream := c.NewStream()
	stream.Clock = func() time.Duration { return 0 }
	for moment := range 16 {
		switch moment {
		case 5:
			stream.Reset()
		case 10:
			s.resize(67, 129)
		}
		s.fill(s.someRect(rnd), glyphs(rnd))
		s.fill(s.someRect(rnd).Intersect(image.Rect(0, 0, 40, 200)), shades(rnd))
		s.fill(s.someRect(rnd), solid(rnd.Uint32()&0xffffff))
		s.show(c)
		next, err := stream.Next(nil)
		if err != nil {
			tb.Fatal(err)
		}
		updates = append(updates, kept(next)...)
	}
	return updates
}

// kept returns updates that outlast the next call of Next.
func kept(updates []protocol.Update) (list []*protocol.Update) {
	for _, u := range updates {
		u.Tiles, u.Reset, u.Copies = slices.Clone(u.Tiles), slices.Clone(u.Reset), slices.Clone(u.Copies)
		u.JPEGs = slices.Clone(u.JPEGs)
		for i := range u.JPEGs {
			u.JPEGs[i].Data = slices.Clone(u.JPEGs[i].Data)
		}
		list = append(list, &u)
	}
	return list
}
