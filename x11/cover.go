package x11

import "image"

// Colormaps and the attribute that takes one.
const (
	opCreateColormap = 78
	opFreeColormap   = 79
	colormap         = 1 << 13
)

// Cover covers windows for a moment, so that they are painted anew.
type Cover struct {
	c      *Conn
	fixes  *Fixes
	window uint32            // a number
	empty  uint32            // a region without anything in it
	maps   map[uint32]uint32 // a colormap for each visual: programs may have freed their windows'
}

// NewCover makes a cover.
func NewCover(c *Conn, fixes *Fixes) *Cover {
	return &Cover{c, fixes, c.ID(), fixes.CreateRegion(), make(map[uint32]uint32)}
}

// Repaint has a window and all in it painted anew: their backgrounds by the
// server, the rest by their program, which is told that all of it has come into
// sight. What covers the window has no appearance, and the pointer does not notice
// it. What is drawn meanwhile may be lost; see Together. The size is that inside
// the border.
func (v *Cover) Repaint(window, visual uint32, size image.Point) {
	v.c.send(opCreateWindow, 0, v.window, window, 0, pair(size.X, size.Y), inputOutput<<16, visual,
		overrideRedirect|colormap, 1, v.colours(visual))
	v.fixes.Shape(v.window, ShapeInput, v.empty)
	v.c.Map(v.window)
	v.c.DestroyWindow(v.window)
}

// colours is a colormap for a visual.
func (v *Cover) colours(visual uint32) uint32 {
	if v.maps[visual] == 0 {
		v.maps[visual] = v.c.ID()
		v.c.send(opCreateColormap, 0, v.maps[visual], v.c.Setup.Root, visual)
	}
	return v.maps[visual]
}

// Free gives the cover back.
func (v *Cover) Free() {
	v.fixes.DestroyRegion(v.empty)
	for _, id := range v.maps {
		v.c.send(opFreeColormap, 0, id)
	}
}
