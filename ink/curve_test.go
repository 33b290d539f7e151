package ink

import (
	"image"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// catmullRom returns the point of the curve between p and q at a parameter from
// 0 to 1 the way Barry and Goldman compute it: from lines between lines, with
// knots as far apart as the square root of the distance.
func catmullRom(o, p, q, r vec, t float64) vec {
	t0 := 0.0
	t1 := t0 + math.Sqrt(o.toward(p).length())
	t2 := t1 + math.Sqrt(p.toward(q).length())
	t3 := t2 + math.Sqrt(q.toward(r).length())
	t = t1 + t*(t2-t1)
	on := func(a, b vec, ta, tb float64) vec {
		return a.times((tb - t) / (tb - ta)).plus(b.times((t - ta) / (tb - ta)))
	}
	a1, a2, a3 := on(o, p, t0, t1), on(p, q, t1, t2), on(q, r, t2, t3)
	return on(on(a1, a2, t0, t2), on(a2, a3, t1, t3), t1, t2)
}

// TestCurveIsCentripetal compares segments between smooth points.
func TestCurveIsCentripetal(t *testing.T) {
	t.Parallel()
	rnd, compared := rand.New(rand.NewPCG(1, 9)), 0
	for range 1000 {
		points := wander(rnd, 4, 1+rnd.IntN(100), page)
		o, p, q, r := position(points[0]), position(points[1]), position(points[2]), position(points[3])
		_, _, first := handles(o, p, q)
		_, _, second := handles(p, q, r)
		if !first || !second {
			continue
		}
		compared++
		c := segment(points, 1)
		for i := range 11 {
			got, want := c.point(float64(i)/10), catmullRom(o, p, q, r, float64(i)/10)
			if got.toward(want).length() > 1e-6 {
				t.Fatalf("%v at %d/10: %v, want %v", points, i, got, want)
			}
		}
	}
	if compared < 50 {
		t.Errorf("only %d of 1,000 are smooth", compared)
	}
}

// TestPiecesAreFlat measures how far the curve is from the lines drawn for it.
func TestPiecesAreFlat(t *testing.T) {
	t.Parallel()
	rnd, worst := rand.New(rand.NewPCG(1, 10)), 0.0
	for range 1000 {
		c := segment(wander(rnd, 4, 1+rnd.IntN(100), page), 1)
		n := c.pieces()
		for i := range n {
			from, to := c.point(float64(i)/float64(n)), c.point(float64(i+1)/float64(n))
			for k := range 8 {
				at := (float64(i) + float64(k)/8) / float64(n)
				worst = max(worst, distance(c.point(at), from, to))
			}
		}
	}
	if worst > flatness || worst < flatness/8 {
		t.Errorf("the curve is up to %.3f pixels from its lines", worst)
	}
}

// distance returns how far a position is from a line between two others.
func distance(p, from, to vec) float64 {
	along := from.toward(to)
	at := 0.0
	if l := along.dot(along); l > 0 {
		at = min(max(from.toward(p).dot(along)/l, 0), 1)
	}
	return from.plus(along.times(at)).toward(p).length()
}

// TestCornersBeginAtAThird has turns a little less and a little more sharp.
func TestCornersBeginAtAThird(t *testing.T) {
	t.Parallel()
	for y, want := range map[float64]bool{0: true, 2828: true, 2829: false, -2828: true, -2829: false} {
		if _, _, smooth := handles(vec{0, 7}, vec{50, 7}, vec{1050, 7 + y}); smooth != want {
			t.Errorf("1000 on and %v aside: smooth %t", y, smooth)
		}
	}
}

// TestSymmetry draws strokes backwards, mirrored and turned.
func TestSymmetry(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 8))
		points, width := wander(rnd, 1+rnd.IntN(20), 30, page), 1+rnd.IntN(40)
		want := rasterOf(page, drawn(page, width, points...))
		for what, f := range map[string]func(p image.Point, last int) image.Point{
			"as it is": func(p image.Point, _ int) image.Point { return p },
			"mirrored": func(p image.Point, last int) image.Point { return image.Pt(last-p.X, p.Y) },
			"turned":   func(p image.Point, last int) image.Point { return image.Pt(p.Y, last-p.X) },
		} {
			// An even stroke's points are corners of pixels, of which there is one more.
			other := mapped(points, func(p image.Point) image.Point { return f(p, 300-width%2) })
			slices.Reverse(other)
			got := rasterOf(page, drawn(page, width, other...))
			back := rasterOf(page, nil)
			for _, p := range want.all() {
				pixel := f(p, 299)
				back.cover[back.index(pixel.X, pixel.Y)] = 1
			}
			if !slices.Equal(got.cover, back.cover) {
				t.Fatalf("seed %d, width %d: backwards and %s it has %d pixels, before %d", seed, width, what, len(got.all()), len(want.all()))
			}
		}
	}
}

