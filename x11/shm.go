package x11

import "image"

// MIT-SHM's requests.
const (
	shmAttach       = 1
	shmDetach       = 2
	shmPutImage     = 3
	shmGetImage     = 4
	shmCreatePixmap = 5
)

// Shm is the MIT-SHM extension: pixels in memory shared with the server.
type Shm struct {
	Pixmaps bool // pixmaps may lie in shared memory

	ext extension
	c   *Conn
}

// OpenShm starts MIT-SHM; nil where the server lacks it.
func OpenShm(c *Conn) (*Shm, error) {
	ext, present, err := c.extension("MIT-SHM")
	if err != nil || !present {
		return nil, err
	}
	c.ask(ext.major, queryVersion)
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	return &Shm{Pixmaps: m[1] != 0 && m[16] == zPixmap, ext: ext, c: c}, nil
}

// Attach makes the server map the System V segment of this id.
func (s *Shm) Attach(id int, readOnly bool) (segment uint32) {
	segment = s.c.ID()
	var only uint32
	if readOnly {
		only = 1
	}
	s.c.send(s.ext.major, shmAttach, segment, uint32(id), only)
	return segment
}

// Detach makes the server unmap a segment. Pixmaps in it keep it until freed.
func (s *Shm) Detach(segment uint32) { s.c.send(s.ext.major, shmDetach, segment) }

// CreatePixmap makes a pixmap of the root's depth that lies in a segment.
func (s *Shm) CreatePixmap(size image.Point, segment uint32, offset int) (pixmap uint32) {
	pixmap = s.c.ID()
	s.c.send(s.ext.major, shmCreatePixmap, pixmap, s.c.Setup.Root, pair(size.X, size.Y),
		uint32(s.c.Setup.Depth), segment, uint32(offset))
	return pixmap
}

// AskImage asks the server to write a rectangle of a drawable into a segment,
// row after row; Wait says when it is done.
func (s *Shm) AskImage(drawable uint32, r image.Rectangle, segment uint32, offset int) {
	s.c.ask(s.ext.major, shmGetImage, drawable, pair(r.Min.X, r.Min.Y), pair(r.Dx(), r.Dy()),
		allPlanes, zPixmap, segment, uint32(offset))
}

// PutImage copies size pixels at the start of a segment to a pixmap.
func (s *Shm) PutImage(pixmap, gc uint32, size image.Point, segment uint32) {
	kind := uint32(s.c.Setup.Depth) | zPixmap<<8
	wh := pair(size.X, size.Y)
	s.c.send(s.ext.major, shmPutImage, pixmap, gc, wh, 0, wh, 0, kind, segment, 0)
}
