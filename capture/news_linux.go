package capture

import (
	"image"
	"maps"
	"sync"
)

// maxNews is how many windows are named one by one in news. Beyond, all of them
// are looked at anew. Of chosen windows nothing may be lost.
const maxNews = MaxOnly

// news is what events have said of the windows on the root since somebody took
// it. Run writes it, Grab takes it. The zero value is empty.
type news struct {
	mu      sync.Mutex
	only    map[uint32]bool   // not nil: of no other windows is there any news
	changed map[uint32]change // but not what was drawn
	drawn   map[uint32]bool   // with pixels that are news
	all     bool              // anything may have changed
	ground  bool              // the root's background may be another one
	over    bool              // what had to rest has rested
}

// change is what happened to a window.
type change struct {
	more    bool        // than its shape
	remade  bool        // it was shown, hidden or taken elsewhere
	ended   bool        // it is no longer there; another one may have its number
	resized bool        // it had different sizes
	outer   image.Point // the last of them with its border, if any was told
}

// then is a change with another one after it.
func (c change) then(next change) change {
	next.more, next.remade, next.ended = c.more || next.more, c.remade || next.remade, c.ended || next.ended
	if next.outer == (image.Point{}) {
		next.outer = c.outer
	}
	next.resized = c.resized || c.outer != image.Point{} && c.outer != next.outer
	return next
}

// watch lets there be news of these windows and no others; of all for nil.
func (n *news) watch(windows map[uint32]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.only, n.all = windows, true
	if windows != nil {
		maps.DeleteFunc(n.changed, func(window uint32, _ change) bool { return !windows[window] })
	}
}

// change notes that a window changed. It reports whether that is news.
func (n *news) change(window uint32, c change) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.only != nil && !n.only[window] {
		return false
	}
	if n.changed == nil {
		n.changed = make(map[uint32]change)
	}
	before, named := n.changed[window]
	if named || len(n.changed) < maxNews {
		n.changed[window] = before.then(c)
	} else {
		n.all = true
	}
	return true
}

// drew notes that something was drawn on a window.
func (n *news) drew(window uint32) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.drawn == nil {
		n.drawn = make(map[uint32]bool)
	}
	if n.drawn[window] || len(n.drawn) < maxNews {
		n.drawn[window] = true
	} else {
		n.all = true
	}
}

// anew notes that anything may have changed.
func (n *news) anew() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = true
}

// backdrop notes that the root's background may be another one. It reports
// whether that is news.
func (n *news) backdrop() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ground = n.only == nil
	return n.ground
}

// late notes that a compositor has had its time.
func (n *news) late() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.over = true
}

// take moves what was said to t.
func (n *news) take(t *told) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changed, t.changed = t.changed, n.changed
	n.drawn, t.drawn = t.drawn, n.drawn
	t.all, t.ground, t.over = n.all, n.ground, n.over
	n.all, n.ground, n.over = false, false, false
	clear(n.changed)
	clear(n.drawn)
}

// told is news that was taken.
type told struct {
	changed           map[uint32]change
	drawn             map[uint32]bool
	all, ground, over bool
}

// names reports whether a window may have changed.
func (t *told) names(window uint32) bool {
	_, named := t.changed[window]
	return t.all || named
}

// other reports whether anything changed but the shapes of these windows.
func (t *told) other(windows map[uint32]bool) bool {
	for window, c := range t.changed {
		if c.more || !windows[window] {
			return true
		}
	}
	return false
}

// since reports whether there is news again: of windows, or of what was drawn
// on others than those whose damage was taken.
func (n *news) since(taken map[uint32]bool) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for window := range n.drawn {
		if !taken[window] {
			return true
		}
	}
	return n.all || n.ground || len(n.changed) > 0
}

// about reports whether there may be news of one of these windows.
func (n *news) about(windows map[uint32]bool) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for window := range n.changed {
		if windows[window] {
			return true
		}
	}
	return n.all
}
