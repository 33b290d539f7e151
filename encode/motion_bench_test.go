package encode

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"telestrator/protocol"
)

// Benchmarks of what moves, on a screen of 1920 x 1080 with a photograph on it:
//
//	scroll    a page of 1280 x 960, 66 rows a frame
//	sideways  the same page to the left, 48 columns a frame
//	drag      a window of 800 x 600, up to 14 columns and 8 rows a frame
//	film      640 x 360, another picture in every frame: nothing moves
//
// ms/compare is what Compare takes, ms/next what the viewer's stream takes.
var motions = []struct {
	name string
	make func(tb testing.TB) (*screen, func(n int))
}{
	{"scroll", func(tb testing.TB) (*screen, func(int)) {
		s, doc := overPhoto(tb), document(image.Pt(1280, 6000))
		return s, func(n int) { s.blit(image.Rect(320, 60, 1600, 1020), doc, image.Pt(0, bounce(n*66, 5000))) }
	}},
	{"sideways", func(tb testing.TB) (*screen, func(int)) {
		s, doc := overPhoto(tb), document(image.Pt(4000, 960))
		return s, func(n int) { s.blit(image.Rect(320, 60, 1600, 1020), doc, image.Pt(bounce(n*48, 2600), 0)) }
	}},
	{"drag", func(tb testing.TB) (*screen, func(int)) {
		s, window := overPhoto(tb), notes()
		under, at := s.copyOf(), image.Rectangle{}
		return s, func(n int) {
			s.blit(at, under, at.Min)
			at = window.area.Add(dragged(n))
			s.blit(at, window, image.Point{})
		}
	}},
	{"film", func(tb testing.TB) (*screen, func(int)) {
		s, area := overPhoto(tb), image.Rect(640, 300, 1280, 660)
		var frames []canvasOf
		for i := range 8 {
			frames = append(frames, imageOf(photoOf(uint64(10+i), area.Sub(area.Min))))
		}
		return s, func(n int) { s.blit(area, frames[n%len(frames)], image.Point{}) }
	}},
}

// canvasOf is pixels to blit from.
type canvasOf struct {
	area image.Rectangle
	pix  raster
}

func imageOf(img *image.RGBA) canvasOf {
	c := canvasOf{img.Rect, raster{make([]byte, len(img.Pix)), img.Stride}}
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4]
		binary.LittleEndian.PutUint32(c.pix.pix[i:], uint32(p[0])<<16|uint32(p[1])<<8|uint32(p[2]))
	}
	return c
}

// blit copies what lies at from in src to r.
func (s *screen) blit(r image.Rectangle, src canvasOf, from image.Point) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		sy := from.Y + y - r.Min.Y
		copy(s.pix.span(y, r.Min.X, r.Max.X), src.pix.span(sy, from.X, from.X+r.Dx()))
	}
	s.damage = append(s.damage, r)
}

// copyOf returns the screen's pixels.
func (s *screen) copyOf() canvasOf {
	return canvasOf{s.bounds(), raster{append([]byte(nil), s.pix.pix...), s.pix.stride}}
}

// timed shows the screen and returns the nanoseconds of Compare.
func (s *screen) timed(c *Canvas) int64 {
	s.guard.Begin()
	p, changed, err := s.guard.Release(s.pix.pix, s.pix.stride, s.size, s.damage, s.reset)
	if err != nil {
		s.tb.Fatal(err)
	}
	began := time.Now()
	c.Compare(p, changed, s.geometry)
	took := time.Since(began)
	s.released, s.damage, s.reset = p, s.damage[:0], false
	return took.Nanoseconds()
}

// overPhoto is a screen with a photograph.
func overPhoto(tb testing.TB) *screen {
	s := newScreen(tb, desktop.Dx(), desktop.Dy())
	s.blit(desktop, imageOf(photo(1)), image.Point{})
	return s
}

// bounce goes from 0 to most and back again.
func bounce(n, most int) int { return most - abs(n%(2*most)-most) }

// dragged is where a hand has a window in frame n.
func dragged(n int) image.Point {
	t := float64(n) / 60
	return image.Pt(560+int(500*math.Sin(t*1.7)), 240+int(200*math.Sin(t*2.3+1)))
}

// document is lines of words without an end.
func document(size image.Point) canvasOf {
	img := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for i := 0; 22*i < size.Y; i++ {
		scribble(img, image.Pt(60, 22*i+17), size.X/8, uint64(i), color.Black)
	}
	return imageOf(img)
}

// scribble draws a line of n letters at most.
func scribble(img *image.RGBA, at image.Point, n int, seed uint64, ink color.Color) {
	line, rnd := make([]byte, 0, n), seed*2654435761+12345
	for range n/2 + int(rnd>>8)%(n/2) {
		rnd = rnd*6364136223846793005 + 1442695040888963407
		line = append(line, "etaoin shrdlu cmfwyp vbgkqj xz "[min(rnd>>33%31, rnd>>48%31)])
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(at.X, at.Y)}
	d.DrawBytes(line)
}

// notes is a window with a title, a list and a text.
func notes() canvasOf {
	img := image.NewRGBA(image.Rect(0, 0, 800, 600))
	paint := func(r image.Rectangle, c color.RGBA) { draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src) }
	paint(img.Rect, color.RGBA{0xfa, 0xfa, 0xfa, 255})
	paint(image.Rect(0, 0, 800, 30), color.RGBA{0x3b, 0x4a, 0x6b, 255})
	paint(image.Rect(0, 30, 200, 600), color.RGBA{0xe6, 0xea, 0xf0, 255})
	scribble(img, image.Pt(12, 20), 24, 99, color.White)
	for i := range 26 {
		scribble(img, image.Pt(216, 60+20*i), 76, uint64(i), color.Black)
		scribble(img, image.Pt(14, 60+20*i), 16, uint64(50+i%7), color.RGBA{0x40, 0x50, 0x70, 255})
	}
	return imageOf(img)
}

// BenchmarkMotion shows a frame, and lets the stream have it all.
func BenchmarkMotion(b *testing.B) {
	for _, m := range motions {
		b.Run(m.name, func(b *testing.B) {
			s, step := m.make(b)
			c := NewCanvas()
			stream := c.NewStream()
			stream.Use(true, false)
			var updates []protocol.Update
			wire, copies, comparing, n := 0, 0, int64(0), 0
			frame := func() {
				step(n)
				n++
				s.show(c)
			}
			for range 3 {
				frame()
				for updates = mustNext(b, stream, updates); len(updates) > 0; updates = mustNext(b, stream, updates) {
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				step(n)
				n++
				comparing += s.timed(c)
				b.StartTimer()
				for more := true; more; more = len(updates) > 0 {
					updates = mustNext(b, stream, updates)
					wire += wireSize(updates)
					for i := range updates {
						copies += len(updates[i].Copies) / 6
					}
				}
			}
			per := func(n int64) float64 { return float64(n) / float64(b.N) }
			b.ReportMetric(per(b.Elapsed().Nanoseconds())/1e6, "ms/next")
			b.ReportMetric(per(comparing)/1e6, "ms/compare")
			b.ReportMetric(per(int64(wire)), "B/frame")
			b.ReportMetric(per(int64(copies)), "copies/frame")
		})
	}
}
