package privacy

import (
	"image"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// apply brings the model up to date with one event. Each was sent by the server
// for the root, or for a window that identify looked at.
func (m *model) apply(ev xgb.Event) {
	switch e := ev.(type) {
	case xproto.CreateNotifyEvent:
		if e.Parent == m.root {
			m.add(e.Window, outer(e.X, e.Y, e.Width, e.Height, e.BorderWidth), false)
		} else {
			m.inside(e.Parent)
		}
	case xproto.DestroyNotifyEvent:
		if e.Event == m.root {
			m.remove(e.Window)
		} else {
			m.inside(e.Event)
		}
	case xproto.ReparentNotifyEvent:
		m.reparent(e)
	case xproto.MapNotifyEvent:
		m.mapping(e.Event, e.Window, true)
	case xproto.UnmapNotifyEvent:
		m.mapping(e.Event, e.Window, false)
	case xproto.ConfigureNotifyEvent:
		m.configure(e)
	case xproto.GravityNotifyEvent:
		if i, w := m.find(e.Window); i >= 0 && e.Event == m.root {
			m.move(i, w.area.Sub(w.area.Min).Add(image.Pt(int(e.X), int(e.Y))))
		}
	case xproto.CirculateNotifyEvent:
		m.circulate(e)
	}
}

// outer is the area of a window with its border.
func outer(x, y int16, w, h, border uint16) image.Rectangle {
	size := image.Pt(int(w)+2*int(border), int(h)+2*int(border))
	return image.Rectangle{Max: size}.Add(image.Pt(int(x), int(y)))
}

// inside notes that the windows inside a part of a window changed: another
// program's window may have come into the frame.
func (m *model) inside(parent xproto.Window) {
	if p := m.parts[parent]; p.searched {
		m.doubt(p.of, unknown)
	}
}

// reparent follows a window that a window manager puts into a frame, or back.
// The event is sent to the old parent and to the new one.
func (m *model) reparent(e xproto.ReparentNotifyEvent) {
	switch {
	case e.Event != m.root:
		m.inside(e.Event)
	case e.Parent != m.root:
		m.remove(e.Window)
	default:
		m.remove(e.Window) // harmless, and it is put on top
		m.adopt(e)
	}
}

// adopt takes in a window that was put back onto the root. The event does not
// tell its size, and what the server says now may be later than the event: the
// window counts as moved from one to the other.
func (m *model) adopt(e xproto.ReparentNotifyEvent) {
	area, mapped, exists := m.reader.place(e.Window)
	if !exists { // of any size it was on the screen
		m.built = m.span
		m.stir()
		return
	}
	m.add(e.Window, area.Sub(area.Min).Add(image.Pt(int(e.X), int(e.Y))), mapped)
	if i, _ := m.find(e.Window); i >= 0 {
		m.move(i, area)
	}
}

// mapping notes that a window on the root came to the screen or left it. That
// a hidden one left is checked: by the conventions of window managers, programs
// send this event about their own windows too.
func (m *model) mapping(event, id xproto.Window, mapped bool) {
	i, w := m.find(id)
	if i < 0 || event != m.root || w.mapped == mapped {
		return
	}
	if !mapped {
		if _, still, _ := m.reader.place(id); still {
			return
		}
		m.leave(w)
	}
	seen := w.shown()
	w.mapped, w.since = mapped, m.clock()
	if !seen && !w.shown() {
		return
	}
	m.stir()
	if mapped {
		m.expose(w)
	}
}

// configure moves, resizes and restacks a window on the root.
func (m *model) configure(e xproto.ConfigureNotifyEvent) {
	i, _ := m.find(e.Window)
	if i < 0 || e.Event != m.root {
		return
	}
	m.move(i, outer(e.X, e.Y, e.Width, e.Height, e.BorderWidth))
	if e.AboveSibling == 0 {
		m.restack(i, 0)
		return
	}
	below, sibling := m.find(e.AboveSibling)
	switch {
	case sibling == nil:
		m.outdated = true
	case below < i:
		m.restack(i, below+1)
	default:
		m.restack(i, below)
	}
}

// circulate puts a window on the root above or below all others.
func (m *model) circulate(e xproto.CirculateNotifyEvent) {
	i, _ := m.find(e.Window)
	switch {
	case i < 0 || e.Event != m.root:
	case e.Place == xproto.PlaceOnTop:
		m.restack(i, len(m.stack)-1)
	default:
		m.restack(i, 0)
	}
}

// shaped notes that a window got or lost a shape.
func (m *model) shaped(id xproto.Window) {
	if i, w := m.find(id); i >= 0 && !w.ignored {
		m.stir()
		m.doubt(w, renamed)
	}
}
