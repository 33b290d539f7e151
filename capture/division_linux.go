package capture

import "image"

// division is how the picture is divided among the windows on the root: each
// gets the part in which it would be seen, topmost first, and the root the rest.
type division struct {
	s      *x11Screen
	format uint32 // of the root's pixels, as RENDER calls it
	canvas canvas

	stack      []*layer // lowest first
	known      map[uint32]*layer
	spare      []slot
	regions    regions
	composited bool // somebody else paints the screen, at his own pace

	// Of one Grab.
	told  told
	taken map[uint32]bool // whose damage was taken
	busy  bool            // todo may hold something

	ids   []uint32          // scratch
	next  []*layer          // scratch
	found []image.Rectangle // scratch
}

// newDivision makes one without parts. All windows have pixels of their own then.
func (s *x11Screen) newDivision() (d division, err error) {
	d = division{s: s, known: make(map[uint32]*layer), taken: make(map[uint32]bool)}
	if d.format, err = s.format(); err != nil {
		return d, err
	}
	if err = s.redirect(); err == nil {
		d.regions.make(s)
	}
	return d, err
}

// end gives back what the server keeps for the division.
func (d *division) end() {
	for _, s := range d.spare {
		d.s.fixes.DestroyRegion(s.part)
	}
	d.regions.free(d.s)
}
