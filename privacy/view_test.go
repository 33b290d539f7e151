package privacy

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/draw"
)

// noisy releases a picture of noise, text-like in parts.
func noisy(tb testing.TB, size image.Point, seed uint64, masks ...image.Rectangle) (*Guard, mirror, *Picture) {
	tb.Helper()
	g := fixed(tb, Policy{Unknown: Allow, Rects: masks})
	m := mirror{make([]byte, 4*size.X*size.Y), 4 * size.X, size}
	scribble(m, m.bounds(), rand.New(rand.NewPCG(seed, 1)))
	p, _ := release(tb, g, m, nil, true)
	return g, m, p
}

// scribble paints noise, and black on white beside it.
func scribble(m mirror, r image.Rectangle, random *rand.Rand) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := random.Uint32()
			if x/32%2 == 0 {
				v = -(v & 1)
			}
			le.PutUint32(m.pix[y*m.stride+4*x:], v)
		}
	}
}

// rgba is a part of a picture as an image.
func rgba(p *Picture, part image.Rectangle) *image.RGBA {
	img := image.NewRGBA(image.Rectangle{Max: part.Size()})
	for y := range part.Dy() {
		for x := range part.Dx() {
			c := p.Row(part.Min.Y + y)[4*(part.Min.X+x):]
			img.SetRGBA(x, y, color.RGBA{c[2], c[1], c[0], 255})
		}
	}
	return img
}

// views are parts of a screen of 700 x 500 and sizes of their pictures.
var views = []struct {
	part image.Rectangle
	size image.Point
}{
	{image.Rect(0, 0, 700, 500), image.Pt(700, 500)},
	{image.Rect(300, 100, 700, 500), image.Pt(400, 400)},
	{image.Rect(699, 499, 700, 500), image.Pt(1, 1)},
	{image.Rect(0, 0, 700, 500), image.Pt(350, 250)},
	{image.Rect(0, 0, 700, 500), image.Pt(699, 499)},
	{image.Rect(0, 0, 700, 500), image.Pt(213, 152)},
	{image.Rect(13, 27, 450, 480), image.Pt(100, 103)},
	{image.Rect(0, 0, 700, 500), image.Pt(1, 1)},
	{image.Rect(0, 0, 700, 1), image.Pt(90, 1)},
}

// Tests of views are not parallel: they keep a processor busy, and others here
// depend on how soon somebody answers.

// TestViewIsWhatDrawMakes compares with golang.org/x/image/draw: equal without
// scaling, at most one level apart with it.
func TestViewIsWhatDrawMakes(t *testing.T) {
	_, _, p := noisy(t, image.Pt(700, 500), 1)
	for _, c := range views {
		var v View
		got, news := v.Make(p, c.part, c.size, nil)
		if got.Bounds().Size() != c.size || !slices.Equal(news, []image.Rectangle{got.Bounds()}) {
			t.Fatalf("%v: a picture of %v, news %v", c, got.Bounds(), news)
		}
		want, allowed := image.NewRGBA(got.Bounds()), 0
		if draw.BiLinear.Scale(want, want.Rect, rgba(p, c.part), image.Rectangle{Max: c.part.Size()}, draw.Src, nil); c.size != c.part.Size() {
			allowed = 1
		}
		if d := apart(rgba(got, got.Bounds()), want); d > allowed {
			t.Errorf("%v of %v: %d levels from what draw makes", c.size, c.part, d)
		}
	}
}

// apart returns how many levels two pictures differ at most.
func apart(a, b *image.RGBA) (most int) {
	if bytes.Equal(a.Pix, b.Pix) {
		return 0
	}
	for i := range a.Pix {
		most = max(most, int(a.Pix[i])-int(b.Pix[i]), int(b.Pix[i])-int(a.Pix[i]))
	}
	return most
}

// TestViewFollows changes random places: what is told to be new is all that is,
// and the picture is the one that is made afresh.
func TestViewFollows(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, c := range views {
		g, m, p := noisy(t, image.Pt(700, 500), 2, image.Rect(200, 100, 333, 177))
		var v View
		last, _ := v.Make(p, c.part, c.size, nil)
		for range 5 {
			before := rgba(last, last.Bounds())
			var damage []image.Rectangle
			for range 1 + random.IntN(3) {
				x, y := random.IntN(700), random.IntN(500)
				r := image.Rect(x, y, x+1+random.IntN(60), y+1+random.IntN(60)).Intersect(m.bounds())
				scribble(m, r, random)
				damage = append(damage, r)
			}
			p, damage = release(t, g, m, damage, false)
			got, news := v.Make(p, c.part, c.size, damage)
			checkReportedView(t, rgba(got, got.Bounds()), before, news)
			if want, _ := new(View).Make(p, c.part, c.size, nil); apart(rgba(got, got.Bounds()), rgba(want, want.Bounds())) != 0 {
				t.Fatalf("%v of %v: not what is made afresh", c.size, c.part)
			}
			last = got
		}
	}
}

