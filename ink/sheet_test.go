package ink

import (
	"image"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// wander is a stroke of n points with steps of up to the given size.
func wander(rnd *rand.Rand, n, step int, in image.Rectangle) (points []image.Point) {
	p := image.Pt(in.Min.X+rnd.IntN(in.Dx()), in.Min.Y+rnd.IntN(in.Dy()))
	for range n {
		points = append(points, p)
		p = p.Add(image.Pt(rnd.IntN(2*step+1)-step, rnd.IntN(2*step+1)-step))
		p = image.Pt(min(max(p.X, in.Min.X), in.Max.X-1), min(max(p.Y, in.Min.Y), in.Max.Y-1))
	}
	return points
}

// TestMarksOfOneStroke checks what holds for every stroke: no pixel twice, all
// of one piece, all points covered, nothing far from the points.
func TestMarksOfOneStroke(t *testing.T) {
	t.Parallel()
	inner, area := image.Rect(100, 100, 300, 250), image.Rect(0, 0, 400, 350)
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		width := 1 + rnd.IntN(64)
		points := wander(rnd, 1+rnd.IntN(60), 1+rnd.IntN(40), inner)
		r := rasterOf(area, drawn(area, width, points...))
		if slices.Max(r.cover) != 1 {
			t.Fatalf("seed %d: a pixel is in %d marks", seed, slices.Max(r.cover))
		}
		if n := r.pieces(); n != 1 {
			t.Fatalf("seed %d: the stroke is in %d pieces", seed, n)
		}
		for _, p := range points {
			if !r.on(p.X, p.Y) {
				t.Fatalf("seed %d: point %v is not covered", seed, p)
			}
		}
	}
}

// TestMarksAreClipped compares with what is drawn on a larger screen.
func TestMarksAreClipped(t *testing.T) {
	t.Parallel()
	large, small := image.Rect(-100, -100, 500, 400), image.Rect(37, 21, 250, 177)
	for seed := range uint64(50) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		points, width := wander(rnd, 20, 60, image.Rect(0, 0, 400, 300)), 1+rnd.IntN(64)
		marks := drawn(small, width, points...)
		for _, m := range marks {
			if m.Area.Empty() || !m.Area.In(small) {
				t.Fatalf("seed %d: a mark at %v", seed, m.Area)
			}
		}
		all, clipped := rasterOf(large, drawn(large, width, points...)), rasterOf(large, marks)
		for _, p := range all.all() {
			if p.In(small) != clipped.on(p.X, p.Y) {
				t.Fatalf("seed %d: pixel %v differs", seed, p)
			}
		}
	}
	if far := drawn(small, 64, image.Pt(60000, 60000), image.Pt(65535, 0)); len(far) != 0 {
		t.Errorf("a stroke beyond the screen has marks: %v", far)
	}
	if none := drawn(image.Rectangle{}, 64, image.Pt(0, 0)); len(none) != 0 {
		t.Errorf("a screen without pixels has marks: %v", none)
	}
}

// TestGapsStayGaps has a stroke that leaves the screen and comes back at the
// same place farther down.
func TestGapsStayGaps(t *testing.T) {
	t.Parallel()
	screen := image.Rect(100, 0, 300, 200)
	marks := drawn(screen, 4, image.Pt(150, 50), image.Pt(20, 50), image.Pt(20, 90), image.Pt(150, 90))
	if r := rasterOf(screen, marks); r.on(120, 70) || !r.on(120, 50) || !r.on(120, 90) {
		t.Errorf("marks are %v", marks)
	}
}

// TestSheetKeepsUp changes strokes in every way, and compares with a sheet that
// has never seen them before.
func TestSheetKeepsUp(t *testing.T) {
	t.Parallel()
	bounds := []image.Rectangle{image.Rect(0, 0, 300, 200), image.Rect(0, 0, 200, 300), image.Rect(5, 5, 305, 205)}
	for seed := range uint64(30) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		var sheet Sheet
		strokes, area := make([]Stroke, 4), bounds[0]
		for step := range 60 {
			i := rnd.IntN(len(strokes))
			change(rnd, &strokes[i], uint32(i))
			if rnd.IntN(20) == 0 {
				area = bounds[rnd.IntN(len(bounds))]
			}
			shown := strokes[rnd.IntN(2):]
			got, want := sheet.Marks(shown, area), new(Sheet).Marks(shown, area)
			if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, step %d: %d marks, want %d", seed, step, len(got), len(want))
			}
		}
	}
}

// change makes a stroke longer, mostly.
func change(rnd *rand.Rand, s *Stroke, number uint32) {
	area := image.Rect(0, 0, 310, 310)
	switch rnd.IntN(12) {
	case 0:
		*s = Stroke{Owner: "a", Number: number, Colour: rnd.Uint32N(3), Width: 1 + rnd.IntN(20)}
	case 1:
		s.Width = 1 + rnd.IntN(20)
	case 2:
		s.Points = s.Points[:rnd.IntN(len(s.Points)+1)]
	case 3:
		s.Points = wander(rnd, len(s.Points), 10, area)
	case 4:
		s.Colour = rnd.Uint32N(3)
	default:
		more := wander(rnd, 1+rnd.IntN(8), 20, area)
		s.Points = append(slices.Clone(s.Points), more...)
	}
	s.Width = max(s.Width, 1)
}

// TestSheetDrawsWhatIsNew counts the rows that are drawn when a point comes.
func TestSheetDrawsWhatIsNew(t *testing.T) {
	t.Parallel()
	var sheet Sheet
	s := scribble(2000, 4)
	sheet.Marks([]Stroke{s.upTo(1998)}, desktop)
	l := sheet.layers[identity{"a", 1}]
	before := l.runs
	sheet.Marks([]Stroke{s.upTo(1999)}, desktop)
	if rows := l.runs - before; rows < 1 || rows > 200 {
		t.Errorf("a point makes %d rows be drawn", rows)
	}
	sheet.brush.heap.added = -1
	sheet.Marks([]Stroke{s.upTo(1999)}, desktop)
	if sheet.brush.heap.added != -1 {
		t.Error("a stroke was drawn though it is the same")
	}
}

func TestSheetForgets(t *testing.T) {
	t.Parallel()
	var sheet Sheet
	s := scribble(20, 4)
	sheet.Marks([]Stroke{s}, desktop)
	if got := sheet.Marks(nil, desktop); len(got) != 0 || len(sheet.layers) != 0 {
		t.Errorf("%d marks and %d layers of no stroke", len(got), len(sheet.layers))
	}
}
