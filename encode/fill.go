package encode

import "time"

// fill adds what is outdated to the batch, beginning where the last moment was
// full. It returns false when this one is full.
func (s *Stream) fill(now time.Duration) bool {
	s.hurry(now)
	whole := s.collect(now)
	s.paint(now)
	return whole
}

// collect adds tiles to the batch, and what may become JPEGs to photos.
func (s *Stream) collect(now time.Duration) (whole bool) {
	return s.collectBetween(s.turn, len(s.outdated), now) && s.collectBetween(0, s.turn, now)
}

// collectBetween is collect for the cells from begin to end. Where it returns
// false, the next moment begins.
func (s *Stream) collectBetween(begin, end int, now time.Duration) bool {
	for i := s.lacking.next(begin); i < end; i = s.lacking.next(i + 1) {
		if part := s.outdated[i]; !part.empty() && (s.enough() || !s.collectCell(i, part, now)) {
			s.turn = i
			return false
		}
		s.outdated[i] = patch{}
		s.lacking.remove(i)
	}
	return true
}

// collectCell is collect for one cell. It returns false when there is no room.
func (s *Stream) collectCell(i int, part patch, now time.Duration) bool {
	if !s.jpeg || !s.photo(i, part, now) {
		return s.tile(i, part, nil)
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

// tile adds a part of cell i as a tile, if there is room: with fewer shades where
// the link is slow. Its pixels are px, which is nil if the caller has not read
// them.
func (s *Stream) tile(i int, part patch, px []uint32) bool {
	if s.tuning.Coarse {
		return s.coarse(i, part, px)
	}
	return s.exact(i, part, px)
}

// exact is tile with all shades.
func (s *Stream) exact(i int, part patch, px []uint32) bool {
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
