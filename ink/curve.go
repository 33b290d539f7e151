package ink

import (
	"image"
	"math"
)

// A stroke is a centripetal Catmull-Rom spline through its points: it goes
// through every one of them, and between two points it has no loop and no cusp
// (Yuksel, Schaefer, Keyser: Parameterization and applications of Catmull-Rom
// curves, Computer-Aided Design 43, 2011). A segment depends on the points at
// its ends and on one more on each side, so a new point moves one segment only.
//
// Where the cosine of the angle between two directions is a third or less (they
// turn by 70 degrees or more), or a point is given twice, there is a corner: the
// curve ends and begins anew. Between two corners it is a straight line, so that
// boxes and arrows are drawn by their corners alone. SPEC.md 8.9.

// vec is a position or a direction on the screen.
type vec struct{ x, y float64 }

func (v vec) plus(w vec) vec      { return vec{v.x + w.x, v.y + w.y} }
func (v vec) minus(w vec) vec     { return vec{v.x - w.x, v.y - w.y} }
func (v vec) times(f float64) vec { return vec{v.x * f, v.y * f} }
func (v vec) dot(w vec) float64   { return v.x*w.x + v.y*w.y }
func (v vec) length() float64     { return math.Hypot(v.x, v.y) }
func (v vec) toward(w vec) vec    { return w.minus(v) }
func position(p image.Point) vec  { return vec{float64(p.X), float64(p.Y)} }

// cubic is a Bezier curve: its ends, and between them its two handles.
type cubic [4]vec

// segment returns the curve from point i to the next.
func segment(points []image.Point, i int) cubic {
	p, q := position(points[i]), position(points[i+1])
	third := p.toward(q).times(1. / 3)
	c := cubic{p, p.plus(third), q.minus(third), q}
	if i > 0 {
		if _, out, smooth := handles(position(points[i-1]), p, q); smooth {
			c[1] = p.plus(out)
		}
	}
	if i+2 < len(points) {
		if in, _, smooth := handles(p, q, position(points[i+2])); smooth {
			c[2] = q.minus(in)
		}
	}
	return c
}

// handles returns the handles on both sides of q, between p and r. Both lie on
// the bisector of the two directions.
func handles(p, q, r vec) (in, out vec, smooth bool) {
	u, v := p.toward(q), q.toward(r)
	if 3*u.dot(v) <= u.length()*v.length() {
		return vec{}, vec{}, false // a corner
	}
	a, b := math.Sqrt(u.length()), math.Sqrt(v.length())
	tangent := u.times(b / a).plus(v.times(a / b)).times(1 / (3 * (a + b)))
	return tangent.times(a), tangent.times(b), true
}

// flatness is how far the lines drawn for a curve may be from it, in pixels.
const flatness = 1. / 8

// pieces returns how many equal steps of its parameter make lines that are
// close enough to the curve (Wang's formula).
func (c cubic) pieces() int {
	bend := max(c[0].minus(c[1].times(2)).plus(c[2]).length(), c[1].minus(c[2].times(2)).plus(c[3]).length())
	return 1 + int(math.Sqrt(0.75*bend/flatness))
}

// point returns the position at a parameter from 0 to 1.
func (c cubic) point(t float64) vec {
	s := 1 - t
	return c[0].times(s * s * s).plus(c[1].times(3 * s * s * t)).plus(c[2].times(3 * s * t * t)).plus(c[3].times(t * t * t))
}
