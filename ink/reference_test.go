package ink

import (
	"image"
	"slices"
	"time"

	"telestrator/protocol"
)

// A reference says the same as Board in the plainest way: it keeps what came,
// and works everything out when it is asked.
type reference struct {
	owners map[string]*referenceOwner
	begun  []key // the lowest first
}

type key struct {
	owner  string
	number uint32
}

type referenceOwner struct {
	strokes map[uint32]*referenceStroke
	gone    []uint32
	floor   uint32
}

type referenceStroke struct {
	begin  *protocol.StrokeBegin
	points map[uint32]image.Point
	end    uint32
	last   time.Time
}

func (r *reference) take(owner string, m protocol.Message, now time.Time) {
	r.expire(now)
	if r.owners[owner] == nil && len(r.owners) < 8 {
		r.owners[owner] = &referenceOwner{strokes: map[uint32]*referenceStroke{}}
	}
	o := r.owners[owner]
	if o == nil {
		return
	}
	switch m := m.(type) {
	case *protocol.Undo:
		o.undo(m.Stroke)
	case *protocol.Clear:
		o.clear(m.Stroke)
	case *protocol.StrokeBegin:
		if s := o.touch(m.Stroke, now); s != nil && s.begin == nil {
			s.begin = m
			r.place(key{owner, m.Stroke})
		}
	case *protocol.StrokePoints:
		if s := o.touch(m.Stroke, now); s != nil {
			s.add(m)
			o.trim()
		}
	case *protocol.StrokeEnd:
		if s := o.touch(m.Stroke, now); s != nil && s.end == 0 {
			s.end = m.Points
			s.cut()
		}
	}
}

// place lets a stroke sink from the top below later ones of its owner.
func (r *reference) place(k key) {
	r.begun = slices.DeleteFunc(r.begun, func(o key) bool {
		return o == k || r.stroke(o) == nil || r.stroke(o).begin == nil
	})
	r.begun = append(r.begun, k)
	for swapped := true; swapped; {
		swapped = false
		at := slices.Index(r.begun, k)
		for i, o := range r.begun[:at] {
			if o.owner == k.owner && o.number > k.number {
				r.begun = slices.Insert(slices.Delete(r.begun, at, at+1), i, k)
				swapped = true
				break
			}
		}
	}
}

func (r *reference) stroke(k key) *referenceStroke {
	if o := r.owners[k.owner]; o != nil {
		return o.strokes[k.number]
	}
	return nil
}

func (o *referenceOwner) isGone(number uint32) bool {
	return number <= o.floor || slices.Contains(o.gone, number)
}

func (o *referenceOwner) touch(number uint32, now time.Time) *referenceStroke {
	if o.isGone(number) {
		return nil
	}
	if o.strokes[number] == nil {
		o.strokes[number] = &referenceStroke{points: map[uint32]image.Point{}}
		o.trim()
	}
	s := o.strokes[number]
	if s == nil || s.whole() {
		return nil
	}
	s.last = now
	return s
}

func (o *referenceOwner) undo(number uint32) {
	if !o.isGone(number) {
		o.gone = append(o.gone, number)
		o.gone = o.gone[max(0, len(o.gone)-256):]
		delete(o.strokes, number)
	}
}

func (o *referenceOwner) clear(number uint32) {
	o.floor = max(o.floor, number)
	for n := range o.strokes {
		if n <= o.floor {
			delete(o.strokes, n)
		}
	}
}

func (o *referenceOwner) trim() {
	for {
		points, oldest := 0, uint32(protocol.MaxNumber)
		for n, s := range o.strokes {
			points, oldest = points+len(s.points), min(oldest, n)
		}
		if len(o.strokes) <= 64 && points <= 20000 {
			return
		}
		o.clear(oldest)
	}
}

func (s *referenceStroke) add(m *protocol.StrokePoints) {
	for i := range len(m.Points) / 2 {
		index := m.Index + uint32(i)
		if _, there := s.points[index]; !there {
			s.points[index] = image.Pt(int(m.Points[2*i]), int(m.Points[2*i+1]))
		}
	}
	s.cut()
}

func (s *referenceStroke) cut() {
	for index := range s.points {
		if index >= 2000 || s.end > 0 && index >= s.end {
			delete(s.points, index)
		}
	}
}

func (s *referenceStroke) drawn() (points []image.Point) {
	for {
		p, there := s.points[uint32(len(points))]
		if !there {
			return points
		}
		points = append(points, p)
	}
}

func (s *referenceStroke) whole() bool {
	return s.begin != nil && s.end > 0 && len(s.drawn()) == int(s.end)
}

// left returns how long the stroke is still to be seen.
func (s *referenceStroke) left(now time.Time) time.Duration {
	switch {
	case s.begin == nil || s.begin.Fade == 0:
		return time.Hour
	case s.whole():
		return s.last.Add(time.Duration(s.begin.Fade) * time.Millisecond).Sub(now)
	}
	return s.last.Add(30 * time.Second).Sub(now)
}

func (r *reference) expire(now time.Time) {
	for _, k := range r.begun {
		if s := r.stroke(k); s != nil && s.left(now) <= 0 {
			r.owners[k.owner].undo(k.number)
		}
	}
}

// width is that of SPEC.md 8.9, in the last 300 ms of a stroke.
func (s *referenceStroke) width(now time.Time) int {
	width, left := int(s.begin.Width), s.left(now)
	part := 4
	for ; part > 1 && left <= time.Duration(part-1)*100*time.Millisecond; part-- {
	}
	thin := max(1, width*part/4)
	if thin%2 != width%2 {
		thin++
	}
	return thin
}

func (r *reference) strokes(now time.Time) (all []Stroke) {
	r.expire(now)
	for _, k := range r.begun {
		if s := r.stroke(k); s != nil && s.begin != nil && len(s.drawn()) > 0 {
			all = append(all, Stroke{k.owner, k.number, s.begin.Colour, s.width(now), s.drawn()})
		}
	}
	return all
}
