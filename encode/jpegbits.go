package encode

import (
	"encoding/binary"
	"math/bits"
)

// bitWriter collects the bits of a JPEG's scan. After a byte ff it puts a
// byte 0, so that it is no marker.
type bitWriter struct {
	dst  []byte
	held uint64 // the lower n bits are not in dst yet
	n    uint32 // below 32 between calls
}

// code writes a Huffman code.
func (w *bitWriter) code(c code) { w.put(c.bits, c.length) }

// number writes the code for zeros, which is a multiple of 16, and the size of
// v, and then v itself. T.81, F.1.2.
func (w *bitWriter) number(codes *[256]code, zeros int, v int32) {
	size := uint32(bits.Len32(uint32(max(v, -v))))
	c := codes[(uint32(zeros)|size)&0xff]
	own := uint32(v+v>>31) & (1<<size - 1)
	w.put(c.bits<<size|own, c.length+size)
}

// put writes the lower n bits of v, at most 32; its others are 0.
func (w *bitWriter) put(v, n uint32) {
	w.held, w.n = w.held<<n|uint64(v), w.n+n
	if w.n < 32 {
		return
	}
	w.n -= 32
	four := uint32(w.held >> w.n)
	if (^four-0x01010101)&four&0x80808080 == 0 { // no byte of them is ff
		w.dst = binary.BigEndian.AppendUint32(w.dst, four)
		return
	}
	for shift := 24; shift >= 0; shift -= 8 {
		w.stuff(byte(four >> shift))
	}
}

// stuff writes a byte.
func (w *bitWriter) stuff(b byte) {
	if w.dst = append(w.dst, b); b == 0xff {
		w.dst = append(w.dst, 0)
	}
}

// pad writes what is held, filled up with ones.
func (w *bitWriter) pad() {
	for w.put(0x7f, 7); w.n >= 8; w.n -= 8 {
		w.stuff(byte(w.held >> (w.n - 8)))
	}
}
