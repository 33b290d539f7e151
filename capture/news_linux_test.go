package capture

import (
	"image"
	"testing"
)

// TestNewsLimit: as many windows as may be are named, one more means all.
func TestNewsLimit(t *testing.T) {
	t.Parallel()
	for name, say := range map[string]func(n *news, window uint32){
		"changed": func(n *news, window uint32) { n.change(window, change{more: true}) },
		"drawn":   func(n *news, window uint32) { n.drew(window) },
	} {
		var n news
		var said told
		for i := range uint32(maxNews) {
			say(&n, i)
			say(&n, i)
		}
		n.take(&said)
		if said.all || len(said.changed)+len(said.drawn) != maxNews {
			t.Errorf("%s: at the limit all is %v, %d named", name, said.all, len(said.changed)+len(said.drawn))
		}
		for i := range uint32(maxNews + 1) {
			say(&n, i)
		}
		if n.take(&said); !said.all || len(said.changed)+len(said.drawn) > maxNews {
			t.Errorf("%s: past the limit all is %v, %d named", name, said.all, len(said.changed)+len(said.drawn))
		}
		if n.take(&said); said.all || len(said.changed)+len(said.drawn) != 0 {
			t.Errorf("%s: news was told twice", name)
		}
	}
}

// TestNewsOfSizes: what happened to a window is added up.
func TestNewsOfSizes(t *testing.T) {
	t.Parallel()
	small, large := change{outer: image.Pt(10, 10)}, change{more: true, outer: image.Pt(20, 10)}
	for _, c := range []struct {
		first, next, want change
	}{
		{change{}, small, change{outer: small.outer}},
		{small, small, change{outer: small.outer}},
		{small, change{remade: true}, change{remade: true, outer: small.outer}},
		{small, large, change{more: true, resized: true, outer: large.outer}},
		{large.then(small), small, change{more: true, resized: true, outer: small.outer}},
		{change{ended: true}, large, change{ended: true, more: true, outer: large.outer}},
	} {
		if got := c.first.then(c.next); got != c.want {
			t.Errorf("%+v then %+v is %+v", c.first, c.next, got)
		}
	}
}

// TestNewsOfFewWindows: there is news of those that are watched alone.
func TestNewsOfFewWindows(t *testing.T) {
	t.Parallel()
	var n news
	var said told
	n.change(1, change{})
	n.change(2, change{})
	n.watch(map[uint32]bool{2: true, 3: true})
	for window, want := range map[uint32]bool{1: false, 3: true} {
		if n.change(window, change{}) != want {
			t.Errorf("window %d is news: %v", window, !want)
		}
	}
	if n.backdrop() {
		t.Error("the root's background is news")
	}
	n.take(&said)
	if _, first := said.changed[1]; first || len(said.changed) != 2 || !said.all {
		t.Errorf("news is %+v", said)
	}
}
