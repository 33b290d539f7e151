package ink

import (
	"image"
	"time"

	"telestrator/protocol"
)

// A trail is one stroke while its messages come, in any order. SPEC.md 8.7.
type trail struct {
	owner  string
	number uint32
	begun  bool // its begin has come: the next three hold
	colour uint32
	width  int
	fade   time.Duration // 0 stays

	points  []image.Point          // from the first on, without a gap; only ever added to
	late    map[uint32]image.Point // beyond a gap, by index
	total   uint32                 // points as its end says; 0 before the end has come
	last    time.Time              // when a message for it last came
	removed bool                   // it is on its pad no longer
}

// begin takes the first begin, and says whether it was that.
func (t *trail) begin(m *protocol.StrokeBegin) bool {
	if t.begun {
		return false
	}
	t.begun, t.colour, t.width = true, m.Colour, int(m.Width)
	t.fade = time.Duration(m.Fade) * time.Millisecond
	return true
}

// add takes points.
func (t *trail) add(m *protocol.StrokePoints) {
	for i := 0; i+1 < len(m.Points); i += 2 {
		t.put(m.Index+uint32(i/2), image.Pt(int(m.Points[i]), int(m.Points[i+1])))
	}
}

// put keeps a point, if it is the first for its index: what may have been drawn
// already is not written again.
func (t *trail) put(index uint32, p image.Point) {
	next := uint32(len(t.points))
	if index < next || index >= t.limit() {
		return
	}
	if index > next {
		t.wait(index, p)
		return
	}
	t.points = append(t.points, p)
	t.join()
}

// wait keeps a point that comes before one with a lower index.
func (t *trail) wait(index uint32, p image.Point) {
	if t.late == nil {
		t.late = make(map[uint32]image.Point)
	}
	if _, there := t.late[index]; !there {
		t.late[index] = p
	}
}

// join moves what now follows without a gap.
func (t *trail) join() {
	for {
		next := uint32(len(t.points))
		p, there := t.late[next]
		if !there {
			return
		}
		t.points = append(t.points, p)
		delete(t.late, next)
	}
}

// end takes the first end, and lets go of points beyond it.
func (t *trail) end(m *protocol.StrokeEnd) {
	if t.total > 0 {
		return
	}
	t.total = min(m.Points, protocol.MaxStroke)
	t.points = t.points[:min(len(t.points), int(t.total))]
	for index := range t.late {
		if index >= t.total {
			delete(t.late, index)
		}
	}
}

// limit returns how many points the stroke may have.
func (t *trail) limit() uint32 {
	if t.total > 0 {
		return t.total
	}
	return protocol.MaxStroke
}

// size returns how many points are kept for it.
func (t *trail) size() int { return len(t.points) + len(t.late) }

// whole says whether everything of the stroke is there.
func (t *trail) whole() bool { return t.begun && t.total > 0 && len(t.points) == int(t.total) }

// shown says whether anything of it is to be seen.
func (t *trail) shown() bool { return t.begun && len(t.points) > 0 }
