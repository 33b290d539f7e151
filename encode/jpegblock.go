package encode

import (
	"math"
	"math/bits"
)

// plane is what one kind of samples is written with.
type plane struct {
	steps   [64]uint8   // of quantization, in zigzag order, as in the file
	factors [64]float32 // that divide by them, in zigzag order
	dc, ac  [256]code
}

func (p *plane) prepare(steps *[64]uint8, dc, ac huffman, scale float64) {
	p.dc, p.ac = dc.codes(), ac.codes()
	for k, i := range zigzag {
		step := min(max((int(steps[i])*(200-2*quality)+50)/100, 1), 255)
		p.steps[k] = uint8(step)
		p.factors[k] = float32(1 / (float64(step) * 8 * scales[i/block] * scales[i%block] * scale))
	}
}

// write transforms, quantizes and writes a block, and returns its first
// coefficient; last is that of the block before.
func (p *plane) write(out *bitWriter, samples *[block * block]float32, last int32) int32 {
	transform(samples)
	var coefficients [64]int32
	set := p.quantize(&coefficients, samples)
	out.number(&p.dc, 0, coefficients[0]-last)
	before := 0
	for set &^= 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set)
		zeros := k - before - 1
		for ; zeros >= 16; zeros -= 16 {
			out.code(p.ac[0xf0])
		}
		out.number(&p.ac, zeros<<4, coefficients[k])
		before = k
	}
	if before != 63 {
		out.code(p.ac[0])
	}
	return coefficients[0]
}

// rounder, added to a number of less than 2^22 and taken off again, rounds it.
const rounder = 3 << 22

// quantize rounds the transformed samples to steps, in zigzag order, and
// returns a bit for each coefficient that is not 0.
func (p *plane) quantize(coefficients *[64]int32, samples *[64]float32) (set uint64) {
	for k := range 64 {
		v := samples[zigzag[k]&63]*p.factors[k] + rounder
		n := int32(math.Float32bits(v)) - int32(math.Float32bits(rounder))
		coefficients[k] = n
		set |= uint64(uint32(n|-n)>>31) << k
	}
	return set
}
