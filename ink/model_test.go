package ink

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

// twins are a board and its reference, which take the same.
type twins struct {
	*testing.T
	board *Board
	plain *reference
	now   time.Time
	seed  uint64
	seen  []Stroke // when last compared

	taken           int // messages
	strokes, points int // the most of one owner so far
}

func newTwins(t *testing.T, seed uint64) *twins {
	return &twins{T: t, board: NewBoard(), plain: &reference{owners: map[string]*referenceOwner{}}, now: start, seed: seed}
}

func (w *twins) fail(format string, args ...any) {
	w.Helper()
	w.Fatalf("seed %d: "+format, append([]any{w.seed}, args...)...)
}

// take gives both a message. What Take says is checked too. With much on the
// boards they are compared now and then.
func (w *twins) take(owner string, m protocol.Message) {
	w.Helper()
	before := w.seen
	changed := w.board.Take(owner, m, w.now)
	w.plain.take(owner, m, w.now)
	w.seen = nil
	if w.taken++; w.points > 1000 && w.taken%10 != 0 {
		return
	}
	if after := w.same(); before != nil && !changed && !slices.EqualFunc(before, after, equal) {
		w.fail("%#v from %s is said to have changed nothing", m, owner)
	}
}

// remove takes an owner away from both.
func (w *twins) remove(owner string) {
	w.Helper()
	before, changed := w.same(), w.board.Remove(owner)
	delete(w.plain.owners, owner)
	if after := w.same(); changed == slices.EqualFunc(before, after, equal) {
		w.fail("Remove of %s says %t", owner, changed)
	}
}

// same compares what both say, and returns it.
func (w *twins) same() []Stroke {
	w.Helper()
	got, want := slices.Clone(w.board.Strokes(w.now)), w.plain.strokes(w.now)
	if len(got) != len(want) {
		w.fail("%d strokes are to be seen, want %d", len(got), len(want))
	}
	for i := range got {
		if !equal(got[i], want[i]) {
			w.fail("stroke %d of those to be seen is\n%v, want\n%v", i, got[i], want[i])
		}
	}
	w.bounded()
	w.seen = got
	return got
}

// equal says whether two strokes look the same.
func equal(a, b Stroke) bool {
	return a.Owner == b.Owner && a.Number == b.Number && a.Colour == b.Colour && a.Width == b.Width && slices.Equal(a.Points, b.Points)
}

// bounded checks what no console can make grow.
func (w *twins) bounded() {
	w.Helper()
	if n := len(w.board.pads); n > maxOwners {
		w.fail("%d owners", n)
	}
	alive := 0
	for owner, p := range w.board.pads {
		alive += len(p.trails)
		w.strokes, w.points = max(w.strokes, len(p.trails)), max(w.points, p.size())
		if len(p.trails) > protocol.MaxStrokes || p.size() > protocol.MaxAlive {
			w.fail("%s has %d strokes, %d points", owner, len(p.trails), p.size())
		}
	}
	if len(w.board.order) > alive {
		w.fail("%d strokes in order, %d alive", len(w.board.order), alive)
	}
}

// wait lets time go by. If the board is to change by itself meanwhile, it does
// so exactly when it has said.
func (w *twins) wait(d time.Duration) {
	w.Helper()
	until := w.now.Add(d)
	for next := w.board.Next(w.now); !next.IsZero() && !next.After(until); next = w.board.Next(w.now) {
		before := w.same()
		if !next.After(w.now) {
			w.fail("the next change is to be %v ago", w.now.Sub(next))
		}
		w.now = next.Add(-1)
		if !slices.EqualFunc(before, w.same(), equal) {
			w.fail("it changed before it should")
		}
		w.now = next
		if slices.EqualFunc(before, w.same(), equal) {
			w.fail("it did not change when it should")
		}
	}
	w.now = until
	w.same()
}

// TestBoardAgainstReference gives both ten thousand sequences of messages. One
// in five hundred is long, and reaches the limits.
func TestBoardAgainstReference(t *testing.T) {
	t.Parallel()
	var fullest twins
	for seed := range uint64(10000) {
		rnd := rand.New(rand.NewPCG(seed, 12))
		w, m := newTwins(t, seed), mixer{rnd, 3, 1, 6, 4, 1}
		steps := 10 + rnd.IntN(60)
		switch seed % 1000 {
		case 0:
			m, steps = mixer{rnd, 2, 1, 100, 4, 1}, 800
		case 500:
			m, steps = mixer{rnd, 1, 1, 50, protocol.MaxPoints, 1000}, 2500
		}
		for range steps {
			m.step(w)
		}
		fullest.strokes, fullest.points = max(fullest.strokes, w.strokes), max(fullest.points, w.points)
	}
	if fullest.strokes < protocol.MaxStrokes || fullest.points <= protocol.MaxAlive-protocol.MaxPoints {
		t.Errorf("at most %d strokes and %d points: the limits were not reached", fullest.strokes, fullest.points)
	}
}

// A mixer makes messages that mostly belong together.
type mixer struct {
	rnd     *rand.Rand
	owners  int
	base    uint32 // the lowest number in use; it rises with time
	numbers uint32 // how many are in use
	points  int    // of a message, at most
	end     uint32 // points of a stroke, at least
}

func (m *mixer) step(w *twins) {
	owner, any := string(rune('a'+m.rnd.IntN(m.owners))), string(rune('a'+m.rnd.IntN(2*maxOwners)))
	switch m.rnd.IntN(40) {
	case 0:
		w.take(any, m.message())
	case 1:
		w.remove(any)
	case 2:
		w.wait(time.Duration(m.rnd.IntN(40000)) * time.Millisecond)
	case 3, 4, 5:
		w.wait(time.Duration(m.rnd.IntN(400)) * time.Millisecond)
	default:
		w.take(owner, m.message())
	}
}

func (m *mixer) message() protocol.Message {
	if m.rnd.IntN(20) == 0 {
		m.base++
	}
	stroke := m.base + m.rnd.Uint32N(m.numbers)
	switch m.rnd.IntN(24) {
	case 0:
		return &protocol.Undo{Stroke: stroke}
	case 1:
		return &protocol.Clear{Stroke: 1 + m.rnd.Uint32N(m.base)}
	case 2, 3, 4:
		return end(stroke, min(m.end+m.rnd.Uint32N(uint32(8*m.points)), protocol.MaxStroke))
	case 5, 6, 7, 8:
		return begin(stroke, uint8(1+m.rnd.IntN(64)), uint16(m.rnd.IntN(2)*m.rnd.IntN(protocol.MaxFade+1)))
	}
	some := points(stroke, uint32(m.rnd.IntN(m.points)*m.rnd.IntN(9)), 1+m.rnd.IntN(m.points))
	some.Points[1] += uint16(m.rnd.IntN(2)) // not always the same when it comes twice
	return some
}