func mapped(points []image.Point, f func(image.Point) image.Point) (all []image.Point) {
	for _, p := range points {
		all = append(all, f(p))
	}
	return all
}

// TestCircleIsRound draws a circle by few points: all of it is near the circle,
// and all of the circle is covered.
func TestCircleIsRound(t *testing.T) {
	t.Parallel()
	for _, n := range []int{8, 12, 24, 90} {
		const width, radius = 6, 100
		var points []image.Point
		for i := range n + 1 {
			turn := 2 * math.Pi * float64(i) / float64(n)
			points = append(points, image.Pt(150+int(math.Round(radius*math.Cos(turn))), 150+int(math.Round(radius*math.Sin(turn)))))
		}
		slack := 1.5 + 600/float64(n*n) // the seam has no point beyond it to go by
		r := rasterOf(page, drawn(page, width, points...))
		for _, p := range r.all() {
			if d := math.Hypot(float64(p.X)+0.5-150, float64(p.Y)+0.5-150); math.Abs(d-radius) > width/2+slack {
				t.Fatalf("%d points: pixel %v is %.1f from the middle", n, p, d)
			}
		}
		for turn := 0.0; turn < 2*math.Pi; turn += 0.001 {
			c := vec{150 + radius*math.Cos(turn), 150 + radius*math.Sin(turn)}
			if near := slack < width/2; near && !r.on(int(c.x), int(c.y)) {
				t.Fatalf("%d points: %v is not covered", n, c)
			}
		}
	}
}

// TestCorners are sharp, and what is between two of them is straight.
func TestCorners(t *testing.T) {
	t.Parallel()
	box := []image.Point{{50, 60}, {200, 60}, {200, 160}, {50, 160}, {50, 60}}
	marks := drawn(page, 3, box...)
	r, outer, inner := rasterOf(page, marks), image.Rect(49, 59, 202, 162), image.Rect(52, 62, 199, 159)
	if n := outer.Dx()*outer.Dy() - inner.Dx()*inner.Dy(); len(r.all()) != n || extent(marks) != outer {
		t.Errorf("a box has %d pixels in %v, want %d in %v", len(r.all()), extent(marks), n, outer)
	}
	for _, p := range r.all() {
		if p.In(inner) {
			t.Fatalf("pixel %v is inside the box", p)
		}
	}
}

// TestTwiceIsACorner bends a line little, once smoothly and once not.
func TestTwiceIsACorner(t *testing.T) {
	t.Parallel()
	a, b, c := image.Pt(20, 100), image.Pt(120, 100), image.Pt(220, 150)
	straight := rasterOf(page, append(drawn(page, 1, a, b), drawn(page, 1, b, c)...))
	if got := rasterOf(page, drawn(page, 1, a, b, b, c)); !reflect.DeepEqual(got.all(), straight.all()) {
		t.Error("a point given twice is no corner")
	}
	if got := rasterOf(page, drawn(page, 1, a, b, c)); reflect.DeepEqual(got.all(), straight.all()) {
		t.Error("a point given once is a corner")
	}
}
