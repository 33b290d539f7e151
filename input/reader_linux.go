package input

import "errors"

var errShort = errors.New("input: an answer of the X server is too short")

// reader reads numbers from an answer. It yields zeros after the end, with
// short set, so that a caller checks once.
type reader struct {
	data  []byte
	short bool
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.short, r.data = true, nil
		return make([]byte, max(n, 0))
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) u8() byte    { return r.bytes(1)[0] }
func (r *reader) u16() uint16 { return le.Uint16(r.bytes(2)) }
func (r *reader) u32() uint32 { return le.Uint32(r.bytes(4)) }
