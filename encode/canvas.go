package encode

import (
	"image"
	"slices"
	"sync"
	"time"

	"telestrator/privacy"
	"telestrator/protocol"
)

// Geometry is what a picture's coordinates belong to. A reset carries it.
type Geometry struct {
	Generation uint32            // from 1, grows with every change of geometry, monitors or grants
	Part       image.Rectangle   // of the screen, that the picture shows; empty: the picture is the screen
	Monitors   []image.Rectangle // on the screen, at most protocol.MaxMonitors
}

// Canvas is the encoder's reference of one screen: the pixels released last.
// It compares released pictures with it and tells its streams what changed.
// It is safe for concurrent use: comparing excludes reading, and any number
// of streams read at the same time.
type Canvas struct {
	// mu guards everything here and, in each stream, what it says there:
	// Compare writes that under the lock, a stream under the read lock,
	// because nobody else touches a stream's.
	mu       sync.RWMutex
	grid     grid
	ref      raster
	geometry Geometry
	streams  []*Stream
	clock    func() time.Duration // since the canvas was made
	history  history
	films    films
	sharing  sharing
	jpegs    madeJPEGs // has a lock of its own
	news     news      // of the last Compare
	finder   finder
	found    []image.Rectangle // what changed in a row of cells
}

// NewCanvas returns a Canvas without a picture.
func NewCanvas() *Canvas {
	began := time.Now()
	return &Canvas{clock: func() time.Duration { return time.Since(began) }}
}

// Compare makes p the newest picture. Only damage is looked at, which is
// clipped to the picture; what really changed there becomes outdated for
// every stream, unless it stood elsewhere in the picture before, and the stream
// may copy it from there. A change of size, part, generation or monitors resets all
// streams.
//
// Damage holds whatever changed, as privacy says of it.
//
// The size is within the limits of the protocol, because privacy releases no
// other picture. Monitors are clipped to the screen, as far as the picture shows
// all of it. Compare keeps nothing of p,
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
	c.news.clear()
	for _, r := range c.foresee(src, damage) {
		c.look(src, r)
	}
	if len(c.news.cells) > 0 {
		c.sharing.note(c.news.cells)
		c.tell(src)
		c.take(src)
	}
}

// resize begins a black picture of the given size.
func (c *Canvas) resize(size image.Point) {
	c.grid = newGrid(size)
	c.ref = raster{make([]byte, 4*size.X*size.Y), 4 * size.X}
	c.found = make([]image.Rectangle, c.grid.columns)
	c.history.resize(c.grid.len())
	c.films = make(films, c.grid.len())
	c.sharing.resize(c.grid.len())
	c.news.resize(c.grid.len())
	c.finder.resize(c.grid)
	c.reset()
}

// describe takes over the geometry g, and resets all streams if it is new.
func (c *Canvas) describe(g Geometry) {
	screen := image.Rect(0, 0, protocol.MaxSide, protocol.MaxSide)
	if g.Part.Empty() {
		g.Part, screen = c.grid.bounds(), c.grid.bounds()
	}
	legal := make([]image.Rectangle, 0, protocol.MaxMonitors)
	for _, m := range g.Monitors {
		if m = m.Intersect(screen); !m.Empty() && len(legal) < protocol.MaxMonitors {
			legal = append(legal, m)
		}
	}
	if g.Generation == c.geometry.Generation && g.Part == c.geometry.Part && slices.Equal(legal, c.geometry.Monitors) {
		return
	}
	c.geometry = Geometry{g.Generation, g.Part, slices.Clone(legal)}
	c.reset()
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
	s := newStream(c)
	c.add(s)
	return s
}

// add has a stream begin anew on the canvas.
func (c *Canvas) add(s *Stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams, s.fresh = append(c.streams, s), true
	c.sharing.between(len(c.streams))
	if c.grid.len() > 0 {
		s.signal()
	}
}

// drop takes a stream off the canvas.
func (c *Canvas) drop(s *Stream) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams = slices.DeleteFunc(c.streams, func(other *Stream) bool { return other == s })
	c.sharing.between(len(c.streams))
}
