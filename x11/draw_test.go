package x11

import (
	"bytes"
	"image"
	"testing"
)

// requests takes apart what has gathered in c and empties it.
func requests(t *testing.T, c *Conn) (all [][]byte) {
	t.Helper()
	for out := c.out; len(out) > 0; {
		n := int(le.Uint16(out[2:])) * 4
		if n < 4 || n > len(out) {
			t.Fatalf("a request of %d bytes, %d are left", n, len(out))
		}
		all, out = append(all, out[:n]), out[n:]
	}
	c.out = nil
	return all
}

// TestRectanglesLimit: as many rectangles as go into one request are one
// request, one more are two, and none is lost.
func TestRectanglesLimit(t *testing.T) {
	t.Parallel()
	c, _ := server(t)
	for n, want := range map[int]int{0: 0, 1: 1, MaxRectangles: 1, MaxRectangles + 1: 2} {
		all := make([]image.Rectangle, n)
		for i := range all {
			all[i] = image.Rect(i, 0, i+2, 3)
		}
		before := c.seq
		c.Fill(1, 2, all)
		got := requests(t, c)
		if len(got) != want || int(c.seq-before) != want {
			t.Errorf("%d rectangles are %d requests, counted %d, want %d", n, len(got), c.seq-before, want)
		}
		var bodies []byte
		for _, r := range got {
			if len(r) > maxRequest {
				t.Errorf("%d rectangles make a request of %d bytes", n, len(r))
			}
			bodies = append(bodies, r[12:]...)
		}
		if len(bodies) != n*rectSize || n > 0 && le.Uint64(bodies[(n-1)*rectSize:]) != 3<<48|2<<32|uint64(n-1) {
			t.Errorf("%d rectangles became %d bytes", n, len(bodies))
		}
	}
}

// TestImageLimit: the most pixels that Put takes make the longest request.
func TestImageLimit(t *testing.T) {
	t.Parallel()
	c, _ := server(t)
	c.Put(1, 2, image.Rect(3, 4, 5, 6), bytes.Repeat([]byte{7}, MaxImage))
	got := requests(t, c)
	if len(got) != 1 || len(got[0]) != maxRequest {
		t.Errorf("%d requests, the first of %d bytes, want one of %d", len(got), len(got[0]), maxRequest)
	}
}

// TestPadding: whatever follows a text of any length is still understood.
func TestPadding(t *testing.T) {
	t.Parallel()
	c, _ := server(t)
	for n := range 9 {
		c.SetText(1, AtomName, AtomString, "12345678"[:n])
		c.Map(1)
		if got := requests(t, c); len(got) != 2 || got[1][0] != opMapWindow {
			t.Errorf("after a text of %d bytes: %v", n, got)
		}
	}
}

// TestWindowEvents: an event tells of a window when one changed, also when
// another client sent it.
func TestWindowEvents(t *testing.T) {
	t.Parallel()
	for kind := range byte(128) {
		e := make(Event, headSize)
		le.PutUint32(e[8:], 9)
		want := uint32(0)
		switch kind {
		case 17, 18, 19, 21, 22, 26:
			want = 9
		}
		for _, sent := range []byte{0, 128} {
			if e[0] = kind | sent; e.Window() != want {
				t.Errorf("event %d tells of window %d, want %d", e[0], e.Window(), want)
			}
		}
	}
}
