package privacy

import (
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// What of a window comes to light its program has to paint. Unless the window
// has a background, the server leaves there until then what was there before:
// pixels of a hidden window that went away, or that lies below one that has
// just come up. Two things follow from that. The place that a hidden window
// leaves stays masked for a while, as a ghost. And a window that may show such
// pixels takes them along when it moves, so it becomes hidden itself.

// ghost is a place that a hidden window has left.
type ghost struct {
	of    xproto.Window
	area  image.Rectangle
	span  uint64    // in which it left
	since time.Time // the first of the moves gathered here
	until time.Time // when everybody below will have painted
}

// leave remembers the place of a window that is about to lose it, as far as it
// is masked.
func (m *model) leave(w *window) {
	if !w.shown() {
		return
	}
	if !w.trusted {
		m.vacate(w.area)
	}
	masked := hull(m.secrets(nil, w))
	if masked.Empty() {
		return
	}
	m.uncover(w)
	now := m.clock()
	g := ghost{w.id, masked, m.span, now, now.Add(m.settle)}
	// The places of one move are gathered, or a fast one would fill the list.
	i := slices.IndexFunc(m.ghosts, func(o ghost) bool { return o.of == w.id && now.Sub(o.since) < m.settle/8 })
	switch {
	case i >= 0:
		g.area, g.since = g.area.Union(m.ghosts[i].area), m.ghosts[i].since
		m.ghosts[i] = g
	case len(m.ghosts) < maxGhosts:
		m.ghosts = append(m.ghosts, g)
	default:
		for _, o := range m.ghosts {
			g.area = g.area.Union(o.area)
		}
		m.ghosts = append(m.ghosts[:0], g)
	}
}

// vacate remembers a place that a window leaves in this span.
func (m *model) vacate(area image.Rectangle) {
	if len(m.vacated) >= maxGhosts {
		m.vacated = append(m.vacated[:0], hull(m.vacated))
	}
	m.vacated = append(m.vacated, area)
}

// secrets appends what of a window is masked, wherever it is covered.
func (m *model) secrets(dst []image.Rectangle, w *window) []image.Rectangle {
	if m.hidden(w) || w.withheld {
		return append(dst, w.area)
	}
	return w.spotted(dst, m.now)
}

// uncover taints the windows at the place of a hidden one that goes.
func (m *model) uncover(w *window) {
	for _, o := range m.stack {
		if o != w && o.shown() && o.area.Overlaps(w.area) {
			o.tainted = m.clock().Add(m.settle)
		}
	}
}

// expose taints a window of which a part has come to light where a hidden
// window is or was.
func (m *model) expose(w *window) {
	if m.secretAt(w) {
		w.tainted = m.clock().Add(m.settle)
	}
}

// secretAt reports whether pixels of a hidden window may be at the place of w.
func (m *model) secretAt(w *window) bool {
	return slices.ContainsFunc(m.stack, func(o *window) bool {
		return o != w && o.shown() && o.area.Overlaps(w.area) && hull(m.secrets(nil, o)).Overlaps(w.area)
	}) || slices.ContainsFunc(m.ghosts, func(g ghost) bool { return g.of != w.id && g.area.Overlaps(w.area) })
}

// obscured reports whether a part of the i-th window is covered.
func (m *model) obscured(i int) bool {
	return slices.ContainsFunc(m.stack[i+1:], func(o *window) bool {
		return o.shown() && o.area.Overlaps(m.stack[i].area)
	})
}

// carry hides a tainted window that is about to move.
func (m *model) carry(w *window) {
	if now := m.clock(); now.Before(w.tainted) {
		w.until = now.Add(m.settle)
	}
}
