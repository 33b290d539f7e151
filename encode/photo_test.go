package encode

import (
	"encoding/binary"
	"image"
	"image/color"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"telestrator/capture/capturetest"
)

// letters is lines of words in two colours; smooth in the way of screens with
// stripes of colour, if wanted, so that there are hundreds of shades.
func letters(ink, paper uint32, smooth bool) func(x, y int) uint32 {
	return func(x, y int) uint32 { return mix(ink, paper, coverage(x, y, smooth)) }
}

// glyphRow is a line of text, three times as wide as it is shown.
var glyphRow = sync.OnceValue(func() *image.Gray {
	glyphs := image.NewGray(image.Rect(0, 0, 1920, 13))
	d := font.Drawer{Dst: glyphs, Src: image.White, Face: basicfont.Face7x13, Dot: fixed.P(0, 10)}
	for i := range 1920 / 7 {
		d.DrawString(string("the quick brown fox jumps WMO@#%& over lazy dogs 0123456789"[i*i%59]))
	}
	return glyphs
})

// coverage is how much of a pixel's red, green and blue is ink.
func coverage(x, y int, smooth bool) (cover [3]int) {
	glyphs := glyphRow()
	for i := range cover {
		if !smooth {
			cover[i] = int(glyphs.GrayAt(x%1920, y%13).Y)
			continue
		}
		for j := range 3 { // a pixel is as wide as three of them, and a half
			cover[i] += int(glyphs.GrayAt((5*x/2+y/13*101+i+j)%1920, y%13).Y) / 3
		}
	}
	return cover
}

// mix lays ink over paper, by red, green and blue.
func mix(ink, paper uint32, cover [3]int) (p uint32) {
	for i, c := range cover {
		shift := 16 - 8*i
		a, b := int(ink>>shift&0xff), int(paper>>shift&0xff)
		p |= uint32((a*c+b*(255-c))/255) << shift
	}
	return p
}

// patternsOfUI is what must never come as a JPEG, however it changes.
var patternsOfUI = map[string]func(x, y int) uint32{
	"strokes":      text(1),
	"bitmap font":  letters(0, 0xffffff, false),
	"smooth font":  letters(0, 0xffffff, true),
	"light font":   letters(0xd0d0d0, 0x202830, true),
	"coloured":     letters(0xffdd99, 0x113355, true),
	"checkerboard": func(x, y int) uint32 { return uint32((x+y)&1) * 0xffffff },
	"icons":        func(x, y int) uint32 { return uint32(x/5*7919+y/5*104729) * 2654435761 >> 8 },
	"slope":        func(x, y int) uint32 { return uint32(y/3) * 0x010101 & 0xffffff },
	"one colour":   solid(0x336699),
}

func TestTextIsNeverPhotographic(t *testing.T) {
	t.Parallel()
	for name, colour := range patternsOfUI {
		synctest.Test(t, func(t *testing.T) {
			s, c := newScreen(t, 448, 256), NewCanvas()
			v := upToDate(t, s, c)
			for n := range 5 {
				s.fill(s.bounds(), func(x, y int) uint32 { return colour(x+29*n, y+17*n) })
				s.show(c)
				v.next()
				if v.jpegs > 0 {
					t.Fatalf("%s is taken for a photograph", name)
				}
				v.catchUp()
				v.sees(s)
				time.Sleep(20 * time.Millisecond)
			}
			v.stream.Close()
		})
	}
}

