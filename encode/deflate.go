package encode

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/klauspost/compress/flate"

	"telestrator/protocol"
)

// window is how far a deflate stream refers back, in bytes.
const window = 32 << 10

// flushed is the end of the empty stored block that ends every chunk.
// SPEC.md 7.3.
var flushed = []byte{0x00, 0x00, 0xff, 0xff}

var (
	errEmpty     = errors.New("chunk: empty, or of nothing, but not both")
	errLarge     = errors.New("chunk: of more bytes than an update may have")
	errUnflushed = errors.New("chunk: does not end with a flush")
	errShort     = errors.New("chunk: ends before it gave as many bytes as stated")
	errMore      = errors.New("chunk: holds more bytes than stated")
	errFinal     = errors.New("chunk: holds the end of the stream")
)

// deflater is the writing end of a deflate stream that never ends. Level 1 is
// by far the fastest, and behind the tile codes not much longer.
type deflater struct {
	flate *flate.Writer
	out   []byte // chunks, one after another
}

// Write collects what flate gives out.
func (d *deflater) Write(p []byte) (int, error) {
	d.out = append(d.out, p...)
	return len(p), nil
}

// reset begins a new stream.
func (d *deflater) reset() error {
	if d.flate != nil {
		d.flate.Reset(d)
		return nil
	}
	w, err := flate.NewWriter(d, flate.BestSpeed)
	d.flate = w
	return err
}

// recycle takes back the memory of all chunks given out so far.
func (d *deflater) recycle() { d.out = d.out[:0] }

// chunk returns data as the next chunk of the stream, valid until recycle.
func (d *deflater) chunk(data []byte) ([]byte, error) {
	from := len(d.out)
	if _, err := d.flate.Write(data); err != nil {
		return nil, err
	}
	if err := d.flate.Flush(); err != nil {
		return nil, err
	}
	return slices.Clip(d.out[from:]), nil
}

// inflater is the reading end. Chunks begin and end between two blocks and at
// whole bytes, so each is read by itself, with the last window of the stream
// as its dictionary: flate's reader keeps its first error for good, the end of
// its input included, and so cannot be fed on.
//
// A chunk that was cut inside a block is told by what it then lacks. One that
// was made to hide its flush inside a block goes unnoticed here; the chunk
// after it does not begin with a block and is refused, or means other pixels.
type inflater struct {
	flate  io.ReadCloser // also a flate.Resetter
	source bytes.Reader
	out    []byte // the last window of the stream, then the last chunk's bytes
	extra  [1]byte
}

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
	case size > protocol.MaxInflated:
		return nil, errLarge
	case !bytes.HasSuffix(chunk, flushed):
		return nil, errUnflushed
	}
	f.slide()
	if err := f.open(chunk); err != nil {
		return nil, err
	}
	return f.read(size)
}

// slide moves the last window to the front of out.
func (f *inflater) slide() {
	if past := len(f.out) - window; past > 0 {
		f.out = f.out[:copy(f.out, f.out[past:])]
	}
}

// open makes flate read chunk, with the window before it.
func (f *inflater) open(chunk []byte) error {
	if f.flate == nil {
		f.flate = flate.NewReader(&f.source)
	}
	f.source.Reset(chunk)
	return f.flate.(flate.Resetter).Reset(&f.source, f.out)
}

// read appends size bytes to out, and makes sure that no more were there.
func (f *inflater) read(size int) ([]byte, error) {
	past := len(f.out)
	f.out = slices.Grow(f.out, size)[:past+size]
	data := f.out[past:]
	if _, err := io.ReadFull(f.flate, data); err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil, errShort
	} else if err != nil {
		return nil, err
	}
	switch n, err := f.flate.Read(f.extra[:]); {
	case n > 0:
		return nil, errMore
	case err == io.EOF:
		return nil, errFinal
	case err != io.ErrUnexpectedEOF: // how flate calls the end of the chunk
		return nil, err
	}
	return data, nil
}
