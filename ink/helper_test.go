package ink

import (
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

var start = time.Unix(1_000_000, 0)

func begin(stroke uint32, width uint8, fade uint16) *protocol.StrokeBegin {
	return &protocol.StrokeBegin{Stroke: stroke, Generation: 1, Colour: stroke, Width: width, Fade: fade}
}

// points is a message with n points from an index on. A point is told by its
// index: x is that, and y the stroke.
func points(stroke, index uint32, n int) *protocol.StrokePoints {
	m := &protocol.StrokePoints{Stroke: stroke, Index: index}
	for i := range n {
		m.Points = append(m.Points, uint16(index)+uint16(i), uint16(stroke))
	}
	return m
}

func end(stroke, points uint32) *protocol.StrokeEnd {
	return &protocol.StrokeEnd{Stroke: stroke, Points: points}
}

// whole is all messages of a stroke with n points.
func whole(stroke uint32, n int) []protocol.Message {
	all := []protocol.Message{begin(stroke, 4, 0)}
	for i := 0; i < n; i += protocol.MaxPoints {
		all = append(all, points(stroke, uint32(i), min(n-i, protocol.MaxPoints)))
	}
	return append(all, end(stroke, uint32(n)))
}

// takeAll gives messages of one owner to a board.
func takeAll(b *Board, owner string, now time.Time, messages ...protocol.Message) {
	for _, m := range messages {
		b.Take(owner, m, now)
	}
}

// numbers are those of the strokes that are to be seen.
func numbers(b *Board, now time.Time) (all []uint32) {
	for _, s := range b.Strokes(now) {
		all = append(all, s.Number)
	}
	return all
}

func wantNumbers(t *testing.T, b *Board, now time.Time, want ...uint32) {
	t.Helper()
	if got := numbers(b, now); !slices.Equal(got, want) {
		t.Errorf("strokes %v are to be seen, want %v", got, want)
	}
}
