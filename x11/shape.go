package x11

import "image"

// XFIXES's requests on regions and on the shapes of windows.
const (
	fixesSetRegion      = 11
	fixesUnionRegion    = 13
	fixesSubtractRegion = 15
	fixesShapeWindow    = 21
)

// Shape is one of a window's shapes.
type Shape uint32

// The shapes: what is seen of a window, and where it takes part in input. What
// lies outside belongs to the windows below.
const (
	ShapeSeen  Shape = 0
	ShapeInput Shape = 2
)

// SetRegion makes region the union of rectangles, at most MaxRectangles.
func (f *Fixes) SetRegion(region uint32, all []image.Rectangle) {
	f.c.sendRectangles(f.ext.major, fixesSetRegion, all, region)
}

// Union adds what other covers to region.
func (f *Fixes) Union(region, other uint32) {
	f.c.send(f.ext.major, fixesUnionRegion, region, other, region)
}

// Subtract takes what other covers from region.
func (f *Fixes) Subtract(region, other uint32) {
	f.c.send(f.ext.major, fixesSubtractRegion, region, other, region)
}

// Shape gives a window the shape of region, at once and as a whole.
func (f *Fixes) Shape(window uint32, shape Shape, region uint32) {
	f.c.send(f.ext.major, fixesShapeWindow, window, uint32(shape), 0, region)
}
