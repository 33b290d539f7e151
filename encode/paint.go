package encode

import (
	"image"
	"time"
)

// bulk is how many pixels of photographs in one moment are too many to be sent
// as tiles at once: they would be about as long as the shortest window of a
// link.
const bulk = 1 << 16

// paint adds the photos as JPEGs where that pays: where they change all the
// time, or are many. Where it does not, they are tiles.
func (s *Stream) paint(now time.Duration) {
	s.photos.sort()
	many := s.photos.area >= bulk
	for _, i := range s.photos.cells {
		if !many && !s.canvas.history.lively(i, now) {
			s.paintCell(i, now)
		}
	}
	for _, i := range s.photos.cells {
		if !s.photos.parts[i].empty() {
			s.paintBlock(s.photos.grow(i), now)
		}
	}
	s.photos.end()
}

// paintBlock adds a block of photos as one JPEG, unless that is longer than
// half a byte a pixel.
func (s *Stream) paintBlock(block image.Rectangle, now time.Duration) {
	area := s.photos.bounds(block)
	pixels := area.Dx() * area.Dy()
	done := pixels >= leastJPEG && s.batch.addJPEG(s.canvas.ref, area, nearQuality(s.tuning.Quality), pixels/2)
	for i := range s.photos.each(block) {
		if done {
			s.photos.take(i)
			s.losses.blur(i, newPatch(s.canvas.grid.cell(i).Intersect(area)), now)
		} else {
			s.paintCell(i, now)
		}
	}
}

// paintCell adds the photo of one cell as a tile, or, when the moment has no
// room for that, as a JPEG of its own.
func (s *Stream) paintCell(i int, now time.Duration) {
	part := s.photos.take(i)
	if px, _ := s.pixels(i, part); s.tile(i, part, px) {
		return
	}
	s.batch.addJPEG(s.canvas.ref, part.in(s.canvas.grid.cell(i).Min), nearQuality(s.tuning.Quality), maxCode)
	s.losses.blur(i, part, now)
}
