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
	return s.collectBetween(s.turn, len(s.outdated)) && s.collectBetween(0, s.turn)
}

// collectBetween is collect for the cells from begin to end. Where it returns
// false, the next moment begins.
func (s *Stream) collectBetween(begin, end int) bool {
	for i := s.lacking.next(begin); i < end; i = s.lacking.next(i + 1) {
		if part := s.outdated[i]; !part.empty() && !s.collectCell(i, part) {
			s.turn = i
			return false
		}
		s.outdated[i] = patch{}
		s.lacking.remove(i)
	}
	return true
}

// collectCell is collect for one cell. It returns false when there is no room.
func (s *Stream) collectCell(i int, part patch) bool {
	if !s.jpeg {
		return s.tile(i, part, nil)
	}
	px, w := s.pixels(i, part)
	if !photographic(px, w) {
		return s.tile(i, part, px)
	}
	if whole := newPatch(s.canvas.grid.cell(i)); s.mostOf(i, part, whole) {
		part = whole
	}
	if s.photos.area+part.area() > maxPhotos {
		return false
	}
	s.photos.add(i, part)
	return true
}

// tile adds a part of cell i as a tile, if there is room. Its pixels are px,
// which is nil if the caller has not read them.
func (s *Stream) tile(i int, part patch, px []uint32) bool {
	area := part.in(s.canvas.grid.cell(i).Min)
	if !s.batch.room(area) {
		return false
	}
	h := s.canvas.sharing.hold(i, part)
	defer h.letGo()
	var done bool
	if s.batch.code, done = h.take(s.batch.code); !done {
		if px == nil {
			px, _ = s.pixels(i, part)
		}
		h.put(s.batch.encode(px, area))
	}
	s.losses.clear(i, part)
	return true
}

// mostOf tells whether part is most of cell i, which is whole, and nothing
// beside the part stands out: then all of the cell may become a JPEG, and whole
// cells fit together.
func (s *Stream) mostOf(i int, part, whole patch) bool {
	if 4*part.area() < 3*whole.area() {
		return false
	}
	for _, beside := range part.around(whole) {
		if px, w := s.pixels(i, beside); !even(px, w) {
			return false
		}
	}
	return true
}

// pixels returns those of a part of cell i, until the next call, in rows of w.
func (s *Stream) pixels(i int, part patch) (px []uint32, w int) {
	area := part.in(s.canvas.grid.cell(i).Min)
	return s.canvas.ref.gather(s.px[:], area), area.Dx()
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
	if px, _ := s.pixels(i, part); s.tile(i, part, px) {
		return
	}
	s.batch.addJPEG(s.canvas.ref, part.in(s.canvas.grid.cell(i).Min), maxCode)
	s.losses.blur(i, part, now)
}
