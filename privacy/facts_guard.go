package privacy

import (
	"image"
	"slices"

	"github.com/jezek/xgb/xproto"
)

// Masked appends what the last Release masked, as disjoint rectangles.
func (g *Guard) Masked(dst []image.Rectangle) []image.Rectangle {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append(dst, g.masks...)
}

// Areas appends what the last Release masked, as fields and windows. They
// may overlap, and lie within what Masked appends.
func (g *Guard) Areas(dst []Area) []Area {
	why := HiddenWindow
	if g.unknown {
		why = UnknownWindow
	}
	for _, r := range g.fixed {
		dst = append(dst, Area{r, why})
	}
	if g.fields != nil {
		dst = g.fields.areas(dst)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := len(dst) - 1; i >= 0; i-- {
		if dst[i].Rect = dst[i].Rect.Intersect(g.bounds); dst[i].Rect.Empty() {
			dst = slices.Delete(dst, i, i+1)
		}
	}
	return dst
}

// Tracking says whether password fields are found and masked now, as Facts
// does, but at no cost.
func (g *Guard) Tracking() bool {
	return g.fields != nil && g.fields.tracks()
}

// Show shows a window for which nobody can vouch, for as long as it lives. It
// is the user's answer under the policy Ask, and has no effect under another.
func (g *Guard) Show(window uint32) {
	f := g.fields
	if f == nil || f.policy != Ask {
		return
	}
	f.windows.allow(xproto.Window(window))
	f.tell()
}
