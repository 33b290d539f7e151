package encode

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// workloads are what applications do to a screen of 1920 x 1080, step by step:
//
//	typing  a character and the cursor after it, in a dark terminal of 96 x 30
//	scroll  a page of 1280 x 960 by three lines of text
//	drag    a window of 800 x 600 over a photograph
//	film    640 x 360, over a photograph
//	motion  a film over the whole screen
//	slides  another photograph over the whole screen
//
// Each step begins and ends with a number in black and white, in two corners.
var workloads = []struct {
	name  string
	start func(tb testing.TB, s *screen) (step func(n int))
}{
	{"typing", startTyping}, {"scroll", startScroll}, {"drag", startDrag},
	{"film", startFilm(image.Rect(640, 300, 1280, 660))}, {"motion", startFilm(desktop)}, {"slides", startSlides},
}

// newWorkload returns the screen of a workload, and its steps.
func newWorkload(tb testing.TB, i int) (s *screen, step func(n int)) {
	s = newScreen(tb, desktop.Dx(), desktop.Dy())
	s.draw(desktop, wallpaper(), image.Point{})
	work := workloads[i].start(tb, s)
	return s, func(n int) {
		s.number(image.Point{}, n)
		work(n)
		s.number(image.Pt(desktop.Dx()-24*8, desktop.Dy()-8), n)
	}
}

var wallpaper = sync.OnceValue(func() *image.RGBA { return photo(1) })

// draw paints r with src, from at on.
func (s *screen) draw(r image.Rectangle, src *image.RGBA, at image.Point) {
	r = r.Intersect(s.bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from := src.Pix[src.PixOffset(at.X, at.Y+y-r.Min.Y):]
		row := s.pix.span(y, r.Min.X, r.Max.X)
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = from[i+2], from[i+1], from[i], 0
		}
	}
	s.damage = append(s.damage, r)
}

// number paints n as 24 squares, with check bits that change with it.
func (s *screen) number(at image.Point, n int) {
	word := uint32(n)<<8 | uint32(n)*0x9d>>3&0xff
	s.fill(image.Rectangle{Min: at, Max: at.Add(image.Pt(24*8, 8))}, func(x, _ int) uint32 {
		return -(word >> (23 - (x-at.X)/8) & 1) & 0xffffff
	})
}

// face returns a font in a size.
func face(tb testing.TB, ttf []byte, size float64) font.Face {
	tb.Helper()
	f, err := opentype.Parse(ttf)
	if err != nil {
		tb.Fatal(err)
	}
	sized, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		tb.Fatal(err)
	}
	return sized
}

// sheet is an image of one colour.
func sheet(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

func write(img *image.RGBA, f font.Face, x, y int, c color.Color, line string) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(line)
}

// words returns so many letters of prose.
func words(rnd *rand.Rand, n int) string {
	line := make([]byte, n)
	for i := range line {
		line[i] = "etaoin shrdlu cmfwyp vbgkqj xz "[min(rnd.IntN(31), rnd.IntN(31))]
	}
	return string(line)
}

func startTyping(tb testing.TB, s *screen) func(n int) {
	const columns, rows, w, h = 96, 30, 10, 20
	terminal := image.Rect(240, 180, 240+columns*w, 180+rows*h)
	glyphs, f := sheet(97*w, h, color.RGBA{0x1e, 0x1e, 0x2e, 255}), face(tb, gomono.TTF, 16)
	for i := range 95 {
		write(glyphs, f, i*w, 16, color.RGBA{0xd8, 0xde, 0xe9, 255}, string(rune(32+i)))
	}
	draw.Draw(glyphs, image.Rect(96*w, 0, 97*w, h), image.NewUniform(color.RGBA{0xf5, 0xe0, 0xdc, 255}), image.Point{}, draw.Src)
	cell := func(ch byte, column, row int) {
		at := terminal.Min.Add(image.Pt(column*w, row*h))
		s.draw(image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}, glyphs, image.Pt(int(ch-32)*w, 0))
	}
	rnd, column, row := rand.New(rand.NewPCG(11, 0)), 0, 0
	text := words(rnd, 4000)
	for i := range columns * rows {
		if cell(' ', i%columns, i/columns); i < 25*columns {
			cell(text[i], i%columns, i/columns)
		}
	}
	row = 25
	return func(n int) {
		if cell(text[n%len(text)], column, row); column == columns-1 {
			column, row = 0, 25+(row-24)%4
		} else {
			column++
		}
		cell(32+96, column, row)
	}
}

