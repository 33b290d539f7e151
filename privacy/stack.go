package privacy

import (
	"image"
	"maps"
	"slices"

	"github.com/jezek/xgb/xproto"
)

// rebuild starts anew with the windows on the root, lowest first. Until the
// span ends nobody knows where windows were, and when there was a model before,
// what it hid may show for a while yet.
func (m *model) rebuild(ids []xproto.Window) {
	if m.built != 0 {
		m.ghosts = append(m.ghosts[:0], ghost{0, everywhere, m.span, m.clock(), m.clock().Add(m.settle)})
	}
	m.built, m.crowded, m.outdated = m.span, false, false
	m.stack, m.stale = m.stack[:0], m.stale[:0]
	clear(m.parts)
	maps.DeleteFunc(m.ignored, func(id xproto.Window, _ bool) bool { return !slices.Contains(ids, id) })
	for _, id := range ids {
		if area, mapped, exists := m.reader.place(id); exists {
			m.add(id, area, mapped)
		}
	}
	m.stir()
}

// add takes in a window that appeared on the root, on top of the others. One
// that appeared just before rebuild asked is known from there.
func (m *model) add(id xproto.Window, area image.Rectangle, mapped bool) {
	if i, _ := m.find(id); i >= 0 {
		return
	}
	if len(m.stack) > maxWindows { // with our own
		m.crowded = true
		m.stir()
		return
	}
	w := &window{id: id, area: area, mapped: mapped, since: m.clock(), withheld: m.asks, absent: m.composed, ignored: m.ignored[id]}
	m.stack = append(m.stack, w)
	if w.ignored {
		return
	}
	m.doubt(w, unknown)
	if w.shown() {
		m.stir()
	}
}

// remove forgets a window that is no longer on the root.
func (m *model) remove(id xproto.Window) {
	m.outdated = m.outdated || m.crowded // there may be room for all now
	delete(m.ignored, id)
	i, w := m.find(id)
	if i < 0 {
		return
	}
	m.leave(w)
	if w.shown() {
		m.stir()
	}
	m.forget(w)
	w.gone = true
	m.stack = slices.Delete(m.stack, i, i+1)
}

// move gives the i-th window a new area.
func (m *model) move(i int, area image.Rectangle) {
	w := m.stack[i]
	if w.area == area {
		return
	}
	whole := w.area.Size() == area.Size() && !m.obscured(i) // moves with all its pixels
	m.carry(w)
	m.leave(w)
	w.area, w.moved = area, m.clock()
	if w.shown() {
		m.stir()
		if !whole {
			m.expose(w)
		}
	}
}

// restack moves the i-th window to another place in the stack.
func (m *model) restack(i, to int) {
	if i == to {
		return
	}
	w := m.stack[i]
	m.stack = slices.Insert(slices.Delete(m.stack, i, i+1), to, w)
	if !w.shown() {
		return
	}
	m.stir()
	m.expose(w)
	if len(m.secrets(nil, w)) > 0 {
		m.uncover(w)
	}
}
