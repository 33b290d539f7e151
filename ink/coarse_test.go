package ink

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// swing goes up and down the same line: each segment is 1,024 rows, and the last
// does not count.
func swing(number uint32, segments int) (s Stroke) {
	s = Stroke{Number: number, Width: 1}
	for i := range segments + 2 {
		s.Points = append(s.Points, image.Pt(5, i%2*1023))
	}
	return s
}

func TestRunLimit(t *testing.T) {
	t.Parallel()
	most := maxRuns / 1024
	for segments, scale := range map[int]int{most: 1, most + 1: 2, 2*most + 1: 4} {
		var sheet Sheet
		sheet.Marks([]Stroke{swing(1, segments)}, image.Rect(0, 0, 64, 1024))
		if l := sheet.order[0]; l.scale != scale || l.runs > maxRuns {
			t.Errorf("%d segments have scale %d, %d rows", segments, l.scale, l.runs)
		}
	}
}

func TestRunLimitOfAll(t *testing.T) {
	t.Parallel()
	area := image.Rect(0, 0, 64, 1024)
	var sheet Sheet
	var strokes []Stroke
	for i := range maxRunsOfAll / maxRuns {
		strokes = append(strokes, swing(uint32(i), maxRuns/1024))
	}
	if n := len(sheet.Marks(strokes, area)); n != len(strokes) || coarse(&sheet) != 0 {
		t.Fatalf("%d marks, %d strokes are coarse", n, coarse(&sheet))
	}
	strokes = append(strokes, swing(1000, 1))
	if n := len(sheet.Marks(strokes, area)); n != len(strokes) || coarse(&sheet) != 1 {
		t.Errorf("%d marks, %d strokes are coarse", n, coarse(&sheet))
	}
}

// diagonal has one mark in each row of a square.
func diagonal(number uint32, side int) Stroke {
	return Stroke{Number: number, Width: 1, Points: []image.Point{{0, 0}, {side - 1, side - 1}}}
}

func TestMarkLimit(t *testing.T) {
	t.Parallel()
	const side = 1024
	var sheet Sheet
	var strokes []Stroke
	for i := range MaxMarks / side {
		strokes = append(strokes, diagonal(uint32(i), side))
	}
	if n := len(sheet.Marks(strokes, image.Rect(0, 0, side, side))); n != MaxMarks || coarse(&sheet) != 0 {
		t.Fatalf("%d marks, %d strokes are coarse", n, coarse(&sheet))
	}
	strokes = append(strokes, diagonal(1000, 1))
	n := len(sheet.Marks(strokes, image.Rect(0, 0, side, side)))
	if n != MaxMarks-side/2+1 || coarse(&sheet) != 1 || sheet.order[len(strokes)-1].scale != 1 {
		t.Errorf("%d marks, %d strokes are coarse", n, coarse(&sheet))
	}
}

// coarse returns how many strokes are drawn coarser.
func coarse(s *Sheet) (n int) {
	for _, l := range s.order {
		if l.scale > 1 {
			n++
		}
	}
	return n
}

// TestLowestAreLeftOut has more than fits, however coarse.
func TestLowestAreLeftOut(t *testing.T) {
	t.Parallel()
	const side = 16384
	most := MaxMarks / (side / maxScale)
	var sheet Sheet
	var strokes []Stroke
	for i := range most + 1 {
		strokes = append(strokes, diagonal(uint32(i), side))
		if n := len(sheet.Marks(strokes, image.Rect(0, 0, side, side))); n > MaxMarks {
			t.Fatalf("%d marks", n)
		}
		if i == most-1 && len(sheet.order) != most {
			t.Fatalf("%d strokes are drawn, %d fit", len(sheet.order), most)
		}
	}
	if len(sheet.order) != most || sheet.order[0].stroke.Number != 1 {
		t.Errorf("%d strokes are drawn, from %d on", len(sheet.order), sheet.order[0].stroke.Number)
	}
}

// TestCoarseStrokesCoverTheSame draws at every scale and compares with fine
// pixels: nothing is farther off than a coarse pixel.
func TestCoarseStrokesCoverTheSame(t *testing.T) {
	t.Parallel()
	area := image.Rect(3, 5, 403, 305)
	points := wander(rand.New(rand.NewPCG(1, 6)), 30, 60, area)
	for scale := 2; scale <= maxScale; scale *= 2 {
		var b brush
		l := &layer{scale: scale}
		b.draw(l, Stroke{Width: 6, Points: points}, area)
		fine, rough := rasterOf(area, drawn(area, 6+4*scale, points...)), rasterOf(area, l.marks)
		for _, p := range rough.all() {
			if !fine.on(p.X, p.Y) {
				t.Fatalf("scale %d: pixel %v is far from the stroke", scale, p)
			}
		}
		for _, p := range points {
			if near := image.Rect(-scale, -scale, scale+1, scale+1).Add(p); !extentIn(l.marks, near) {
				t.Fatalf("scale %d: nothing near point %v", scale, p)
			}
		}
	}
}

// extentIn says whether any mark reaches into an area.
func extentIn(marks []Mark, area image.Rectangle) bool {
	return slices.ContainsFunc(marks, func(m Mark) bool { return m.Area.Overlaps(area) })
}

// TestCoarseLinesHaveNoGap has a line that lies between two coarse pixels.
func TestCoarseLinesHaveNoGap(t *testing.T) {
	t.Parallel()
	area := image.Rect(0, 0, 640, 640)
	for scale := 2; scale <= maxScale; scale *= 2 {
		var b brush
		l := &layer{scale: scale}
		b.draw(l, Stroke{Width: 2, Points: []image.Point{{0, 320}, {639, 320}}}, area)
		if got := extent(l.marks); got.Dx() != 640 || got.Dy() > 2*scale {
			t.Errorf("scale %d: the line is in %v", scale, got)
		}
	}
}
