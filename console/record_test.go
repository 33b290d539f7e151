package console

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// scenes are what the console is timed on, each some pictures of a screen of
// 1920 x 1080 as a device sends them:
//
//	typing  a character a picture, in a terminal before a photo
//	scroll  a page of 1280 x 960, three lines a picture
//	drag    a window of 800 x 600 over a photo
//	film    all of the screen changes, as JPEGs
var scenes = []struct {
	name     string
	pictures int
	draw     func(s *screen, n int)
}{
	{"typing", 180, drawTyping},
	{"scroll", 120, drawScroll},
	{"drag", 120, drawDrag},
	{"film", 40, drawFilm},
}

var (
	whole    = image.Rect(0, 0, 1920, 1080)
	terminal = image.Rect(240, 180, 1200, 780)
	page     = image.Rect(320, 60, 1600, 1020)
	window   = image.Rect(0, 0, 800, 600)
)

// screen is a screen and the viewer of it.
type screen struct {
	testing.TB
	img    *image.RGBA
	pix    []byte // BGRX
	guard  *privacy.Guard
	canvas *encode.Canvas
	stream *encode.Stream
	photo  *image.RGBA
	sheet  *image.RGBA // what scrolls, or is dragged
	waves  [2]*image.Gray
	parts  uint32
	last   image.Rectangle
	shows  *encode.Decoder // what the viewer has to show
}

func newScreen(tb testing.TB) *screen {
	tb.Helper()
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		tb.Fatal(err)
	}
	s := &screen{TB: tb, img: image.NewRGBA(whole), pix: make([]byte, 4*1920*1080), guard: guard, canvas: encode.NewCanvas(), shows: encode.NewDecoder()}
	s.stream = s.canvas.NewStream()
	s.stream.Use(true, true)
	s.waves = [2]*image.Gray{wave(1), wave(2)}
	s.photo = image.NewRGBA(whole)
	s.blend(s.photo, 0)
	draw.Draw(s.img, whole, s.photo, image.Point{}, draw.Src)
	return s
}

// wave is slow waves of grey with the grain of a sensor, larger than the screen.
func wave(seed uint32) *image.Gray {
	var sine [1024]uint8
	for i := range sine {
		sine[i] = uint8(60 + 56*math.Sin(2*math.Pi*float64(i)/1024))
	}
	img := image.NewGray(image.Rect(0, 0, 2400, 1400))
	for y := range 1400 {
		for x, i := 0, 2400*y; x < 2400; x, i = x+1, i+1 {
			seed = seed*1664525 + 1013904223
			img.Pix[i] = sine[(7*x+3*y)>>3&1023] + sine[(8*y+2*x)>>3&1023] + uint8(seed>>29)
		}
	}
	return img
}

// blend paints a picture that is another one everywhere for each n.
func (s *screen) blend(dst *image.RGBA, n int) {
	for y := range 1080 {
		a, b := s.waves[0].Pix[(y+3*n)*2400+5*n:], s.waves[1].Pix[(y+260-3*n)*2400+450-6*n:]
		row := dst.Pix[y*dst.Stride:]
		for x := range 1920 {
			px := row[4*x : 4*x+4 : 4*x+4]
			px[0], px[1], px[2], px[3] = a[x], a[x]/2+b[x]/2, b[x], 255
		}
	}
}

// paper is lines of words in an area of its own.
func paper(w, h int, ink, ground color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	seed := uint32(w)
	for y := 20; y < h; y += 22 {
		line := make([]byte, 60+y%100)
		for i := range line {
			seed = seed*1664525 + 1013904223
			line[i] = "etaoin shrdlu cmfwyp vbgkqj xz "[seed>>16%31]
		}
		(&font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(12, y)}).DrawBytes(line)
	}
	return img
}