// checkReportedView wants nothing to have changed beside the news.
func checkReportedView(t *testing.T, got, before *image.RGBA, news []image.Rectangle) {
	t.Helper()
	for y := range got.Rect.Dy() {
		if row := y * got.Stride; bytes.Equal(got.Pix[row:row+got.Stride], before.Pix[row:row+got.Stride]) {
			continue
		}
		for x := range got.Rect.Dx() {
			if got.RGBAAt(x, y) != before.RGBAAt(x, y) && !contains(news, image.Pt(x, y)) {
				t.Fatalf("(%d,%d) changed, and only %v was told", x, y, news)
			}
		}
	}
	for _, r := range news {
		if r.Empty() || !r.In(got.Rect) {
			t.Fatalf("news %v of a picture of %v", r, got.Rect)
		}
	}
}

// TestViewKnowsNoSecret changes what is under a mask: at every scale the picture
// is the same, flat where nothing but the mask has a part, and nothing is told.
func TestViewKnowsNoSecret(t *testing.T) {
	mask := image.Rect(200, 100, 333, 177)
	for _, c := range views {
		g, m, p := noisy(t, image.Pt(700, 500), 3, mask)
		var v View
		got, _ := v.Make(p, c.part, c.size, nil)
		before := rgba(got, got.Bounds())
		scribble(m, mask, rand.New(rand.NewPCG(9, 9)))
		p, damage := release(t, g, m, []image.Rectangle{mask}, false)
		got, news := v.Make(p, c.part, c.size, damage)
		if len(news) > 0 || apart(before, rgba(got, got.Bounds())) != 0 {
			t.Errorf("%v of %v: what is under the mask shows, news %v", c.size, c.part, news)
		}
		checkFlat(t, got, c.part, mask)
	}
}

// checkFlat wants grey where only the mask has a part in a pixel.
func checkFlat(t *testing.T, p *Picture, part, mask image.Rectangle) {
	t.Helper()
	size := p.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			reach := image.Rect((x-1)*part.Dx()/size.X-1, (y-1)*part.Dy()/size.Y-1,
				(x+2)*part.Dx()/size.X+2, (y+2)*part.Dy()/size.Y+2).Add(part.Min)
			if reach.In(mask) && le.Uint32(p.Row(y)[4*x:]) != Grey {
				t.Fatalf("(%d,%d) of %v is not flat: %x", x, y, size, p.Row(y)[4*x:][:4])
			}
		}
	}
}

// TestViewOfAnotherScreen changes part, size and screen under a view.
func TestViewOfAnotherScreen(t *testing.T) {
	_, _, p := noisy(t, image.Pt(700, 500), 4)
	_, _, other := noisy(t, image.Pt(700, 500), 5)
	_, _, small := noisy(t, image.Pt(80, 60), 6)
	var v View
	for _, c := range []struct {
		of   *Picture
		part image.Rectangle
		size image.Point
	}{
		{p, p.Bounds(), image.Pt(350, 250)}, {other, p.Bounds(), image.Pt(350, 250)},
		{other, image.Rect(10, 10, 600, 400), image.Pt(350, 250)}, {other, image.Rect(10, 10, 600, 400), image.Pt(590, 390)},
		{small, small.Bounds(), image.Pt(80, 60)}, {small, small.Bounds(), image.Pt(40, 7)}, {p, image.Rect(5, 5, 9, 9), image.Pt(4, 4)},
	} {
		got, news := v.Make(c.of, c.part, c.size, nil)
		want, _ := new(View).Make(c.of, c.part, c.size, nil)
		if apart(rgba(got, got.Bounds()), rgba(want, want.Bounds())) != 0 || len(news) != 1 || news[0] != got.Bounds() {
			t.Errorf("%v of %v of %v: not afresh, news %v", c.size, c.part, c.of.Bounds(), news)
		}
	}
}

// TestViewAllocatesNothing follows a picture.
func TestViewAllocatesNothing(t *testing.T) {
	_, _, p := noisy(t, image.Pt(700, 500), 8)
	damage := []image.Rectangle{p.Bounds()}
	for _, size := range []image.Point{{700, 500}, {350, 250}} {
		var v View
		v.Make(p, p.Bounds(), size, nil)
		if n := testing.AllocsPerRun(5, func() { v.Make(p, p.Bounds(), size, damage) }); n > 0 {
			t.Errorf("%v: %v allocations", size, n)
		}
	}
}

func BenchmarkView4K(b *testing.B) {
	_, _, p := noisy(b, image.Pt(3840, 2160), 1)
	for name, damage := range map[string]image.Rectangle{"full": p.Bounds(), "typing": image.Rect(400, 500, 410, 520)} {
		for _, size := range []image.Point{{3840, 2160}, {1920, 1080}, {1280, 720}} {
			b.Run(name+size.String(), func(b *testing.B) { benchView(b, p, size, damage) })
		}
	}
}

func benchView(b *testing.B, p *Picture, size image.Point, damage image.Rectangle) {
	var v View
	v.Make(p, p.Bounds(), size, nil)
	list := []image.Rectangle{damage}
	for b.Loop() {
		v.Make(p, p.Bounds(), size, list)
	}
}

// BenchmarkDraw4K is what draw takes, for comparison.
func BenchmarkDraw4K(b *testing.B) {
	_, _, p := noisy(b, image.Pt(3840, 2160), 1)
	src, dst := rgba(p, p.Bounds()), image.NewRGBA(image.Rect(0, 0, 1280, 720))
	s := draw.BiLinear.NewScaler(1280, 720, 3840, 2160)
	for b.Loop() {
		s.Scale(dst, dst.Rect, src, src.Rect, draw.Src, nil)
	}
}
