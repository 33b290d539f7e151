package encode

import "math/bits"

// plane is what one kind of samples is written with. Numbers of each
// coefficient are in zigzag order.
type plane struct {
	steps   [64]uint8 // of quantization, as in the file
	zeros   [64]pair  // the largest coefficients that become 0
	limits  [64]int32 // the same in the order of columns and lanes
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
		p.limits[i%block*block+laneOf[i/block]] = int32(most)
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

// centre is the first coefficient of 64 samples of 128, which becomes 0.
const centre = block * block * 128

// columnwise is where coefficients are, in zigzag order, column by column.
var columnwise = func() (list [64]uint8) {
	for k, i := range zigzag {
		list[k] = i%block*block + i/block
	}
	return list
}()

// laneOf is in which lanes of a register transformAVX2 has rows 0 to 7 of a column.
// AVX2 unpacks 0, 1 and 4, 5 of two registers into one: rows 0 to 3 of pairs.
var laneOf = [block]uint8{0, 1, 4, 5, 2, 3, 6, 7}

// transform makes coefficients of samples.
func (p *plane) transform(b *blocks) {
	transform(&b.pairs)
	b.pairs[0] -= centre<<32 + centre
	b.first, b.second = p.notZero(&b.pairs)
}

// write quantizes and writes two blocks, one after the other. Before them came
// blocks with the first coefficients last and next, which become those of
// these; both may be the same.
func (p *plane) write(out *bitWriter, b *blocks, last, next *int32) {
	*last = p.writeBlock(out, &b.pairs, 32, b.first, *last)
	*next = p.writeBlock(out, &b.pairs, 0, b.second, *next)
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
	at, zeros := (*[32]uint8)(columnwise[from:]), (*[32]pair)(p.zeros[from:])
	for k, i := range at {
		v := b[i&63]
		set = set>>1 | uint64((v+zeros[k])|(zeros[k]-v))&signs
	}
	return set
}

// rounded returns a coefficient in steps. The block is the first of two if left
// is 32, the second if it is 0.
func (p *plane) rounded(b *[block * block]pair, k int, left uint) int32 {
	v := (b[columnwise[k&63]&63]<<(left&63) + 1<<31) >> 32
	return int32((v*p.factors[k&63] + precise/2) >> 44)
}

// writeBlock writes a block, and returns its first coefficient. set has a bit
// for each that is not 0, and may have some for others.
func (p *plane) writeBlock(out *bitWriter, b *[block * block]pair, left uint, set uint64, last int32) int32 {
	dc := p.rounded(b, 0, left)
	run, before := out.run.with(number(&p.dc, 0, dc-last)), 0
	for set &^= 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set)
		v := p.rounded(b, k, left)
		if v == 0 {
			continue
		}
		zeros := k - before - 1
		for ; zeros >= 16; zeros -= 16 {
			run = out.drained(run).with(p.ac[0xf0])
		}
		run = out.drained(run).with(number(&p.ac, zeros<<4, v))
		before = k
	}
	if before != 63 {
		run = out.drained(run).with(p.ac[0])
	}
	out.run = out.drained(run)
	return dc
}