func drawTyping(s *screen, n int) {
	if n == 0 {
		draw.Draw(s.img, terminal, paper(960, 600, color.White, color.RGBA{30, 30, 46, 255}), image.Point{}, draw.Src)
		s.show(whole)
		return
	}
	place := image.Pt(terminal.Min.X+12+n%90*10, terminal.Min.Y+20+n/90*22)
	area := image.Rect(0, -14, 20, 6).Add(place)
	draw.Draw(s.img, area, image.NewUniform(color.RGBA{30, 30, 46, 255}), image.Point{}, draw.Src)
	(&font.Drawer{Dst: s.img, Src: image.White, Face: basicfont.Face7x13, Dot: fixed.P(place.X, place.Y)}).DrawBytes([]byte{byte('a' + n*7%26)})
	s.show(area)
}

func drawScroll(s *screen, n int) {
	if n == 0 {
		s.sheet = paper(1280, 960+66*90, color.Gray{34}, color.White)
	}
	down := n % 180
	if down > 90 {
		down = 180 - down
	}
	draw.Draw(s.img, page, s.sheet, image.Pt(0, 66*down), draw.Src)
	s.show(whole)
}

func drawDrag(s *screen, n int) {
	if n == 0 {
		s.sheet = paper(800, 600, color.Black, color.RGBA{240, 240, 235, 255})
		s.last = window
	}
	angle := 2 * math.Pi * float64(n) / 120
	area := window.Add(image.Pt(560+int(480*math.Sin(angle)), 240+int(220*math.Cos(angle))))
	draw.Draw(s.img, s.last, s.photo, s.last.Min, draw.Src)
	draw.Draw(s.img, area, s.sheet, image.Point{}, draw.Src)
	damage := area.Union(s.last)
	s.last = area
	if n == 0 {
		damage = whole
	}
	s.show(damage)
}

func drawFilm(s *screen, n int) {
	s.blend(s.img, n)
	s.show(whole)
}

// show makes what was drawn the canvas's newest picture.
func (s *screen) show(damage image.Rectangle) {
	damage = damage.Intersect(whole)
	for y := damage.Min.Y; y < damage.Max.Y; y++ {
		from, to := s.img.PixOffset(damage.Min.X, y), s.img.PixOffset(damage.Max.X, y)
		for i := from; i < to; i += 4 {
			s.pix[i], s.pix[i+1], s.pix[i+2] = s.img.Pix[i+2], s.img.Pix[i+1], s.img.Pix[i]
		}
	}
	s.guard.Begin()
	picture, changed, err := s.guard.Release(s.pix, 4*1920, whole.Size(), []image.Rectangle{damage}, false)
	if err != nil {
		s.Fatal(err)
	}
	s.canvas.Compare(picture, changed, encode.Geometry{Generation: 1})
}

// next is what the viewer is sent now: messages, as they leave.
func (s *screen) next() (t take) {
	updates, err := s.stream.Next(nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := range updates {
		t.number = updates[i].Number
		if err := s.shows.Decode(&updates[i]); err != nil {
			s.Fatal(err)
		}
		data, err := protocol.Append(nil, &updates[i])
		if err != nil {
			s.Fatal(err)
		}
		messages, used, err := protocol.Split(data, s.parts+1, protocol.MaxPart)
		if err != nil {
			s.Fatal(err)
		}
		if used {
			s.parts++
		}
		t.wire = append(t.wire, messages...)
	}
	return t
}

// take is one picture as it leaves: its messages, and the number of its last update.
type take struct {
	wire   [][]byte
	number uint32
}

// shift scrolls what is on the screen, whatever it is.
func shift(s *screen) {
	draw.Draw(s.img, page, s.img, page.Min.Add(image.Pt(0, 66)), draw.Src)
	s.show(page)
}

// record draws a scene and keeps what its viewer is sent. The first picture is
// all of the screen.
func record(s *screen, pictures int, draw func(s *screen, n int)) (takes []take) {
	defer s.stream.Close()
	for n := range pictures {
		draw(s, n)
		t := s.next()
		for n == 0 {
			more := s.next()
			if more.number == 0 {
				break
			}
			t.wire, t.number = append(t.wire, more.wire...), more.number
		}
		takes = append(takes, t)
	}
	return takes
}
