package encode

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"telestrator/privacy"
	"telestrator/protocol"
)

// Benchmarks on a screen of 1920 x 1080. Each content is two pictures that
// alternate, and the damage between them:
//
//	typing  a few letters in a page of text
//	text    another page of text
//	scroll  the page of text, moved by two lines
//	photo   another photo, 1184 x 560, in a page of text
//	full    a page of text, then a photo, over the whole screen
//	idle    damage of the whole screen and no change
//
// ms/frame is wall time, B/frame what the update takes on the wire.
var contents = []struct {
	name string
	make func(tb testing.TB) *film
}{
	{"typing", func(tb testing.TB) *film {
		line := image.Rect(500, 400, 556, 413)
		return newFilm(tb, page(1), painted(page(1), line, page(2)), line)
	}},
	{"text", func(tb testing.TB) *film { return newFilm(tb, page(1), page(2), desktop) }},
	{"scroll", func(tb testing.TB) *film {
		up := image.NewRGBA(desktop)
		draw.Draw(up, desktop, page(2), image.Point{}, draw.Src)
		draw.Draw(up, image.Rect(0, 0, 1920, 1050), page(1), image.Pt(0, 30), draw.Src)
		return newFilm(tb, page(1), up, desktop)
	}},
	{"photo", func(tb testing.TB) *film {
		frame := image.Rect(300, 200, 1484, 760)
		return newFilm(tb, painted(page(1), frame, photo(1)), painted(page(1), frame, photo(2)), frame)
	}},
	{"full", func(tb testing.TB) *film { return newFilm(tb, page(1), photo(1), desktop) }},
	{"idle", func(tb testing.TB) *film { return newFilm(tb, page(1), page(1), desktop) }},
}

var desktop = image.Rect(0, 0, 1920, 1080)

// film is two released pictures in turn.
type film struct {
	pictures [2]*privacy.Picture
	damage   []image.Rectangle
	frame    int
}

func newFilm(tb testing.TB, a, b *image.RGBA, damage image.Rectangle) *film {
	f := &film{damage: []image.Rectangle{damage}}
	for i, img := range []*image.RGBA{a, b} {
		s := newScreen(tb, img.Rect.Dx(), img.Rect.Dy())
		s.fill(s.bounds(), func(x, y int) uint32 {
			c := img.RGBAAt(x, y)
			return uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
		})
		s.show(NewCanvas())
		f.pictures[i] = s.released
	}
	return f
}

// show makes the next picture the canvas's newest.
func (f *film) show(c *Canvas) {
	c.Compare(f.pictures[f.frame%2], f.damage, Geometry{Generation: 1})
	f.frame++
}

// page is lines of words, black on white.
func page(seed uint64) *image.RGBA {
	rnd := rand.New(rand.NewPCG(seed, 0))
	img := image.NewRGBA(desktop)
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := 20; y < img.Rect.Dy(); y += 15 {
		line := make([]byte, 20+rnd.IntN(200))
		for i := range line {
			line[i] = "etaoin shrdlu cmfwyp vbgkqj xz "[min(rnd.IntN(31), rnd.IntN(31))]
		}
		d := font.Drawer{Dst: img, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(12, y)}
		d.DrawBytes(line)
	}
	return img
}

// photo is slow waves of colour, with the grain of a sensor.
func photo(seed uint64) *image.RGBA { return photoOf(seed, desktop) }

func photoOf(seed uint64, area image.Rectangle) *image.RGBA {
	rnd := rand.New(rand.NewPCG(seed, 0))
	img := image.NewRGBA(area)
	a, b, c := rnd.Float64()*6, rnd.Float64()*6, rnd.Float64()*6
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			u, v := float64(x)/90, float64(y)/70
			level := func(phase float64) uint8 {
				return uint8(120 + 60*math.Sin(u+phase) + 50*math.Cos(v+u/3+phase) + 4*rnd.NormFloat64())
			}
			img.SetRGBA(x, y, color.RGBA{level(a), level(b), level(c), 255})
		}
	}
	return img
}

// painted paints r of src over dst.
func painted(dst *image.RGBA, r image.Rectangle, src *image.RGBA) *image.RGBA {
	draw.Draw(dst, r, src, r.Min, draw.Src)
	return dst
}

// perFrame reports the time of one frame in milliseconds.
func perFrame(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e6/float64(b.N), "ms/frame")
}

func BenchmarkCompare(b *testing.B) {
	for _, content := range contents {
		b.Run(content.name, func(b *testing.B) {
			film, c := content.make(b), NewCanvas()
			film.show(c)
			s := c.NewStream()
			s.Use(true, true)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				for updates := mustNext(b, s, nil); len(updates) > 0; updates = mustNext(b, s, updates) {
				}
				b.StartTimer()
				film.show(c)
			}
			perFrame(b)
		})
	}
}

// BenchmarkNext times reading alone, until the viewer has it all.
func BenchmarkNext(b *testing.B) {
	for _, content := range contents[:5] {
		b.Run(content.name, func(b *testing.B) {
			film, c := content.make(b), NewCanvas()
			film.show(c)
			s := c.NewStream()
			s.Use(true, true)
			wire := 0
			var updates []protocol.Update
			next := func() {
				for more := true; more; more = len(updates) > 0 {
					updates = mustNext(b, s, updates)
					wire += wireSize(updates)
				}
			}
			for range 3 { // so that all buffers have their size
				next()
				film.show(c)
			}
			wire = 0
			b.ReportAllocs()
			for b.Loop() {
				next()
				b.StopTimer()
				film.show(c)
				b.StartTimer()
			}
			perFrame(b)
			b.ReportMetric(float64(wire)/float64(b.N), "B/frame")
		})
	}
}

// mustNext takes a moment into the slice of the last one.
func mustNext(tb testing.TB, s *Stream, updates []protocol.Update) []protocol.Update {
	updates, err := s.Next(updates[:0])
	if err != nil {
		tb.Fatal(err)
	}
	return updates
}

// wireSize is what updates take on the wire, but for some bytes each.
func wireSize(updates []protocol.Update) (n int) {
	for i := range updates {
		n += len(updates[i].Tiles) + 3*len(updates[i].Copies) + 24
		for _, j := range updates[i].JPEGs {
			n += len(j.Data) + 16
		}
	}
	return n
}

// BenchmarkDecode times a frame out and the frame back.
func BenchmarkDecode(b *testing.B) {
	for _, content := range contents[:5] {
		b.Run(content.name, func(b *testing.B) {
			film, c := content.make(b), NewCanvas()
			film.show(c)
			s, d := c.NewStream(), NewDecoder()
			s.Use(true, true)
			record := func() (updates []protocol.Update) {
				for {
					next := mustNext(b, s, nil)
					if len(next) == 0 {
						return updates
					}
					for _, u := range next {
						u.Tiles, u.Reset, u.Copies = slices.Clone(u.Tiles), slices.Clone(u.Reset), slices.Clone(u.Copies)
						updates = append(updates, u)
					}
				}
			}
			play := func(updates []protocol.Update) {
				for i := range updates {
					if err := d.Decode(&updates[i]); err != nil {
						b.Fatal(err)
					}
				}
			}
			play(record())
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				film.show(c)
				updates := record()
				b.StartTimer()
				play(updates)
			}
			perFrame(b)
		})
	}
}
