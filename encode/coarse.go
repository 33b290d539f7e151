package encode

// Where the link is slow, tiles have five bits a channel at first, if that
// makes them shorter: runs become longer, and shades of one colour the same.
// The viewer takes such a tile for exact. The stream does not: it notes a loss,
// as for a JPEG, and refines it.

// levels has the nearest of 32 levels for each of 256; the lowest and the
// highest stay.
var levels = func() (list [256]uint32) {
	for i := range list {
		level := (i*31 + 127) / 255
		list[i] = uint32((level*255 + 15) / 31)
	}
	return list
}()

// coarsener is the memory for coarse tiles.
type coarsener struct {
	px   [side * side]uint32
	code []byte
}

// coarsen returns px, rows of width w, with fewer shades, valid until the next
// call; or false when that is no shorter.
func (c *coarsener) coarsen(px []uint32, w int) (coarse []uint32, shorter bool) {
	coarse = c.px[:len(px)]
	for i, p := range px {
		coarse[i] = levels[p>>16&0xff]<<16 | levels[p>>8&0xff]<<8 | levels[p&0xff]
	}
	c.code = appendCodes(c.code[:0], px, w)
	exact := len(c.code)
	c.code = appendCodes(c.code[:0], coarse, w)
	return coarse, len(c.code) < exact
}

// coarse adds a part of cell i, whose pixels are px, as a tile with fewer
// shades, if there is room; or exactly, if that is as short.
func (s *Stream) coarse(i int, part patch, px []uint32) bool {
	if px == nil {
		px, _ = s.pixels(i, part)
	}
	coarse, shorter := s.coarsener.coarsen(px, int(part.x1-part.x0))
	if !shorter {
		return s.exact(i, part, px)
	}
	area := part.in(s.canvas.grid.cell(i).Min)
	if !s.batch.room(area) {
		return false
	}
	s.batch.encode(coarse, area)
	s.losses.blur(i, part, s.canvas.clock())
	return true
}
