package encode

import (
	"errors"
	"slices"

	"github.com/klauspost/compress/flate"
)

// window is how far a deflate stream refers back, in bytes.
const window = 32 << 10

// flushed is the end of the empty stored block that ends every chunk.
// SPEC.md 7.3.
var flushed = []byte{0x00, 0x00, 0xff, 0xff}

// leastWrite is the fewest bytes that flate looks at in the light of what went
// before. From fewer it makes a block of their own, and forgets all the rest.
const leastWrite = 128

var (
	errEmpty     = errors.New("chunk: empty, or of nothing, but not both")
	errLarge     = errors.New("chunk: of more bytes than an update may have")
	errUnflushed = errors.New("chunk: does not end with a flush")
	errShort     = errors.New("chunk: ends before it gave as many bytes as stated")
	errMore      = errors.New("chunk: holds more bytes than stated")
	errFinal     = errors.New("chunk: holds the end of the stream")
)

// level is that of deflate. Up to here it saves about as much work on the wire
// as it costs, and on a slow link shorter chunks are worth more than that.
const level = 4

// deflater is the writing end of a deflate stream that never ends.
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
	w, err := flate.NewWriter(d, level)
	d.flate = w
	return err
}

// recycle takes back the memory of all chunks given out so far.
func (d *deflater) recycle() { d.out = d.out[:0] }

// chunk returns data as the next chunk of the stream, valid until recycle.
// Nothing makes no chunk.
func (d *deflater) chunk(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	from := len(d.out)
	if _, err := d.flate.Write(data); err != nil {
		return nil, err
	}
	if err := d.flate.Flush(); err != nil {
		return nil, err
	}
	return slices.Clip(d.out[from:]), nil
}

// tiles is chunk for whole tiles, and returns how many bytes the chunk inflates
// to. Few tiles go in it again and again, up to leastWrite: painting a tile
// twice changes nothing, and what repeats takes next to no bytes.
func (d *deflater) tiles(code []byte) (chunk []byte, inflated int, err error) {
	for inflated = len(code); 0 < inflated && inflated < leastWrite; inflated += len(code) {
		if _, err := d.flate.Write(code); err != nil {
			return nil, 0, err
		}
	}
	chunk, err = d.chunk(code)
	return chunk, inflated, err
}
