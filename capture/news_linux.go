package capture

import "sync"

// maxNews is how many windows are named one by one in news. Beyond, all of them
// are looked at anew.
const maxNews = 1024

// news is what events have said of the windows on the root since somebody took
// it. Run writes it, Grab takes it. The zero value is empty.
type news struct {
	mu      sync.Mutex
	changed map[uint32]bool // placed, shown, hidden or ended; false: only shaped
	drawn   map[uint32]bool // with pixels that are news
	all     bool            // anything may have changed
	ground  bool            // the root's background may be another one
	over    bool            // a compositor shows nothing of before any more
}

// change notes that a window changed, or that only its shape did.
func (n *news) change(window uint32, more bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.changed == nil {
		n.changed = make(map[uint32]bool)
	}
	before, named := n.changed[window]
	if named || len(n.changed) < maxNews {
		n.changed[window] = before || more
	} else {
		n.all = true
	}
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

// backdrop notes that the root's background may be another one.
func (n *news) backdrop() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ground = true
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
	changed, drawn    map[uint32]bool
	all, ground, over bool
}

// names reports whether a window may have changed.
func (t *told) names(window uint32) bool {
	_, named := t.changed[window]
	return t.all || named
}

// other reports whether anything changed but the shapes of these windows.
func (t *told) other(windows map[uint32]bool) bool {
	for window, more := range t.changed {
		if more || !windows[window] {
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
