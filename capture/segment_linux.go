package capture

import (
	"image"
	"iter"
)

// scratchBytes is the part of the segment where rectangles arrive before they
// are copied to their place. More than fits comes in several rounds.
const scratchBytes = 4 << 20

// segmentMirror lets the server write rectangles into shared memory. It writes
// them without the mirror's stride: full-width ones land in the mirror itself,
// others in scratch. It is for drivers that cannot put pixmaps into shared
// memory, which are most of those that draw with a GPU.
type segmentMirror struct {
	s       *x11Screen
	mem     *segment // the mirror where pixels are BGRX; then scratch
	pix     picture
	width   int
	scratch int    // where scratch begins in mem
	next    int    // where scratch is free
	parts   []part // asked for and not yet in place
}

// part is a rectangle on its way, and where in the segment it arrives.
type part struct {
	r    image.Rectangle
	from int
}

func (s *x11Screen) newSegmentMirror(size image.Point) (mirror, error) {
	m := &segmentMirror{s: s, width: size.X}
	if s.convert.direct {
		m.pix.stride = s.conn.Setup.Format.Stride(size.X)
		m.scratch = m.pix.stride * size.Y
	} else {
		m.pix = newPicture(size)
	}
	mem, err := s.newSegment(m.scratch+scratchBytes, false)
	if err != nil {
		return nil, err
	}
	if m.mem = mem; s.convert.direct {
		m.pix.pix = mem.mem[:m.scratch]
	}
	return m, nil
}

func (m *segmentMirror) pixels() ([]byte, int) { return m.pix.pix, m.pix.stride }
func (m *segmentMirror) canvas() uint32        { return 0 }

func (m *segmentMirror) blank() {
	clear(m.mem.mem)
	clear(m.pix.pix)
}
func (m *segmentMirror) copy(bool) {}
func (m *segmentMirror) free()     { m.mem.free() }

func (m *segmentMirror) fetch(rects []image.Rectangle) error {
	m.next, m.parts = m.scratch, m.parts[:0]
	for _, r := range rects {
		if m.s.convert.direct && r.Dx() == m.width {
			m.ask(r, r.Min.Y*m.pix.stride)
			continue
		}
		if err := m.fetchPacked(r); err != nil {
			return err
		}
	}
	return m.land()
}

// fetchPacked asks for a rectangle in pieces that fit into scratch.
func (m *segmentMirror) fetchPacked(r image.Rectangle) error {
	stride := m.s.conn.Setup.Format.Stride(r.Dx())
	for band := range bands(r, scratchBytes/stride) {
		need := stride * band.Dy()
		if m.next+need > len(m.mem.mem) {
			if err := m.land(); err != nil {
				return err
			}
		}
		m.ask(band, m.next)
		m.next += need
	}
	return nil
}

func (m *segmentMirror) ask(r image.Rectangle, from int) {
	m.s.shm.AskImage(m.s.board(), r, m.mem.id, from)
	m.parts = append(m.parts, part{r, from})
}

// land waits for all parts and copies those in scratch to their place.
func (m *segmentMirror) land() error {
	for _, p := range m.parts {
		if _, err := m.s.conn.Wait(); err != nil {
			return err
		}
		if p.from >= m.scratch {
			stride := m.s.conn.Setup.Format.Stride(p.r.Dx())
			m.s.convert.rows(m.pix, p.r, m.mem.mem[p.from:], stride)
		}
	}
	m.next, m.parts = m.scratch, m.parts[:0]
	return nil
}

// bands cuts r into parts of at most so many rows, and at least one.
func bands(r image.Rectangle, rows int) iter.Seq[image.Rectangle] {
	return func(yield func(image.Rectangle) bool) {
		for y := r.Min.Y; y < r.Max.Y; y += max(1, rows) {
			band := image.Rect(r.Min.X, y, r.Max.X, min(r.Max.Y, y+max(1, rows)))
			if !yield(band) {
				return
			}
		}
	}
}