// What is a photograph is counted: at each limit, and one past it.
func TestPhotographicAtTheLimits(t *testing.T) {
	t.Parallel()
	const w, seen = 64, 64 * 64 / apart
	// picture has so many steps, of which so many are leaps, and not more of
	// those in a square than dense: all in one, if they fit. Every other pixel
	// is a step.
	picture := func(steps, leaps, dense int) []uint32 {
		one := leaps <= dense
		px := slices.Repeat([]uint32{0xff0000}, w*w) // between the rows that count
		squares := map[int]int{}
		for n := range seen {
			x, y := n%w, n/w*apart+apart-1
			level := px[max(y*w+x-1, y*w)] & 0xff
			if x%2 == 1 && steps > 0 {
				steps--
				step := uint32(reach)
				if q := y/square*w + x/square; leaps > 0 && squares[q] < dense && (q == 0 || !one) {
					squares[q]++
					leaps--
					step++
				}
				if level > 2*reach {
					level -= 2 * step
				}
				level += step
			}
			px[y*w+x] = level
		}
		if steps > 0 || leaps > 0 {
			t.Fatalf("%d steps and %d leaps too many", steps, leaps)
		}
		return px
	}
	for _, c := range []struct {
		name                string
		steps, leaps, dense int
		want                bool
	}{
		{"fewest steps", seen / leastSteps, 1, 1, true},
		{"too few steps", seen/leastSteps - 1, 1, 1, false},
		{"fewest steps without a leap", seen / fineSteps, 0, 0, true},
		{"too few steps without a leap", seen/fineSteps - 1, 0, 0, false},
		{"most leaps", 400, 400 / mostLeaps, mostDense, true},
		{"too many leaps", 400, 400/mostLeaps + 1, mostDense, false},
		{"dense leaps", 400, mostDense, mostDense, true},
		{"too dense leaps", 400, mostDense + 1, mostDense + 1, false},
	} {
		if got := photographic(rasterOf(picture(c.steps, c.leaps, c.dense), w), image.Rect(0, 0, w, w)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if photographic(rasterOf(picture(400, 0, 0), w), image.Rect(0, 0, w, 3)) {
		t.Error("a photograph of three rows")
	}
}

// rasterOf returns pixels of rows of width w as memory that is encoded from.
func rasterOf(px []uint32, w int) raster {
	r := raster{make([]byte, 4*len(px)), 4 * w}
	for i, p := range px {
		binary.LittleEndian.PutUint32(r.pix[4*i:], p)
	}
	return r
}

// printed waits until a display shows text in colours, and stands still.
func printed(t *testing.T, d *capturetest.Display) *image.RGBA {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		d.WaitStill(t)
		img, colours := d.Picture(t), map[color.RGBA]bool{}
		for i := 0; i < len(img.Pix); i += 4 {
			colours[color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], 255}] = true
		}
		if len(colours) >= 50 {
			return img
		}
	}
	t.Fatal("the terminal shows nothing")
	return nil
}

// Real text in a real terminal, smoothed and coloured, as it scrolls by.
func TestTextOfATerminalIsNeverPhotographic(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "Xvfb", "xterm")
	d := capturetest.StartXvfb(t, "800x600x24")
	d.Start(t, "xterm", "-fa", "Monospace", "-fs", "9", "-geometry", "110x38+0+0", "-e", "sh", "-c", "ls -l --color=always /usr/bin; exec sleep 1000")
	img := printed(t, d)
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 800, 600), NewCanvas()
		v := upToDate(t, s, c)
		for n := range 12 {
			s.fill(s.bounds(), func(x, y int) uint32 {
				p := img.RGBAAt((x+7*n)%800, (y+37*n)%600)
				return uint32(p.R)<<16 | uint32(p.G)<<8 | uint32(p.B)
			})
			s.show(c)
			v.next()
			v.catchUp()
			v.sees(s)
			time.Sleep(20 * time.Millisecond)
		}
		if v.jpegs > 0 {
			t.Errorf("%d JPEGs", v.jpegs)
		}
		v.stream.Close()
	})
}

// Text beside a film, and text on it, stay exact.
func TestTextBesideAFilm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 500, 400), NewCanvas()
		film, caption := image.Rect(40, 50, 372, 380), image.Rect(101, 302, 300, 340)
		s.fill(s.bounds(), letters(0, 0xffffff, true))
		v := upToDate(t, s, c)
		for n := range uint32(6) {
			s.fill(film, waves(n))
			s.fill(caption, func(x, y int) uint32 { return mix(0xffffff, waves(n)(x, y), coverage(x, y, true)) })
			s.fill(image.Rect(390, 0, 500, 400), letters(n, 0xffffff-n, true))
			s.show(c)
			v.next()
			v.agrees(s)
			time.Sleep(33 * time.Millisecond)
		}
		lossy := v.decoder.Lossy()
		for y := range 400 {
			for x := range 500 {
				p := image.Pt(x, y)
				if lossy.AlphaAt(x, y).A > 0 && (!p.In(film) || p.In(caption)) {
					t.Fatalf("text at %v is lossy", p)
				}
			}
		}
		if n := count(lossy.Pix); n < film.Dx()*film.Dy()/2 {
			t.Errorf("%d pixels of the film are lossy", n)
		}
		v.stream.Close()
	})
}

