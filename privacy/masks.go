package privacy

import "image"

// maxCovers is how many windows above a hidden one are looked at. The mask is
// larger when there are more.
const maxCovers = 64

// masks appends all areas that may have shown a secret in the present span, as
// a disjoint region.
//
// Margins are not needed: positions are the server's own, of before and after
// the grab, and nothing of a window is drawn outside its area.
func (m *model) masks(dst []image.Rectangle) []image.Rectangle {
	if m.crowded || m.built == m.span {
		return append(dst, everywhere)
	}
	for i, w := range m.stack {
		dst = m.over(dst, i, w)
	}
	for _, g := range m.ghosts {
		dst = m.haunted(dst, g)
	}
	if m.only != nil {
		dst = m.bare(dst)
	}
	return dst
}

// bare appends what none of the windows covers that are shown: where only chosen
// windows are, what programs draw on the root is hidden too.
func (m *model) bare(dst []image.Rectangle) []image.Rectangle {
	m.rest = m.rest[:0]
	for _, w := range m.stack {
		if w.shown() && !m.hidden(w) {
			m.rest = append(m.rest, w.area)
		}
	}
	return appendDisjoint(dst, appendOutside(nil, everywhere, m.rest), everywhere)
}

// over appends what of the i-th window is masked and may show.
func (m *model) over(dst []image.Rectangle, i int, w *window) []image.Rectangle {
	switch {
	case !w.shown():
		return dst
	case m.hidden(w):
		m.spots = append(m.spots[:0], w.area)
	default:
		m.spots = w.spotted(m.spots[:0], m.now)
	}
	if len(m.spots) == 0 {
		return dst
	}
	covers := m.covers(i)
	for _, r := range m.spots {
		m.rest = appendOutside(m.rest[:0], r, covers)
		dst = appendDisjoint(dst, m.rest, everywhere)
	}
	return dst
}

// covers is the areas of the windows above the i-th that let nothing of it
// show. They count only when nothing has changed for a while: a window that
// has just come up shows what was there before until it has painted.
func (m *model) covers(i int) []image.Rectangle {
	m.holes = m.holes[:0]
	if m.composited || m.stirred == m.span || m.now.Sub(m.stirredAt) < m.settle {
		return nil
	}
	for _, w := range m.stack[i+1:] {
		if w.shown() && w.opaque && !m.hidden(w) && len(m.holes) < maxCovers {
			m.holes = append(m.holes, w.area)
		}
	}
	return m.holes
}

// haunted appends what may still show of a hidden window at a place it left:
// all of it while anything changes, and otherwise only where another window is.
// The bare root is painted by the server itself, at once.
func (m *model) haunted(dst []image.Rectangle, g ghost) []image.Rectangle {
	if g.span == m.span || m.stirred == m.span || m.composited {
		return appendOutside(dst, g.area.Intersect(everywhere), dst)
	}
	for _, w := range m.stack {
		if w.shown() {
			dst = appendOutside(dst, g.area.Intersect(w.area).Intersect(everywhere), dst)
		}
	}
	return dst
}
