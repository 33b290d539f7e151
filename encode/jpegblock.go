package encode

import "math/bits"

// plane is what one kind of samples is written with. Numbers of each
// coefficient are in zigzag order.
type plane struct {
	steps   [64]uint8 // of quantization, as in the file
	zeros   [64]pair  // the largest coefficients that become 0
	factors [64]int64 // that divide by steps, times precise
	dc, ac  [256]code
}

// precise is what factors are multiplied with: the products fit into 64 bits.
const precise = 1 << 44

// dead is up to how much of a step becomes 0. Half would be nearest; this makes
// films a twelfth shorter, for less than 0.1 dB.
const dead = 0.6

// newPlane returns that for a quality.
func newPlane(quality int, steps *[64]uint8, dc, ac huffman) *plane {
	p := &plane{dc: dc.codes(), ac: ac.codes()}
	for k, i := range zigzag {
		step := min(max((int(steps[i])*scaled(quality)+50)/100, 1), 255)
		by := float64(step) * 8 * scales[i/block] * scales[i%block]
		p.steps[k], p.factors[k] = uint8(step), int64(precise/by)+1
		most := pair(by * dead)
		p.zeros[k] = most | most<<32
	}
	return p
}

// scaled returns in percent by how much steps are larger than those of quality
// 50, in the way that everybody does.
func scaled(quality int) int {
	if quality < 50 {
		return 5000 / quality
	}
	return 200 - 2*quality
}

// write transforms, quantizes and writes two blocks, one after the other. Before
// them came blocks with the first coefficients last and next, which become
// those of these; both may be the same.
func (p *plane) write(out *bitWriter, b *[block * block]pair, last, next *int32) {
	transform(b)
	b[0] -= block * block * (128<<32 + 128)
	first, second := p.notZero(b)
	*last = p.writeBlock(out, b, 32, first, *last)
	*next = p.writeBlock(out, b, 0, second, *next)
}

// notZero returns a bit for each coefficient, in zigzag order, that does not
// become 0 in the first block, and in the second, and perhaps for a few more.
func (p *plane) notZero(b *[block * block]pair) (first, second uint64) {
	upper, lower := p.notZeroOf(b, 0), p.notZeroOf(b, 32)
	return upper&low | lower<<32, upper>>32 | lower&^low
}

// notZeroOf is notZero for 32 coefficients, those of the second block in the
// upper half of the result. Where a number is beyond the limits, a sign is set;
// so it may be at the limit of the second block, if the first borrows from it.
func (p *plane) notZeroOf(b *[block * block]pair, from int) (set uint64) {
	const signs = 1<<63 | 1<<31
	order, zeros := (*[32]uint8)(zigzag[from:]), (*[32]pair)(p.zeros[from:])
	for k, i := range order {
		v := b[i&63]
		set = set>>1 | uint64((v+zeros[k])|(zeros[k]-v))&signs
	}
	return set
}

// rounded returns a coefficient in steps. The block is the first of two if left
// is 32, the second if it is 0.
func (p *plane) rounded(b *[block * block]pair, k int, left uint) int32 {
	v := (b[zigzag[k&63]&63]<<(left&63) + 1<<31) >> 32
	return int32((v*p.factors[k&63] + precise/2) >> 44)
}

// writeBlock writes a block, and returns its first coefficient. set has a bit
// for each that is not 0, and may have some for others.
func (p *plane) writeBlock(out *bitWriter, b *[block * block]pair, left uint, set uint64, last int32) int32 {
	dc := p.rounded(b, 0, left)
	out.number(&p.dc, 0, dc-last)
	before := 0
	for set &^= 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set)
		v := p.rounded(b, k, left)
		if v == 0 {
			continue
		}
		zeros := k - before - 1
		for ; zeros >= 16; zeros -= 16 {
			out.code(p.ac[0xf0])
		}
		out.number(&p.ac, zeros<<4, v)
		before = k
	}
	if before != 63 {
		out.code(p.ac[0])
	}
	return dc
}
