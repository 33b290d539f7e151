package encode

import (
	"image"
	"slices"
	"sync"

	"telestrator/privacy"
	"telestrator/protocol"
)

// Geometry is what a picture's coordinates belong to. A reset carries it.
type Geometry struct {
	Generation uint32            // from 1, grows with every change of geometry, monitors or grants
	Monitors   []image.Rectangle // views on the one picture, at most protocol.MaxMonitors
}

// Canvas is the encoder's reference of one screen: the pixels released last.
// It compares released pictures with it and tells its streams what changed.
// It is safe for concurrent use: comparing excludes reading, and any number
// of streams read at the same time.
type Canvas struct {
	// mu guards everything here and, in each stream, fresh and outdated:
	// Compare writes them under the lock, a stream under the read lock,
	// because nobody else touches a stream's.
	mu       sync.RWMutex
	grid     grid
	ref      raster
	geometry Geometry
	streams  []*Stream
	found    []image.Rectangle // what Compare found in a row of cells
}

// NewCanvas returns a Canvas without a picture.
func NewCanvas() *Canvas { return &Canvas{} }

// Compare makes p the newest picture. Only damage is looked at, which is
// clipped to the picture; what really changed there becomes outdated for
// every stream. A change of size, generation or monitors resets all streams.
//
// The size is within the limits of the protocol, because privacy releases no
// other picture. Monitors are clipped to it. Compare keeps nothing of p,
// damage or g.
func (c *Canvas) Compare(p *privacy.Picture, damage []image.Rectangle, g Geometry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size, src := p.Bounds().Size(), raster{p.Pix(), p.Stride()}
	if size != c.grid.size {
		c.resize(size)
		damage = []image.Rectangle{p.Bounds()}
	}
	c.describe(g)
	changed := false
	for _, r := range damage {
		changed = c.update(src, r) || changed
	}
	if changed {
		c.signal()
	}
}

// resize begins a black picture of the given size.
func (c *Canvas) resize(size image.Point) {
	c.grid = newGrid(size)
	c.ref = raster{make([]byte, 4*size.X*size.Y), 4 * size.X}
	c.found = make([]image.Rectangle, c.grid.columns)
	c.reset()
}

// describe takes over the geometry g, and resets all streams if it is new.
func (c *Canvas) describe(g Geometry) {
	legal := make([]image.Rectangle, 0, protocol.MaxMonitors)
	for _, m := range g.Monitors {
		if m = m.Intersect(c.grid.bounds()); !m.Empty() && len(legal) < protocol.MaxMonitors {
			legal = append(legal, m)
		}
	}
	if g.Generation == c.geometry.Generation && slices.Equal(legal, c.geometry.Monitors) {
		return
	}
	c.geometry = Geometry{g.Generation, slices.Clone(legal)}
	c.reset()
}

// update takes over the pixels of r that changed, and marks them in every
// stream. It tells whether there are any.
func (c *Canvas) update(src raster, r image.Rectangle) (changed bool) {
	r = r.Intersect(c.grid.bounds())
	for y := r.Min.Y; y < r.Max.Y; {
		end := min(y/side*side+side, r.Max.Y)
		changed = c.updateBand(src, image.Rect(r.Min.X, y, r.Max.X, end)) || changed
		y = end
	}
	return changed
}

// updateBand is update for a part of one row of cells.
func (c *Canvas) updateBand(src raster, band image.Rectangle) (changed bool) {
	found := c.found[:(band.Max.X-1)/side-band.Min.X/side+1]
	differences(found, c.ref, src, band)
	first := c.grid.index(band.Min)
	for i, part := range found {
		if !part.Empty() {
			changed = true
			c.mark(first+i, part)
		}
	}
	for y := band.Min.Y; changed && y < band.Max.Y; y++ {
		c.take(src, y, found)
	}
	return changed
}

// mark makes a part of cell i outdated in every stream.
func (c *Canvas) mark(i int, part image.Rectangle) {
	for _, s := range c.streams {
		s.mark(i, newPatch(part))
	}
}

// take copies the pixels of row y that lie in one of the parts from src.
func (c *Canvas) take(src raster, y int, parts []image.Rectangle) {
	for _, part := range parts {
		if part.Min.Y <= y && y < part.Max.Y {
			copy(c.ref.span(y, part.Min.X, part.Max.X), src.span(y, part.Min.X, part.Max.X))
		}
	}
}

// reset makes every stream begin anew.
func (c *Canvas) reset() {
	for _, s := range c.streams {
		s.fresh = true
	}
	c.signal()
}

// signal wakes the owners of all streams.
func (c *Canvas) signal() {
	for _, s := range c.streams {
		s.signal()
	}
}

// NewStream returns a stream that begins with the whole picture.
func (c *Canvas) NewStream() *Stream {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := newStream(c)
	c.streams = append(c.streams, s)
	if c.grid.len() > 0 {
		s.signal()
	}
	return s
}

// drop takes a stream off the canvas.
func (c *Canvas) drop(s *Stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams = slices.DeleteFunc(c.streams, func(other *Stream) bool { return other == s })
}
