package privacy

import (
	"slices"

	"github.com/jezek/xgb/xproto"
)

// identity is what the server says of a window on the root.
type identity struct {
	looks     []look        // of it and of the windows inside
	parts     []partOf      // it and the windows inside
	leader    xproto.Window // WM_TRANSIENT_FOR, or 0
	inputOnly bool
	opaque    bool
	unread    bool   // something could not be read
	readAt    uint64 // number of the last request
}

// partOf is a window that was looked at.
type partOf struct {
	id       xproto.Window
	searched bool // its children too
}

// forget drops what is known of the inside of a window.
func (m *model) forget(w *window) {
	for _, id := range w.inner {
		if m.parts[id].of == w { // or it has moved on already
			delete(m.parts, id)
		}
	}
	w.inner = w.inner[:0]
}

// recognise reads who a window is and decides whether it is hidden.
func (m *model) recognise(w *window) {
	who := m.reader.identify(w.id)
	was := m.hidden(w)
	m.forget(w)
	for _, p := range who.parts {
		m.parts[p.id] = part{w, p.searched}
		w.inner = append(w.inner, p.id)
	}
	w.leader, w.inputOnly, w.opaque = who.leader, who.inputOnly, who.opaque
	w.readAt = who.readAt
	m.decide(w, who.unread || slices.ContainsFunc(who.looks, m.rules.hide))
	if w.shown() && m.hidden(w) != was {
		m.stir()
	}
}

// decide sets the verdict on a window. One that is no longer secret still shows
// for a while what it has shown.
func (m *model) decide(w *window, secret bool) {
	if w.secret && !secret {
		w.until = m.clock().Add(m.settle)
		m.stir()
	}
	w.secret = secret
}

// question marks a window as unknown for this span.
func (m *model) question(w *window) {
	w.doubt = m.span
	if w.shown() {
		m.stir()
	}
}

// property reads a window again whose name or class changed. Number is that of
// the last request that the server had seen before the change.
func (m *model) property(e xproto.PropertyNotifyEvent, number uint64) {
	p, known := m.parts[e.Window]
	if !known {
		return
	}
	w := p.of
	switch {
	case number >= w.readAt:
		w.read = append(w.read[:0], e.Atom)
	case !slices.Contains(w.read, e.Atom):
		w.read = append(w.read, e.Atom)
	case m.rules.byTitle():
		// Of two changes before one reading, the first was never seen.
		m.question(w)
	}
	m.recognise(w)
}
