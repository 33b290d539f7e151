package atspi

import (
	"image"
	"testing"
	"testing/synctest"
	"time"
)

func field40(x int32) fakeNode {
	return fakeNode{role: rolePassword, states: showing, area: [4]int32{x, 100, 100, 20}}
}

func entry(x int32, name string) fakeNode {
	return fakeNode{role: roleEntry, states: showing, area: [4]int32{x, 100, 100, 20}, name: name}
}

// TestNamesAreReadAgain changes a field's name, with an event and without.
func TestNamesAreReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake("gtk", "3.24")
		p := f.program()
		f.put("window", "a", entry(50, "Search"))
		f.put("window", "b", entry(150, "Search"))
		scanned(t, p)
		f.nodes[fakeRef("a")].name = "Card number"
		f.nodes[fakeRef("b")].name = "PIN"
		if s := scanned(t, p); len(s.Secrets) != 0 {
			t.Errorf("read again without a reason: %+v", s.Secrets)
		}
		p.doubt(fakeRef("a").path)
		if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Card {
			t.Errorf("after the event: %+v", s.Secrets)
		}
		time.Sleep(rereadTime)
		if s := scanned(t, p); len(s.Secrets) != 2 || s.Secrets[1].Kind != PIN {
			t.Errorf("after a while: %+v", s.Secrets)
		}
	})
}

func TestAreas(t *testing.T) {
	for _, c := range []struct {
		x, y, width, height int
		known               bool
	}{
		{10, 10, 100, 20, true}, {-50, -10, 100, 20, true}, {0, 0, 1, 1, true},
		{-1, -1, -1, -1, false}, {0, 0, 0, 0, false}, {10, 10, 0, 20, false}, {10, 10, 20, 0, false}, {10, 10, -5, 20, false},
		{maxCoordinate, -maxCoordinate, 1, 1, true}, {maxCoordinate + 1, 0, 1, 1, false}, {0, -maxCoordinate - 1, 1, 1, false},
		{0, 0, maxSide, maxSide, true}, {0, 0, maxSide + 1, 1, false}, {0, 0, 1, maxSide + 1, false},
		{-1 << 31, -1 << 31, 1<<31 - 1, 1<<31 - 1, false},
	} {
		f := newFake("gtk", "3.24")
		n := field40(0)
		n.area = [4]int32{int32(c.x), int32(c.y), int32(c.width), int32(c.height)}
		f.put("window", "secret", n)
		want := image.Rectangle{}
		if c.known {
			want = image.Rect(c.x, c.y, c.x+c.width, c.y+c.height)
		}
		if s := scanned(t, f.program()).Secrets[0]; s.Known != c.known || s.Area != want || !s.Showing {
			t.Errorf("%+v: %+v", c, s)
		}
		f.nodes[fakeRef("secret")].states = 0
		if s := scanned(t, f.program()).Secrets[0]; !s.Known || s.Showing {
			t.Errorf("%+v of a field that does not show: %+v", c, s)
		}
	}
}

func TestTexts(t *testing.T) {
	if got := Clean("a\u202e\x00b\u200b\n\xffc "); got != "a b c" {
		t.Errorf("%q", got)
	}
	for _, n := range []int{maxText, maxText + 1} {
		long := make([]byte, n)
		for i := range long {
			long[i] = 'x'
		}
		if got := Clean(string(long)); len(got) != maxText {
			t.Errorf("%d bytes of %d are kept", len(got), n)
		}
	}
}
