package ink

import (
	"image"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

// orders calls f with every order of messages.
func orders(messages []protocol.Message, f func([]protocol.Message)) {
	var turn func(k int)
	turn = func(k int) {
		if k == len(messages) {
			f(messages)
		}
		for i := k; i < len(messages); i++ {
			messages[k], messages[i] = messages[i], messages[k]
			turn(k + 1)
			messages[k], messages[i] = messages[i], messages[k]
		}
	}
	turn(0)
}

func TestEveryOrderOfAStroke(t *testing.T) {
	t.Parallel()
	stroke := []protocol.Message{begin(7, 5, 500), points(7, 0, 3), points(7, 3, 1), points(7, 4, 2), points(7, 6, 1), end(7, 7)}
	whole := []Stroke{{"a", 7, 7, 5, points7(7)}}
	tried := 0
	orders(stroke, func(messages []protocol.Message) {
		tried++
		b := NewBoard()
		for i, m := range messages {
			b.Take("a", m, start)
			wantPrefix(t, b, messages[:i+1])
		}
		if got := b.Strokes(start); !reflect.DeepEqual(got, whole) {
			t.Fatalf("%v makes %v", messages, got)
		}
		if gone := b.pads["a"].trails[0].gone(); !gone.Equal(start.Add(500 * time.Millisecond)) {
			t.Fatalf("%v is gone at %v", messages, gone)
		}
	})
	if tried != 720 {
		t.Errorf("%d orders", tried)
	}
}

// points7 is what points(7, 0, n) says.
func points7(n int) (all []image.Point) {
	for i := range n {
		all = append(all, image.Pt(i, 7))
	}
	return all
}

// wantPrefix checks that a stroke is drawn as far as its points are there.
func wantPrefix(t *testing.T, b *Board, messages []protocol.Message) {
	t.Helper()
	var there [8]bool
	begun := false
	for _, m := range messages {
		switch m := m.(type) {
		case *protocol.StrokeBegin:
			begun = true
		case *protocol.StrokePoints:
			for i := range len(m.Points) / 2 {
				there[int(m.Index)+i] = true
			}
		}
	}
	n, got := slices.Index(there[:], false), 0
	for _, s := range b.Strokes(start) {
		got = len(s.Points)
	}
	if !begun {
		n = 0
	}
	if got != n {
		t.Fatalf("%d points are drawn after %v, want %d", got, messages, n)
	}
}

// TestEveryOrderOfUndoAndClear has two strokes, of which one is undone and one
// cleared, and a third that stays.
func TestEveryOrderOfUndoAndClear(t *testing.T) {
	t.Parallel()
	messages := []protocol.Message{
		begin(1, 4, 0), points(1, 0, 1), begin(2, 4, 0), begin(3, 4, 0), points(3, 0, 1),
		&protocol.Undo{Stroke: 3}, &protocol.Clear{Stroke: 1}, points(2, 0, 2),
	}
	orders(messages, func(messages []protocol.Message) {
		b := NewBoard()
		takeAll(b, "a", start, messages...)
		if got := numbers(b, start); !slices.Equal(got, []uint32{2}) {
			t.Fatalf("%v leaves %v", messages, got)
		}
	})
}

// TestOrderDoesNotMatterAtTheLimits shuffles more than a console may have.
func TestOrderDoesNotMatterAtTheLimits(t *testing.T) {
	t.Parallel()
	cases := []struct {
		strokes, points, first int
	}{
		{strokes: 64, points: 2, first: 1},
		{strokes: 70, points: 2, first: 7},
		{strokes: 10, points: 2000, first: 1},
		{strokes: 14, points: 2000, first: 5},
		{strokes: 66, points: 304, first: 3},
		{strokes: 64, points: 320, first: 3},
	}
	for _, c := range cases {
		var messages []protocol.Message
		for number := range c.strokes {
			messages = append(messages, whole(uint32(number+1), c.points)...)
		}
		for seed := range uint64(20) {
			rand.New(rand.NewPCG(seed, 0)).Shuffle(len(messages), func(i, j int) {
				messages[i], messages[j] = messages[j], messages[i]
			})
			b := NewBoard()
			takeAll(b, "a", start, messages...)
			got := b.Strokes(start)
			if len(got) != c.strokes-c.first+1 || got[0].Number != uint32(c.first) {
				t.Fatalf("%+v: %d strokes from %d on", c, len(got), got[0].Number)
			}
			for _, s := range got {
				if len(s.Points) != c.points {
					t.Fatalf("%+v: stroke %d has %d points", c, s.Number, len(s.Points))
				}
			}
		}
	}
}
