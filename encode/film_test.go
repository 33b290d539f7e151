package encode

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"telestrator/privacy"
	"telestrator/protocol"
)

// reel is a film of a few released pictures, shown forth and back: a slow zoom
// into a landscape, with the grain of a sensor that is new in each picture.
type reel struct {
	pictures []*privacy.Picture
	area     image.Rectangle
	frame    int
}

// newReel makes a reel of so many pictures, whose film takes area of a desktop.
func newReel(tb testing.TB, area image.Rectangle, pictures int) *reel {
	r := &reel{area: area}
	base := landscape(area.Dx()*5/4, area.Dy()*5/4)
	for n := range pictures {
		s := newScreen(tb, desktop.Dx(), desktop.Dy())
		s.fill(s.bounds(), text(1))
		s.fill(area, zoom(base, area, n, pictures))
		s.show(NewCanvas())
		r.pictures = append(r.pictures, s.released)
	}
	return r
}

// landscape is coarse and fine structure, as in a photograph.
func landscape(w, h int) *image.RGBA {
	rnd := rand.New(rand.NewPCG(7, 8))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	var lattice [64 * 64]float64
	for i := range lattice {
		lattice[i] = rnd.Float64() - 0.5
	}
	for y := range h {
		for x := range w {
			level := 128.0
			for size, weight := 400.0, 150.0; size > 3; size, weight = size/2, weight*0.53 {
				level += weight * smooth(&lattice, float64(x)/size, float64(y)/size)
			}
			v := min(max(level, 0), 240)
			img.SetRGBA(x, y, color.RGBA{uint8(v * 0.9), uint8(v), uint8(40 + v*0.8), 255})
		}
	}
	return img
}

// smooth reads a lattice between its points.
func smooth(lattice *[64 * 64]float64, x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := x-fx, y-fy
	u, v = u*u*(3-2*u), v*v*(3-2*v)
	at := func(dx, dy int) float64 { return lattice[(int(fy)+dy)&63*64+(int(fx)+dx)&63] }
	return (at(0, 0)*(1-u)+at(1, 0)*u)*(1-v) + (at(0, 1)*(1-u)+at(1, 1)*u)*v
}

// zoom is the nth picture of a film in area.
func zoom(base *image.RGBA, area image.Rectangle, n, pictures int) func(x, y int) uint32 {
	rnd := rand.New(rand.NewPCG(uint64(n), 9))
	by := (1 - 0.3*float64(n)/float64(pictures)) * 5 / 4
	return func(x, y int) uint32 {
		fx, fy := float64(x-area.Min.X)*by*0.99, float64(y-area.Min.Y)*by*0.99
		a, b := base.RGBAAt(int(fx), int(fy)), base.RGBAAt(int(fx)+1, int(fy)+1)
		u, grain := fx-math.Floor(fx), float64(rnd.IntN(5)-2)
		level := func(p, q uint8) uint32 {
			return uint32(min(max(float64(p)*(1-u)+float64(q)*u+grain, 0), 255))
		}
		return level(a.R, b.R)<<16 | level(a.G, b.G)<<8 | level(a.B, b.B)
	}
}

// show makes the next picture the canvas's newest.
func (r *reel) show(c *Canvas) {
	n := len(r.pictures)
	at := r.frame % (2*n - 2)
	if at >= n {
		at = 2*n - 2 - at
	}
	c.Compare(r.pictures[at], []image.Rectangle{r.area}, Geometry{Generation: 1})
	r.frame++
}

// released returns the picture that was shown last.
func (r *reel) released() *privacy.Picture {
	n := len(r.pictures)
	at := (r.frame - 1) % (2*n - 2)
	if at >= n {
		at = 2*n - 2 - at
	}
	return r.pictures[at]
}

// BenchmarkFilm times a film, 60 pictures a second over the whole screen or 30
// in a part of it, from the comparison to the last byte. dB is how near the
// viewer's picture is to the last one, in the film's area, while it runs.
func BenchmarkFilm(b *testing.B) {
	for _, film := range []struct {
		name string
		area image.Rectangle
		rate int
	}{
		{"motion", desktop, 60},
		{"video", image.Rect(640, 300, 1280, 660), 30},
	} {
		r := newReel(b, film.area, 6)
		for _, q := range []int{40, 60, 80, 90} {
			b.Run(fmt.Sprintf("%s/q%d", film.name, q), func(b *testing.B) {
				filming(b, r, time.Second/time.Duration(film.rate), q)
			})
		}
	}
}

func filming(b *testing.B, r *reel, every time.Duration, q int) {
	c, d, now := NewCanvas(), NewDecoder(), time.Duration(0)
	c.clock = func() time.Duration { return now }
	r.show(c)
	s := c.NewStream()
	defer s.Close()
	s.Use(true, true)
	s.Tune(Tuning{Quality: q})
	var updates []protocol.Update
	var comparing time.Duration
	step := func() {
		began := time.Now()
		r.show(c)
		comparing += time.Since(began)
		updates = mustNext(b, s, updates)
		now += every
	}
	for range 12 {
		step()
		for i := range updates {
			if err := d.Decode(&updates[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	near, wire := psnr(d.Picture(), r.released(), r.area), 0
	comparing = 0
	b.ReportAllocs()
	for b.Loop() {
		step()
		wire += wireSize(updates)
	}
	perFrame(b)
	b.ReportMetric(comparing.Seconds()*1e3/float64(b.N), "ms/compare")
	b.ReportMetric(float64(wire)/float64(b.N), "B/frame")
	b.ReportMetric(near, "dB")
}

// BenchmarkRefine times how a film's last picture becomes exact, over a link
// that takes a portion in 20 ms. ms/exact is how long that took on it.
func BenchmarkRefine(b *testing.B) {
	r := newReel(b, desktop, 3)
	c, now := NewCanvas(), time.Duration(0)
	c.clock = func() time.Duration { return now }
	r.show(c)
	s := c.NewStream()
	defer s.Close()
	s.Use(true, true)
	var updates []protocol.Update
	moments, wire := 0, 0
	var took time.Duration
	b.ReportAllocs()
	for b.Loop() {
		r.show(c)
		updates = mustNext(b, s, updates)
		began := now
		for now += quiet; s.losses.any(); now += 20 * time.Millisecond {
			updates = mustNext(b, s, updates)
			moments++
			wire += wireSize(updates)
		}
		took += now - began
	}
	perFrame(b)
	b.ReportMetric(float64(moments)/float64(b.N), "portions")
	b.ReportMetric(float64(wire)/float64(b.N), "B/frame")
	b.ReportMetric(took.Seconds()*1e3/float64(b.N), "ms/exact")
}

// psnr is the peak signal-to-noise ratio of red, green and blue in area.
func psnr(got *image.RGBA, want *privacy.Picture, area image.Rectangle) float64 {
	sum := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := want.Row(y)
		for x := area.Min.X; x < area.Max.X; x++ {
			p, q := got.Pix[y*got.Stride+4*x:], row[4*x:]
			for i := range 3 {
				diff := int(p[i]) - int(q[2-i])
				sum += diff * diff
			}
		}
	}
	if sum == 0 {
		return math.Inf(1)
	}
	return 10 * math.Log10(255*255*float64(3*area.Dx()*area.Dy())/float64(sum))
}
