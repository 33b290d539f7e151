package encode

import (
	"encoding/binary"
	"math/bits"
)

// bitWriter collects the bits of a JPEG's scan. After a byte ff it puts a
// byte 0, so that it is no marker.
type bitWriter struct {
	dst []byte
	run bitRun // not in dst yet
}

// bitRun is some bits that fit into registers. It is below 32 bits between
// blocks, and whenever something is added.
type bitRun struct {
	bits   uint64 // the lower length of them count
	length uint32
}

// with returns the run with a Huffman code behind it.
func (r bitRun) with(c code) bitRun {
	return bitRun{r.bits<<(c.length&63) | uint64(c.bits), r.length + c.length}
}

// number returns the code for zeros, which is a multiple of 16, and the size of
// v, and behind it v itself: at most 32 bits. T.81, F.1.2.
func number(codes *[256]code, zeros int, v int32) code {
	size := uint32(bits.Len32(uint32(max(v, -v))))
	c := codes[(uint32(zeros)|size)&0xff]
	own := uint32(v+v>>31) & (1<<(size&31) - 1)
	return code{c.bits<<(size&31) | own, c.length + size}
}

// drained returns what is to be held of a run: less than 32 bits.
func (w *bitWriter) drained(r bitRun) bitRun {
	if r.length < 32 {
		return r
	}
	return w.drain(r)
}

// drain writes the first 32 bits of a run that has so many, and returns the rest.
// It is a function of its own so that drained becomes part of its callers.
//
//go:noinline
func (w *bitWriter) drain(r bitRun) bitRun {
	r.length -= 32
	four := uint32(r.bits >> (r.length & 63))
	if (^four-0x01010101)&four&0x80808080 == 0 { // no byte of them is ff
		w.dst = binary.BigEndian.AppendUint32(w.dst, four)
		return r
	}
	for shift := 24; shift >= 0; shift -= 8 {
		w.stuff(byte(four >> shift))
	}
	return r
}

// stuff writes a byte.
func (w *bitWriter) stuff(b byte) {
	if w.dst = append(w.dst, b); b == 0xff {
		w.dst = append(w.dst, 0)
	}
}

// pad writes what is held, filled up with ones.
func (w *bitWriter) pad() {
	r := w.run.with(code{0x7f, 7})
	for ; r.length >= 8; r.length -= 8 {
		w.stuff(byte(r.bits >> (r.length - 8)))
	}
	w.run = bitRun{}
}
