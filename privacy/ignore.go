package privacy

import "github.com/jezek/xgb/xproto"

// Ignore names windows, by the display's numbers for them, that are in no
// picture although they are on the screen: the capture looks beneath them. They
// hide nothing and uncover nothing: a hidden window below one of them is masked
// there too. It may be called at any time, also while Run runs; what was named
// before is forgotten.
//
// Call it when the capture has begun to look beneath them and before they are
// shown. The server has given every window pixels of its own then, which hold,
// until its program has painted, what was on the screen at that place.
//
// A window that has ended is no longer ignored, because its number may come
// again for another one. One that does not exist never is.
func (g *Guard) Ignore(windows []uint32) {
	for _, t := range g.trackers {
		t.ignore(windows)
	}
}

func (w *windows) ignore(ids []uint32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.model.ignore(ids)
	if w.model.dirty && w.running {
		w.tell()
	}
}

// ignore takes these windows, and no others, out of what is to be seen.
func (m *model) ignore(ids []uint32) {
	named := make(map[xproto.Window]bool)
	for _, id := range ids {
		named[xproto.Window(id)] = true
	}
	for _, w := range m.stack {
		if w.ignored && !named[w.id] {
			m.regard(w)
		}
		if !w.ignored && named[w.id] {
			m.disregard(w)
		}
	}
	for id := range named {
		if _, _, exists := m.reader.place(id); !exists {
			delete(named, id)
		}
	}
	m.ignored = named
	if len(ids) > 0 {
		m.smear()
	}
}

// disregard lets a window count as not there.
func (m *model) disregard(w *window) {
	if w.shown() {
		m.leave(w)
		m.stir()
	}
	m.forget(w)
	w.ignored, w.state = true, certain
}

// regard lets an ignored window count again. Who it is has to be read.
func (m *model) regard(w *window) {
	w.ignored = false
	m.doubt(w, unknown)
	if w.shown() {
		m.stir()
		m.expose(w)
	}
}

// smear taints the windows that may have got pixels of hidden ones, above or
// below them, when they got their own.
func (m *model) smear() {
	for _, w := range m.stack {
		if w.shown() && len(m.secrets(nil, w)) > 0 {
			m.uncover(w)
		}
	}
}