// A caption that comes while a film runs is lossy for no longer than a film is
// trusted to be one, and a film that stops is exact as soon as ever.
func TestCaptionThatAppears(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 500, 400), NewCanvas()
		v := upToDate(t, s, c)
		caption := image.Rect(101, 302, 300, 340)
		lossy := func(n uint32, with bool) int {
			s.fill(s.bounds(), waves(n))
			if with {
				s.fill(caption, func(x, y int) uint32 { return mix(0xffffff, waves(n)(x, y), coverage(x, y, true)) })
			}
			s.show(c)
			v.next()
			v.agrees(s)
			time.Sleep(20 * time.Millisecond)
			return count(v.decoder.Lossy().SubImage(caption).(*image.Alpha).Pix[:1])
		}
		for n := range uint32(20) {
			if lossy(n, false) == 0 && n > changes {
				t.Fatalf("picture %d of the film is exact", n)
			}
		}
		for n := range uint32(10) {
			if left := lossy(20+n, true); left > 0 && 20*time.Millisecond*time.Duration(n) > trust {
				t.Errorf("lossy in picture %d with a caption", n)
			}
		}
		if took := v.settle(); took > time.Second-20*time.Millisecond {
			t.Errorf("exact after %v", took)
		}
		v.sees(s)
		v.stream.Close()
	})
}

// What is too long as a JPEG is tiles.
func TestJPEGThatIsTooLong(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 128, 64), NewCanvas()
	s.fill(s.bounds(), waves(1))
	s.show(c)
	v := keen(t, c)
	v.stream.begin()
	v.stream.making.begin(c, quality)
	v.stream.making.add(s.bounds())
	v.stream.paintBlocks(0)
	if b := v.stream.batch; len(b.jpegs) != 0 || b.rects != 2 || v.stream.losses.any() {
		t.Errorf("%d JPEGs, %d tiles", len(b.jpegs), b.rects)
	}
	j := jpegJob{area: image.Rect(0, 0, 512, 512)}
	if n := j.limit(); n != maxCode {
		t.Errorf("the limit of a large JPEG is %d", n)
	}
}

// Steps and leaps are those that the words at the top of photo.go define,
// whatever X is, in parts of any length.
func TestRoughness(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	for range rounds(5000) {
		n, spread := 1+rnd.IntN(square), 1+rnd.IntN(80)
		px, above := make([]byte, 4*(n+1)), make([]byte, 4*n)
		for i := range px {
			px[i] = byte(100 + rnd.IntN(spread))
			if i >= 4 && (i&3 == 3 || rnd.IntN(3) > 0) { // often like a neighbour
				px[i] = px[i-4]
			}
		}
		copy(above, px[4*rnd.IntN(2):])
		for i := 3; i < len(px); i += 4 {
			px[i] = byte(rnd.Uint32())
		}
		row := px[4:]
		steps, leaps := 0, 0
		for i := 0; i < len(row); i += 4 {
			p, before, up := [3]byte(row[i:]), [3]byte(px[i:]), [3]byte(above[i:])
			if p == before || p == up {
				continue
			}
			steps++
			if max(differ(p[0], before[0]), differ(p[1], before[1]), differ(p[2], before[2])) > reach {
				leaps++
			}
		}
		if s, l := roughness(row, above, pixel(px)); s != steps || l != leaps {
			t.Fatalf("% x\n% x: %d steps, %d leaps, want %d, %d", px, above, s, l, steps, leaps)
		}
	}
}

func differ(a, b byte) int { return max(int(a)-int(b), int(b)-int(a)) }

// BenchmarkPhotographic times judging all cells of a screen: the best of all
// rounds.
func BenchmarkPhotographic(b *testing.B) {
	for name, img := range map[string]*image.RGBA{"photo": landscape(desktop.Dx(), desktop.Dy()), "grain": photo(1), "text": page(1)} {
		b.Run(name, func(b *testing.B) {
			src, g, best := imageOf(img).pix, newGrid(desktop.Size()), time.Hour
			for b.Loop() {
				began := time.Now()
				for i := range g.len() {
					photographic(src, g.cell(i))
				}
				best = min(best, time.Since(began))
			}
			b.ReportMetric(best.Seconds()*1e3, "best-ms")
		})
	}
}
