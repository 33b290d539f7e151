package ink

import "image"

// MaxMarks is the most rectangles that a sheet has; they fit into one request
// of X. Beyond, the strokes with the most are drawn coarser, and the lowest are
// left out if that is not enough.
const MaxMarks = 16384

// maxRunsOfAll is maxRuns for all strokes of a sheet together. It bounds what
// the sheet keeps, and how long it takes to draw all of it anew.
const maxRunsOfAll = 1 << 20

// widest is what the coordinates of a stripe can say.
const widest = 1<<16 - 1

// Sheet makes the pixels of strokes: smooth curves of their width with round
// ends and joins, covered where the middle of a pixel is inside. It keeps what
// it made of each stroke, so that a new point costs what it adds.
//
// The zero value is ready. Not safe for concurrent use.
type Sheet struct {
	brush  brush
	layers map[identity]*layer
	order  []*layer
	marks  []Mark
	round  uint64
}

// identity tells strokes apart.
type identity struct {
	owner  string
	number uint32
}

// Marks returns the pixels of all strokes inside bounds, those of the lowest
// stroke first: a later mark lies over an earlier one. Marks of one stroke do
// not overlap. The slice is valid until the next call.
func (s *Sheet) Marks(strokes []Stroke, bounds image.Rectangle) []Mark {
	bounds = bounds.Intersect(image.Rectangle{bounds.Min, bounds.Min.Add(image.Pt(widest, widest))})
	s.round++
	s.order = s.order[:0]
	for _, stroke := range strokes {
		if len(stroke.Points) > 0 {
			s.order = append(s.order, s.layer(stroke, bounds))
		}
	}
	s.forget()
	s.fit()
	s.marks = s.marks[:0]
	for _, l := range s.order {
		s.marks = append(s.marks, l.marks...)
	}
	return s.marks
}

// layer returns the layer of a stroke, up to date.
func (s *Sheet) layer(stroke Stroke, bounds image.Rectangle) *layer {
	key := identity{stroke.Owner, stroke.Number}
	l := s.layers[key]
	if l == nil {
		if s.layers == nil {
			s.layers = make(map[identity]*layer)
		}
		l = &layer{scale: 1}
		s.layers[key] = l
	}
	l.round = s.round
	s.brush.draw(l, stroke, bounds)
	return l
}

// forget lets go of strokes that are no longer there.
func (s *Sheet) forget() {
	for key, l := range s.layers {
		if l.round != s.round {
			delete(s.layers, key)
		}
	}
}

// fit makes it MaxMarks and maxRunsOfAll at most.
func (s *Sheet) fit() {
	marks, runs := 0, 0
	for _, l := range s.order {
		marks, runs = marks+len(l.marks), runs+l.runs
	}
	for marks > MaxMarks || runs > maxRunsOfAll {
		l := s.largest()
		marks, runs = marks-len(l.marks), runs-l.runs
		if l.scale == maxScale {
			s.order = s.order[1:]
			continue
		}
		s.brush.coarsen(l)
		marks, runs = marks+len(l.marks), runs+l.runs
	}
}

// largest returns the layer that costs most of those that can be coarser, or
// the lowest if there is none.
func (s *Sheet) largest() *layer {
	largest := s.order[0]
	for _, l := range s.order[1:] {
		if l.scale < maxScale && (largest.scale == maxScale || l.cost() > largest.cost()) {
			largest = l
		}
	}
	return largest
}
