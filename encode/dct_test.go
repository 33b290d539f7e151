package encode

import (
	"math"
	"testing"
)

// Every coefficient is right at its largest and at its smallest, whatever the
// other block has: no number overflows into it.
func TestTransformAtItsLimits(t *testing.T) {
	t.Parallel()
	for u := range block {
		for v := range block {
			checkLimit(t, u, v)
		}
	}
}

// checkLimit transforms the samples for which coefficient u, v is largest, and
// beside them the opposite.
func checkLimit(t *testing.T, u, v int) {
	t.Helper()
	var b [block * block]pair
	var samples, opposite [block * block]float64
	for i := range b {
		p := int64(0)
		if wave(u, i%block)*wave(v, i/block) > 0 {
			p = 255
		}
		q := 255 - p
		samples[i], opposite[i] = float64(p), float64(q)
		b[i] = p + q<<32
	}
	transform(&b)
	for i, p := range b {
		by := 8 * scales[i/block] * scales[i%block]
		near(t, u, v, i, float64(int32(p))/by, coefficient(&samples, i%block, i/block))
		near(t, u, v, i, float64((p+1<<31)>>32)/by, coefficient(&opposite, i%block, i/block))
	}
}

func wave(u, x int) float64 { return math.Cos(float64(2*x+1) * float64(u) * math.Pi / 16) }

// coefficient is the cosine transform as it is defined. T.81, A.3.3.
func coefficient(samples *[block * block]float64, u, v int) (sum float64) {
	for i, s := range samples {
		sum += s * wave(u, i%block) * wave(v, i/block)
	}
	for _, w := range []int{u, v} {
		if w == 0 {
			sum *= math.Sqrt2 / 2
		}
	}
	return sum / 4
}

// near allows for what the constants of the transform are rounded by.
func near(t *testing.T, u, v, i int, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 2 {
		t.Fatalf("samples for %d,%d: coefficient %d is %.1f, want %.1f", u, v, i, got, want)
	}
}
