package encode

import "math/bits"

// cellSet is a set of cells, a bit for each.
type cellSet []uint64

// newCellSet returns a set for n cells, with all of them in it.
func newCellSet(n int) cellSet {
	c := make(cellSet, (n+63)/64)
	for i := range n {
		c.add(i)
	}
	return c
}

func (c cellSet) add(i int) { c[i/64] |= 1 << (i % 64) }

func (c cellSet) remove(i int) { c[i/64] &^= 1 << (i % 64) }

// next returns the first cell of the set from i on, or 64 len(c) or more if
// there is none.
func (c cellSet) next(i int) int {
	for k := i / 64; k < len(c); k++ {
		if rest := c[k] >> (i % 64); rest != 0 {
			return i + bits.TrailingZeros64(rest)
		}
		i = 64 * (k + 1)
	}
	return i
}

// empty tells whether there is none.
func (c cellSet) empty() bool { return c.next(0) >= 64*len(c) }