func startScroll(tb testing.TB, s *screen) func(n int) {
	const height, lines = 22, 240
	page := image.Rect(320, 60, 1600, 1020)
	doc, f, rnd := sheet(page.Dx(), lines*height, color.White), face(tb, goregular.TTF, 16), rand.New(rand.NewPCG(12, 0))
	for i := range lines {
		write(doc, f, 60, i*height+17, color.RGBA{0x22, 0x22, 0x22, 255}, words(rnd, rnd.IntN(160)))
	}
	steps := (doc.Rect.Dy() - page.Dy()) / (3 * height)
	return func(n int) { s.draw(page, doc, image.Pt(0, 3*height*forthAndBack(n, steps))) }
}

// forthAndBack goes from 0 to last and back, again and again.
func forthAndBack(n, last int) int {
	if n %= 2 * last; n > last {
		return 2*last - n
	}
	return n
}

func startDrag(tb testing.TB, s *screen) func(n int) {
	window, f, rnd := sheet(800, 600, color.RGBA{0xfa, 0xfa, 0xfa, 255}), face(tb, goregular.TTF, 14), rand.New(rand.NewPCG(13, 0))
	draw.Draw(window, image.Rect(0, 0, 800, 30), image.NewUniform(color.RGBA{0x3b, 0x4a, 0x6b, 255}), image.Point{}, draw.Src)
	draw.Draw(window, image.Rect(0, 30, 200, 600), image.NewUniform(color.RGBA{0xe6, 0xea, 0xf0, 255}), image.Point{}, draw.Src)
	for i := range 26 {
		write(window, f, 14, 60+i*20, color.RGBA{0x40, 0x50, 0x70, 255}, words(rnd, 12))
		write(window, f, 216, 60+i*20, color.Black, words(rnd, 70))
	}
	last := image.Rectangle{}
	return func(n int) {
		t := float64(n) / 60
		at := image.Pt(int(560+500*math.Sin(1.7*t)), int(240+200*math.Sin(2.3*t+1)))
		s.draw(last, wallpaper(), last.Min)
		last = window.Rect.Add(at)
		s.draw(last, window, image.Point{})
	}
}

// startFilm pans over a photograph, with grain that is new in every picture.
func startFilm(frame image.Rectangle) func(tb testing.TB, s *screen) func(n int) {
	return func(_ testing.TB, s *screen) func(n int) {
		scene := photoOf(2, image.Rect(0, 0, frame.Dx()+100, frame.Dy()+60))
		rnd, picture := rand.New(rand.NewPCG(14, 0)), image.NewRGBA(image.Rectangle{Max: frame.Size()})
		return func(n int) {
			from := image.Pt(forthAndBack(2*n, 100), forthAndBack(n, 60))
			for y := range frame.Dy() {
				row := picture.Pix[y*picture.Stride:][:4*frame.Dx()]
				copy(row, scene.Pix[scene.PixOffset(from.X, from.Y+y):])
				for i := 0; i < len(row); i += 8 {
					row[i] ^= byte(rnd.Uint32() & 3)
				}
			}
			s.draw(frame, picture, image.Point{})
		}
	}
}

func startSlides(_ testing.TB, s *screen) func(n int) {
	slides := []*image.RGBA{photo(3), photo(4), photo(5)}
	return func(n int) { s.draw(desktop, slides[n%3], image.Point{}) }
}
