package ink

import (
	"image"
	"math"
	"slices"
	"testing"
	"time"
)

// spiral is a long stroke as many short segments, each of which is a few
// rectangles of rows, as a brush makes them.
func spiral(segments int) (each [][]Mark) {
	at := func(i int) image.Point {
		a := float64(i) / 9
		return image.Pt(700+int((100+2*a)*math.Cos(a)*3), 450+int((100+2*a)*math.Sin(a)*2))
	}
	for i := range segments {
		each = append(each, dash(at(i), at(i+1)))
	}
	return each
}

// dash is a line in steps of three rows.
func dash(a, b image.Point) (marks []Mark) {
	if a.Y > b.Y {
		a, b = b, a
	}
	for y := a.Y; y <= b.Y; y += 3 {
		x := a.X
		if b.Y > a.Y {
			x += (b.X - a.X) * (y - a.Y) / (b.Y - a.Y)
		}
		marks = append(marks, Mark{image.Rect(x-3, y, x+4, y+3), 0xe53935})
	}
	return marks
}

// BenchmarkInk adds one segment to 400 that are there, until the X server has
// drawn it, and until another client sees it.
func BenchmarkInk(b *testing.B) {
	for _, size := range []string{"1280x800x24", "3840x2160x24"} {
		b.Run(size, func(b *testing.B) {
			s := newStage(b, size)
			s.sign(calmSign())
			base := slices.Concat(spiral(400)...)
			added := dash(image.Pt(60, 300), image.Pt(90, 312))
			more := append(slices.Clone(base), added...)
			place := added[0].Area.Min
			var took, seen []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s.ink(base...)
				start := time.Now()
				b.StartTimer()
				s.ink(more...)
				b.StopTimer()
				took = append(took, time.Since(start))
				for s.pixel(place) != 0xe53935 {
				}
				seen = append(seen, time.Since(start))
				b.StartTimer()
			}
			report(b, took, "")
			report(b, seen, "-seen")
			b.ReportMetric(float64(len(base)), "marks")
		})
	}
}

// BenchmarkInkAnew replaces all marks by others, the worst case.
func BenchmarkInkAnew(b *testing.B) {
	s := newStage(b, "1280x800x24")
	s.sign(calmSign())
	one := slices.Concat(spiral(400)...)
	other := slices.Clone(one)
	for i := range other {
		other[i].Area = other[i].Area.Add(image.Pt(1, 1))
	}
	b.ReportAllocs()
	for b.Loop() {
		s.ink(one...)
		s.ink(other...)
	}
}

// BenchmarkBar draws the bar anew, as once a minute, until the X server has it.
func BenchmarkBar(b *testing.B) {
	s := newStage(b, "1280x800x24")
	sign := calmSign()
	sign.Since = time.Now()
	b.ReportAllocs()
	for b.Loop() {
		sign.Since = sign.Since.Add(-time.Second)
		s.sign(sign)
	}
}

func report(b *testing.B, all []time.Duration, suffix string) {
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs"+suffix)
	b.ReportMetric(float64(all[len(all)*95/100].Microseconds()), "p95-µs"+suffix)
}
