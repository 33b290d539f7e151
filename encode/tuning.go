package encode

import "image"

// Tuning is what a stream makes of its link.
type Tuning struct {
	Quality int  // of JPEGs, 1 to 100; a near one of a few is used
	Coarse  bool // tiles have fewer shades at first, and what is refined goes in small portions
}

// Tune takes effect with the next moment. Only the goroutine that calls Next
// calls it.
func (s *Stream) Tune(t Tuning) { s.tuning = t }

// Near has what is refined begin at p, where the viewer looks. Only the
// goroutine that calls Next calls it.
func (s *Stream) Near(p image.Point) { s.near = p }
