package encode

import (
	"image"
	"time"
)

// bulk is how many pixels of photographs in one moment are too many to be sent
// as tiles at once: they would be about as long as the shortest window of a
// link.
const bulk = 1 << 16

// fill adds what is outdated to the batch, beginning where the last moment was
// full. It returns false when this one is full.
func (s *Stream) fill(now time.Duration) bool {
	whole := s.collect()
	s.paint(now)
	return whole
}

// collect adds tiles to the batch, and what may become JPEGs to photos.
func (s *Stream) collect() (whole bool) {
	for range s.outdated {
		i := s.turn
		if part := s.outdated[i]; !part.empty() {
			if photo := s.photo(i, part); !photo.empty() {
				if s.photos.area+photo.area() > maxPhotos {
					return false
				}
				s.photos.add(i, photo)
			} else if !s.tile(i, part) {
				return false
			}
			s.outdated[i] = patch{}
		}
		if s.turn++; s.turn == len(s.outdated) {
			s.turn = 0
		}
	}
	return true
}

// tile adds a part of cell i as a tile, if there is room.
func (s *Stream) tile(i int, part patch) bool {
	if !s.batch.add(s.canvas.ref, part.in(s.canvas.grid.cell(i).Min)) {
		return false
	}
	s.losses.clear(i, part)
	return true
}

// photo returns what of cell i may become a JPEG instead of the part, or
// nothing. It is all of the cell if the part is most of it and nothing beside
// the part stands out, because whole cells fit together.
func (s *Stream) photo(i int, part patch) patch {
	if !s.jpeg {
		return patch{}
	}
	cell := s.canvas.grid.cell(i)
	area := part.in(cell.Min)
	if !photographic(s.pixels(area), area.Dx()) {
		return patch{}
	}
	for _, beside := range around(cell, area) {
		if 4*part.area() < 3*newPatch(cell).area() || !even(s.pixels(beside), beside.Dx()) {
			return part
		}
	}
	return newPatch(cell)
}

// pixels returns those of an area inside one cell, until the next call.
func (s *Stream) pixels(area image.Rectangle) []uint32 {
	return s.canvas.ref.gather(s.batch.px[:], area)
}

// around returns what of cell lies beside area: above, below, and to both
// sides, with the pixels of area there that touch it.
func around(cell, area image.Rectangle) [4]image.Rectangle {
	a, b := cell, area
	return [4]image.Rectangle{
		image.Rect(a.Min.X, a.Min.Y, a.Max.X, b.Min.Y),
		image.Rect(a.Min.X, b.Max.Y, a.Max.X, a.Max.Y),
		image.Rect(a.Min.X, b.Min.Y, b.Min.X+min(1, b.Min.X-a.Min.X), b.Max.Y),
		image.Rect(b.Max.X-min(1, a.Max.X-b.Max.X), b.Min.Y, a.Max.X, b.Max.Y),
	}
}

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
	done := pixels >= leastJPEG && s.batch.addJPEG(s.canvas.ref, area, pixels/2)
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
	if s.tile(i, part) {
		return
	}
	s.batch.addJPEG(s.canvas.ref, part.in(s.canvas.grid.cell(i).Min), maxCode)
	s.losses.blur(i, part, now)
}
