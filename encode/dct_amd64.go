package encode

// dctTables are the constants of transformAVX2: numbers in all lanes, and how
// its bytes come into zigzag order.
type dctTables struct {
	unity, c4, c6, c2MinusC, c2PlusC [8]int32

	centre [8]int32    // what makes the first coefficient that of samples around 0
	others [32]uint8   // all bits of a byte but the highest
	order  [8][32]byte // see newDCTTables
}

var theDCTTables = newDCTTables()

// newDCTTables returns them. A table of order says for each of 32 bytes, in zigzag
// order, which byte of a register it is, or that it is none of it. Registers
// are columns 0 to 3, these with halves exchanged, columns 4 to 7, these
// exchanged; four tables are for coefficients 0 to 31, four for 32 to 63.
func newDCTTables() *dctTables {
	t := &dctTables{
		unity: lanes(unity), c4: lanes(c4), c6: lanes(c6), c2MinusC: lanes(c2MinusC), c2PlusC: lanes(c2PlusC),
		centre: [8]int32{centre},
	}
	for i := range t.others {
		t.others[i] = 0x7f
		for n := range t.order {
			t.order[n][i] = 0x80 // none
		}
	}
	for k, i := range columnwise {
		column, lane := int(i)/block, int(laneOf[i%block])
		exchanged := lane/4 ^ k/16%2
		t.order[k/32*4+column/4*2+exchanged][k%32] = uint8(column%4*4 + lane%4)
	}
	return t
}

// lanes returns v in all lanes.
func lanes(v int32) [8]int32 { return [8]int32{v, v, v, v, v, v, v, v} }

// transformAVX2 makes b coefficients as transform does, of the samples of two
// blocks, one after the other and row by row, and returns what notZero does for
// limits, in the order of laneOf. It reads and writes all of its arguments and
// nothing else, and needs AVX2.
//
//go:noescape
func transformAVX2(b *[block * block]pair, samples *[2 * block * block]int32, limits *[block * block]int32, t *dctTables) (first, second uint64)
