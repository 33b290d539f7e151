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
	if len(s.photos.cells) == 0 {
		return
	}
	s.photos.sort()
	s.making.begin(s.canvas, s.tuning.Quality)
	many := s.photos.area >= bulk
	for _, i := range s.photos.cells {
		if !many && !s.canvas.history.lively(i, now) {
			s.paintCell(i, s.photos.take(i), now)
		}
	}
	for _, i := range s.photos.cells {
		if !s.photos.parts[i].empty() {
			s.planBlock(s.photos.grow(i), now)
		}
	}
	s.photos.end()
	s.making.run()
	s.paintBlocks(now)
}

// planBlock has a block of photos made one JPEG, if it is large enough.
func (s *Stream) planBlock(block image.Rectangle, now time.Duration) {
	area := s.photos.bounds(block)
	worth := area.Dx()*area.Dy() >= leastJPEG
	if worth {
		s.making.add(area)
	}
	for i := range s.photos.each(block) {
		if part := s.photos.take(i); !worth {
			s.paintCell(i, part, now)
		}
	}
}

// paintBlocks adds the JPEGs that were made. What was too long, as hardly any
// photograph is, are tiles.
func (s *Stream) paintBlocks(now time.Duration) {
	for n := range s.making.list {
		j := &s.making.list[n]
		if j.ok {
			s.batch.addJPEG(j.data, j.area)
		}
		for i, part := range s.canvas.grid.touched(j.area) {
			if j.ok {
				s.losses.blur(i, newPatch(part), now)
			} else {
				s.paintCell(i, newPatch(part), now)
			}
		}
	}
}

// paintCell adds the photo of one cell as a tile, or, when the moment has no
// room for that, as a JPEG of its own.
func (s *Stream) paintCell(i int, part patch, now time.Duration) {
	if px, _ := s.pixels(i, part); s.tile(i, part, px) {
		return
	}
	area := part.in(s.canvas.grid.cell(i).Min)
	s.batch.addJPEG(s.making.one(area), area)
	s.losses.blur(i, part, now)
}
