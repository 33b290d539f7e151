package capture

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"fmt"
	"image"

	"golang.org/x/sys/unix"
)

// segment is System V shared memory that only this process and the X server
// have, readable by no other user, which vanishes with the last of the two.
type segment struct {
	s   *x11Screen
	mem []byte
	id  uint32 // the server's number for it
}

// newSegment makes shared memory and lets the server map it.
func (s *x11Screen) newSegment(size int, readOnly bool) (*segment, error) {
	if s.shm == nil {
		return nil, fmt.Errorf("shared memory is %w by this X server", ErrUnsupported)
	}
	id, err := unix.SysvShmGet(unix.IPC_PRIVATE, size, unix.IPC_CREAT|0o600)
	if err != nil {
		return nil, fmt.Errorf("make %d bytes of shared memory: %w", size, err)
	}
	// From here the kernel keeps it only as long as somebody has it mapped.
	defer unix.SysvShmCtl(id, unix.IPC_RMID, nil)
	mem, err := unix.SysvShmAttach(id, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("map %d bytes of shared memory: %w", size, err)
	}
	g := &segment{s: s, mem: mem, id: s.shm.Attach(id, readOnly)}
	if err := s.conn.Check(); err != nil {
		unix.SysvShmDetach(mem)
		return nil, fmt.Errorf("share memory with the X server: %w", err)
	}
	return g, nil
}

func (g *segment) free() {
	g.s.shm.Detach(g.id)
	unix.SysvShmDetach(g.mem)
}

// probeSize is the number of pixels that sharesMemory sends round.
var probeSize = image.Pt(64, 1)

// sharesMemory tells whether the server sees our memory under the number we
// give it. In another container that number is somebody else's memory, and a
// server that runs as root would write our screen into it. So the server maps
// it for reading, and what it reads must be the random bytes we put there.
func (s *x11Screen) sharesMemory() bool {
	format := s.conn.Setup.Format
	sent := make([]byte, format.Stride(probeSize.X))
	rand.Read(sent)
	g, err := s.newSegment(len(sent), true)
	if err != nil {
		return false
	}
	defer g.free()
	copy(g.mem, sent)
	got, err := s.readBack(g)
	return err == nil && s.convert.sameColours(sent, got)
}

// readBack lets the server copy the pixels of a segment to a pixmap, and gets
// them over the connection.
func (s *x11Screen) readBack(g *segment) ([]byte, error) {
	pixmap, gc := s.conn.CreatePixmap(probeSize), s.conn.CreateCopyGC()
	s.shm.PutImage(pixmap, gc, probeSize, g.id)
	s.conn.AskImage(pixmap, image.Rectangle{Max: probeSize})
	got, err := s.conn.Image()
	got = bytes.Clone(got)
	s.conn.FreePixmap(pixmap)
	s.conn.FreeGC(gc)
	return got, cmp.Or(err, s.conn.Check())
}
