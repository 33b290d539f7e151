package ink

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"telestrator/protocol"
)

func TestPointLimitOfAStroke(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	takeAll(b, "a", start, begin(1, 4, 0))
	for i := uint32(0); i < 1990; i += 199 {
		takeAll(b, "a", start, points(1, i, 199))
	}
	takeAll(b, "a", start, points(1, 1990, 10))
	if n := len(b.Strokes(start)[0].Points); n != protocol.MaxStroke {
		t.Fatalf("%d points", n)
	}
	takeAll(b, "a", start, points(1, 1999, 2), points(1, 2000, 1), points(1, 2100, 1))
	if n := b.pads["a"].size(); n != protocol.MaxStroke {
		t.Errorf("%d points are kept", n)
	}
	wantNumbers(t, b, start, 1)
}

func TestStrokeLimit(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	for number := uint32(1); number <= protocol.MaxStrokes; number++ {
		takeAll(b, "a", start, begin(number, 4, 0), points(number, 0, 1))
	}
	takeAll(b, "other", start, begin(1, 4, 0), points(1, 0, 1))
	if n := len(b.Strokes(start)); n != protocol.MaxStrokes+1 {
		t.Fatalf("%d strokes", n)
	}
	if !b.Take("a", points(900, 5, 1), start) { // waits for its begin, and counts
		t.Error("the oldest went, and nothing is said to have changed")
	}
	got := b.Strokes(start)
	if len(got) != protocol.MaxStrokes || got[0].Number != 2 || got[protocol.MaxStrokes-1].Owner != "other" {
		t.Errorf("%d strokes, the first %d", len(got), got[0].Number)
	}
	takeAll(b, "a", start, begin(1, 4, 0), points(1, 0, 1))
	if got := b.Strokes(start); got[0].Number != 2 {
		t.Error("the oldest came back")
	}
}

func TestPointLimitOfAnOwner(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	for number := uint32(1); number <= 10; number++ {
		takeAll(b, "a", start, whole(number, protocol.MaxStroke)...)
	}
	if n := b.pads["a"].size(); n != protocol.MaxAlive {
		t.Fatalf("%d points", n)
	}
	wantNumbers(t, b, start, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	b.Take("a", points(12, 7, 1), start)
	wantNumbers(t, b, start, 2, 3, 4, 5, 6, 7, 8, 9, 10)
}

func TestOwnerLimit(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	for i := range maxOwners {
		takeAll(b, fmt.Sprint(i), start, begin(1, 4, 0), points(1, 0, 1))
	}
	if b.Take("more", begin(1, 4, 0), start) || b.Take("more", points(1, 0, 1), start) || len(b.Strokes(start)) != maxOwners {
		t.Error("one owner too many was taken")
	}
	if !b.Remove("3") || b.Remove("3") {
		t.Error("Remove does not say what it did")
	}
	takeAll(b, "more", start, begin(1, 4, 0), points(1, 0, 1))
	if got := b.Strokes(start); len(got) != maxOwners || got[maxOwners-1].Owner != "more" {
		t.Errorf("the place of the owner who left was not given away: %v", got)
	}
}

// TestMemoryOfWhatIsGone undoes a stroke, then others until it is forgotten.
func TestMemoryOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for others, remembered := range map[int]bool{0: true, maxGone - 1: true, maxGone: false} {
		b := NewBoard()
		b.Take("a", &protocol.Undo{Stroke: 1000}, start)
		for i := range others {
			takeAll(b, "a", start, &protocol.Undo{Stroke: uint32(2000 + i)}, &protocol.Undo{Stroke: 2000})
		}
		takeAll(b, "a", start, begin(1000, 4, 0), points(1000, 0, 1))
		if ignored := len(b.Strokes(start)) == 0; ignored != remembered {
			t.Errorf("after %d others: ignored %t", others, ignored)
		}
	}
}

func TestWhatBelongsToOthersStays(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	takeAll(b, "a", start, whole(1, 2)...)
	takeAll(b, "b", start, whole(1, 2)...)
	takeAll(b, "a", start, &protocol.Undo{Stroke: 1}, &protocol.Clear{Stroke: protocol.MaxNumber})
	if got := b.Strokes(start); len(got) != 1 || got[0].Owner != "b" {
		t.Errorf("left are %v", got)
	}
	if b.Take("b", &protocol.Pointer{Number: 1}, start) {
		t.Error("a pointer changes ink")
	}
}

// TestStrokesLieInOrder has begins that overtake each other: those of an owner
// lie by number, those of several by what came first.
func TestStrokesLieInOrder(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	for _, s := range []Stroke{{Owner: "a", Number: 12}, {Owner: "b", Number: 23}, {Owner: "a", Number: 14}, {Owner: "b", Number: 21}, {Owner: "a", Number: 13}} {
		takeAll(b, s.Owner, start, points(s.Number, 0, 1), begin(s.Number, 4, 0))
	}
	wantNumbers(t, b, start, 12, 21, 23, 13, 14)
}

// TestClear takes all away; what was begun before does not come back.
func TestClear(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	takeAll(b, "a", start, begin(1, 4, 0), points(1, 0, 1), begin(2, 4, 0))
	if !b.Clear() || b.Clear() {
		t.Error("Clear does not say what it did")
	}
	takeAll(b, "a", start, points(1, 1, 1), points(2, 0, 1), begin(1, 4, 0))
	wantNumbers(t, b, start)
	takeAll(b, "a", start, whole(3, 1)...)
	wantNumbers(t, b, start, 3)
}

// TestStrokesAreNotWrittenAgain keeps what Strokes said while more comes.
func TestStrokesAreNotWrittenAgain(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	takeAll(b, "a", start, begin(7, 4, 0), points(7, 0, 5))
	kept := b.Strokes(start)[0]
	takeAll(b, "a", start, points(7, 0, 1), points(7, 5, 1))
	_ = append(kept.Points, image.Pt(99, 99)) // not into what came since
	if now := b.Strokes(start)[0]; !slices.Equal(now.Points, points7(6)) {
		t.Errorf("drawn are %v", now.Points)
	}
	takeAll(b, "a", start, points(7, 6, 100), end(7, 3), points(7, 3, 9))
	if len(kept.Points) != 5 || !slices.Equal(kept.Points, points7(5)) {
		t.Errorf("it is %v now", kept.Points)
	}
	if now := b.Strokes(start)[0]; !slices.Equal(now.Points, points7(3)) {
		t.Errorf("the end says 3 points, drawn are %v", now.Points)
	}
}

func TestStrokesAllocatesNothing(t *testing.T) {
	b := NewBoard()
	for number := range uint32(protocol.MaxStrokes) {
		takeAll(b, "a", start, whole(number+1, 10)...)
	}
	b.Strokes(start)
	if n := testing.AllocsPerRun(100, func() { b.Strokes(start); b.Next(start) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
