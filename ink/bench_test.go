package ink

import (
	"fmt"
	"image"
	"math"
	"testing"
	"time"

	"telestrator/protocol"
)

var desktop = image.Rect(0, 0, 1920, 1080)

// scribble is a stroke as a hand draws it: loops that travel over the screen,
// a few pixels from point to point.
func scribble(n, width int) Stroke {
	s := Stroke{Owner: "a", Number: 1, Colour: 0xe53935, Width: width}
	for i := range n {
		t := float64(i)
		s.Points = append(s.Points, image.Pt(int(300+0.6*t+120*math.Cos(t/15)), int(500+0.1*t+200*math.Sin(t/19))))
	}
	return s
}

// BenchmarkPoint adds a point to a stroke of the given length, and has the
// marks of the whole sheet made. Every 16th is from the beginning.
func BenchmarkPoint(b *testing.B) {
	for _, c := range []struct{ points, width int }{{500, 4}, {2000, 4}, {2000, 24}, {2000, 64}} {
		b.Run(fmt.Sprintf("%d points %d px", c.points, c.width), func(b *testing.B) {
			s := scribble(c.points, c.width)
			var sheet Sheet
			n, marks := 0, 0
			for b.Loop() {
				if n--; n < 0 {
					b.StopTimer()
					n = 16
					sheet.Marks([]Stroke{s.upTo(c.points - n - 1)}, desktop)
					b.StartTimer()
				}
				marks = len(sheet.Marks([]Stroke{s.upTo(c.points - n)}, desktop))
			}
			b.ReportMetric(float64(marks), "marks")
		})
	}
}

// upTo returns the stroke as it was with n points.
func (s Stroke) upTo(n int) Stroke {
	s.Points = s.Points[:n:n]
	return s
}

// BenchmarkStroke draws a stroke from nothing.
func BenchmarkStroke(b *testing.B) {
	for _, c := range []struct{ points, width int }{{100, 4}, {2000, 4}, {2000, 24}, {2000, 64}} {
		b.Run(fmt.Sprintf("%d points %d px", c.points, c.width), func(b *testing.B) {
			s := scribble(c.points, c.width)
			for b.Loop() {
				new(Sheet).Marks([]Stroke{s}, desktop)
			}
		})
	}
}

// BenchmarkTake is a message of eight points to a board with much on it, and
// what follows from it.
func BenchmarkTake(b *testing.B) {
	board, now := NewBoard(), time.Unix(0, 0)
	number := uint32(0)
	var m protocol.StrokePoints
	for b.Loop() {
		if m.Index%248 == 0 {
			number++
			board.Take("a", &protocol.StrokeBegin{Stroke: number, Generation: 1, Width: 4, Fade: 30000}, now)
			m = protocol.StrokePoints{Stroke: number, Points: make([]uint16, 16)}
		}
		board.Take("a", &m, now)
		board.Strokes(now)
		board.Next(now)
		m.Index += 8
	}
}
