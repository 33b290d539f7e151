package capture

import (
	"errors"
	"image"

	"telestrator/x11"
)

// mirror is a BGRX copy of the root window. Each way of bringing it up to date
// is a type of its own.
type mirror interface {
	pixels() (pix []byte, stride int)

	// blank forgets all pixels.
	blank()

	// canvas is the pixmap that the mirror is, or 0 where it is none and has
	// to fetch.
	canvas() uint32

	// copy adds the requests that go between taking the damage and reading it:
	// those which need not know where it is.
	copy(all bool)

	// fetch brings in the rectangles, which lie inside and do not overlap.
	fetch(rects []image.Rectangle) error

	// free gives the memory back. Where the connection has ended the server
	// has done its part by itself.
	free()
}

// newMirror makes a mirror of this size in the cheapest way that works. A way
// that fails, for example because there is a limit on shared memory, is given up
// for good.
func (s *x11Screen) newMirror(size image.Point) (mirror, error) {
	for ; s.way < byImages; s.way++ {
		build := s.newPixmapMirror
		if s.way == bySegment {
			build = s.newSegmentMirror
		}
		if m, err := build(size); err == nil || errors.Is(err, x11.ErrClosed) {
			return m, err
		}
	}
	return s.newImageMirror(size), nil
}

// pixmapMirror is a pixmap in shared memory, into which the server copies the
// damaged region with a single request. Where the pixels are not BGRX, it is
// converted into a picture of our own.
type pixmapMirror struct {
	s      *x11Screen
	mem    *segment
	pixmap uint32
	size   image.Point
	raw    picture // in mem, as the server stores it
	pix    picture // BGRX; raw itself where that is BGRX
}

func (s *x11Screen) newPixmapMirror(size image.Point) (mirror, error) {
	raw := picture{stride: s.conn.Setup.Format.Stride(size.X)}
	mem, err := s.newSegment(raw.stride*size.Y, false)
	if err != nil {
		return nil, err
	}
	raw.pix = mem.mem
	m := &pixmapMirror{s: s, mem: mem, size: size, raw: raw, pix: raw}
	m.pixmap = s.shm.CreatePixmap(size, mem.id, 0)
	if err := s.conn.Check(); err != nil {
		mem.free()
		return nil, err
	}
	if !s.convert.direct {
		m.pix = newPicture(size)
	}
	return m, nil
}

func (m *pixmapMirror) pixels() ([]byte, int) { return m.pix.pix, m.pix.stride }
func (m *pixmapMirror) canvas() uint32        { return m.pixmap }

func (m *pixmapMirror) blank() {
	clear(m.raw.pix)
	clear(m.pix.pix)
}

func (m *pixmapMirror) copy(all bool) {
	clip := m.s.region
	if all {
		clip = 0
	}
	m.s.fixes.Clip(m.s.gc, clip)
	m.s.conn.CopyRoot(m.pixmap, m.s.gc, m.size)
}

func (m *pixmapMirror) fetch(rects []image.Rectangle) error {
	if m.s.convert.direct {
		return nil
	}
	for _, r := range rects {
		at := r.Min.Y*m.raw.stride + r.Min.X*m.s.convert.bytes
		m.s.convert.rows(m.pix, r, m.raw.pix[at:], m.raw.stride)
	}
	return nil
}

func (m *pixmapMirror) free() {
	m.s.conn.FreePixmap(m.pixmap)
	m.mem.free()
}

// imageMirror is our own memory, filled over the connection. It is for servers
// on other computers and in other containers.
type imageMirror struct {
	s   *x11Screen
	pix picture
}

// bandBytes is how much one request asks for: enough to make its cost
// small, little enough that the server does other work in between.
const bandBytes = 1 << 20

func (s *x11Screen) newImageMirror(size image.Point) mirror {
	return &imageMirror{s: s, pix: newPicture(size)}
}

func (m *imageMirror) pixels() ([]byte, int) { return m.pix.pix, m.pix.stride }
func (m *imageMirror) blank()                { clear(m.pix.pix) }
func (m *imageMirror) canvas() uint32        { return 0 }
func (m *imageMirror) copy(bool)             {}
func (m *imageMirror) free()                 {}

var errShort = errors.New("the X server sent fewer pixels than asked for")

func (m *imageMirror) fetch(rects []image.Rectangle) error {
	for _, r := range rects {
		stride := m.s.conn.Setup.Format.Stride(r.Dx())
		for band := range bands(r, bandBytes/stride) {
			m.s.conn.AskImage(m.s.board(), band)
			raw, err := m.s.conn.Image()
			if err != nil {
				return err
			}
			if len(raw) < stride*band.Dy() {
				return errShort
			}
			m.s.convert.rows(m.pix, band, raw, stride)
		}
	}
	return nil
}
