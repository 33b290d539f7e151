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
	client    xproto.Window // the program's window: it, or the one inside that is managed
	pid       int           // of its program; 0 when unknown
	program   string        // path of the program's file; empty when unknown
	kept      bool          // it is the window manager's own
	sort      sort
	override  bool // it is not in the care of a window manager
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

// doubt notes that less is known of a window than before.
func (m *model) doubt(w *window, state knowledge) {
	if w.state == certain {
		m.stale = append(m.stale, w)
	}
	w.state = max(w.state, state)
}

// refresh reads what is not certain. Readings are put off until here so that a
// burst of changes costs one.
func (m *model) refresh() {
	for _, w := range m.stale {
		if !w.gone && !w.ignored {
			m.recognise(w)
		}
	}
	m.stale = m.stale[:0]
}

// recognise reads who a window is and decides whether it is hidden.
func (m *model) recognise(w *window) {
	who := m.reader.identify(w.id)
	m.forget(w)
	for _, p := range who.parts {
		m.parts[p.id] = part{w, p.searched}
		w.inner = append(w.inner, p.id)
	}
	if w.state == unknown {
		m.question(w)
	}
	if w.opaque != who.opaque && w.shown() || w.leader != who.leader {
		m.stir()
	}
	if w.client != who.client {
		m.forgetSpots(w)
	}
	w.identity = who
	w.state = certain
	m.judge(w)
}

// decide sets the verdict on a window. One that is no longer secret still shows
// for a while what it has shown.
func (m *model) decide(w *window, secret bool) {
	if w.secret == secret {
		return
	}
	if !secret {
		w.until = m.clock().Add(m.settle)
	}
	w.secret = secret
	m.stir()
}

// question marks a window as unknown for this span.
func (m *model) question(w *window) {
	w.doubt = m.span
	if w.shown() {
		m.stir()
	}
}

// property notes that a window's name or class changed. Number is that of the
// last request that the server had seen before the change.
func (m *model) property(e xproto.PropertyNotifyEvent, number uint64) {
	p, known := m.parts[e.Window]
	if !known {
		return
	}
	w := p.of
	if w.state == certain && number >= w.readAt {
		w.changed = w.changed[:0]
	}
	m.doubt(w, renamed)
	if !slices.Contains(w.changed, e.Atom) {
		w.changed = append(w.changed, e.Atom)
	} else if e.Atom == xproto.AtomWmClass || m.rules.byTitle() {
		// Of two changes before one reading, the first is never seen.
		m.question(w)
	}
}
