package encode

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/flate"

	"telestrator/protocol"
)

// inflater is the reading end of a deflate stream. Chunks begin and end
// between two blocks and at whole bytes, so each is read by itself, with the
// last window of the stream as its dictionary: flate's reader keeps its first
// error for good, the end of its input included, and so cannot be fed on.
type inflater struct {
	flate  io.ReadCloser // also a flate.Resetter
	source source
	out    []byte // the last window of the stream, then the last chunk's bytes
	extra  [1]byte
}

// ending is put behind a chunk: a final block without contents. Flate's reader
// finds it exactly when the chunk ends between two blocks at a whole byte. (At
// any other place it gives bytes, or no final block: its only bit that can
// begin one is the first, as the later ones would begin a block of no type.)
var ending = []byte{0x01, 0x00, 0x00, 0xff, 0xff}

// reset begins a new stream.
func (f *inflater) reset() { f.out = f.out[:0] }

// chunk returns the size bytes that a chunk holds, valid until the next call.
// After an error the stream cannot go on.
func (f *inflater) chunk(chunk []byte, size int) ([]byte, error) {
	switch {
	case size == 0 && len(chunk) == 0:
		return nil, nil
	case size == 0 || len(chunk) == 0:
		return nil, errEmpty
	case size < 0 || size > protocol.MaxInflated: // below 0 out of a uint32 on 32-bit machines
		return nil, errLarge
	case !bytes.HasSuffix(chunk, flushed):
		return nil, errUnflushed
	}
	f.slide()
	if err := f.open(chunk); err != nil {
		return nil, err
	}
	data, err := f.read(size)
	if err != nil {
		return nil, err
	}
	return data, f.end()
}

// slide moves the last window to the front of out.
func (f *inflater) slide() {
	if past := len(f.out) - window; past > 0 {
		f.out = f.out[:copy(f.out, f.out[past:])]
	}
}

// open makes flate read chunk, with the window before it.
func (f *inflater) open(chunk []byte) error {
	f.source = source{chunk, ending}
	if f.flate == nil {
		f.flate = flate.NewReader(&f.source)
	}
	return f.flate.(flate.Resetter).Reset(&f.source, f.out)
}

// read appends size bytes to out. They come out of the chunk alone: flate
// hands them over at the flush at the latest.
func (f *inflater) read(size int) ([]byte, error) {
	past := len(f.out)
	f.out = slices.Grow(f.out, size)[:past+size]
	_, err := io.ReadFull(f.flate, f.out[past:])
	if err == io.EOF || err == io.ErrUnexpectedEOF || err == nil && f.source.ending == nil {
		return nil, errShort
	}
	return f.out[past:], err
}

// end makes sure that the chunk has nothing more.
func (f *inflater) end() error {
	n, err := f.flate.Read(f.extra[:])
	switch {
	case n > 0:
		return errMore
	case err != io.EOF:
		return fmt.Errorf("chunk: after its bytes: %w", err)
	case f.source.ending != nil:
		return errFinal
	}
	return nil
}

// source gives the bytes of a chunk, then those of the ending.
type source struct {
	rest   []byte
	ending []byte // nil when rest is of it
}

// next makes rest hold a byte, if there is one.
func (s *source) next() error {
	if len(s.rest) == 0 {
		s.rest, s.ending = s.ending, nil
	}
	if len(s.rest) == 0 {
		return io.EOF
	}
	return nil
}

// ReadByte keeps flate from reading ahead.
func (s *source) ReadByte() (byte, error) {
	if err := s.next(); err != nil {
		return 0, err
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return b, nil
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.next(); err != nil {
		return 0, err
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}
