package privacy

import "slices"

// Compose says that from the next Begin on pictures are composed of these windows
// on the root alone, each whole, whether others cover it or not. Others, and the
// root, are in no picture. The goroutine that grabs calls it, with what the
// capture was told.
func (g *Guard) Compose(windows []uint32) {
	if g.fields == nil {
		return
	}
	w := g.fields.windows
	w.mu.Lock()
	defer w.mu.Unlock()
	w.model.compose(windows)
}

func (m *model) compose(windows []uint32) {
	m.composed = true
	for _, w := range m.stack {
		if absent := !slices.Contains(windows, uint32(w.id)); absent != w.absent {
			m.enter(w, absent)
		}
	}
}

// enter takes a window into the pictures, or out of them.
func (m *model) enter(w *window, absent bool) {
	if absent {
		m.leave(w)
	}
	w.absent, w.since = absent, m.clock()
	m.stir()
}

// Chosen appends the windows on the root that Policy.Only shows, lowest first,
// when there is such a list. A window that is not known for certain is not among
// them.
func (g *Guard) Chosen(dst []uint32) []uint32 {
	if g.fields == nil {
		return dst
	}
	w := g.fields.windows
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.model.picked(dst)
}

// picked appends the windows that are chosen, lowest first.
func (m *model) picked(dst []uint32) []uint32 {
	for _, w := range m.stack {
		if w.present() && m.listed(w) {
			dst = append(dst, uint32(w.id))
		}
	}
	return dst
}

// listed reports whether a window belongs into the pictures. One of which less is
// known than before stays there, masked: taking it out and in again would have it
// painted anew.
func (m *model) listed(w *window) bool {
	if w.state != certain {
		return !w.absent
	}
	return m.only != nil && !w.secret && !m.excluded(w)
}
