package encode

import (
	"image"
	"time"

	"telestrator/protocol"
)

// Tuning is what a stream makes of its link.
type Tuning struct {
	Quality int  // of JPEGs, 1 to 100; a near one of a few is used
	Coarse  bool // tiles have fewer shades at first, and what is refined goes in small portions
	Most    int  // bytes on the wire that a moment should not have many more of; 0 for no wish
}

// Tune takes effect with the next moment. Only the goroutine that calls Next
// calls it.
func (s *Stream) Tune(t Tuning) { s.tuning = t }

// Near has what is refined begin at p, where the viewer looks. Only the
// goroutine that calls Next calls it.
func (s *Stream) Near(p image.Point) { s.near = p }

// firstDensity is how many bytes of a JPEG a pixel of a photograph is taken to
// be before there was one.
const firstDensity = 0.25

// enough says whether the moment has as much as its link wants: then the rest is
// left to later moments, which read it at its newest.
func (s *Stream) enough() bool {
	if s.tuning.Most == 0 {
		return false
	}
	tiles, photos := float64(len(s.batch.code))*s.shrinks, float64(s.photos.area)*s.density
	return int(tiles+photos) >= s.tuning.Most
}

// hurry adds first what is not of a film, where a moment has little room: text
// beside a film does not wait for its turn.
func (s *Stream) hurry(now time.Duration) {
	if s.tuning.Most == 0 {
		return
	}
	for i := s.lacking.next(0); i < len(s.outdated); i = s.lacking.next(i + 1) {
		part := s.outdated[i]
		if part.empty() || s.canvas.history.lively(i, now) {
			continue
		}
		if s.enough() || !s.collectCell(i, part, now) {
			return
		}
		s.outdated[i] = patch{}
		s.lacking.remove(i)
	}
}

// weigh learns how much deflate makes of tiles, and how much a JPEG has.
func (s *Stream) weigh(updates []protocol.Update) {
	in, out, pixels, bytes := 0, 0, 0, 0
	for i := range updates {
		in, out = in+int(updates[i].Inflated), out+len(updates[i].Tiles)
		for _, j := range updates[i].JPEGs {
			pixels, bytes = pixels+int(j.W)*int(j.H), bytes+len(j.Data)
		}
	}
	learn(&s.shrinks, out, in)
	learn(&s.density, bytes, pixels)
}

// learn moves a share towards what it was this time.
func learn(share *float64, part, whole int) {
	if whole > 0 {
		*share += (float64(part)/float64(whole) - *share) / 4
	}
}
