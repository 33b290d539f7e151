package encode

// colourTables are the constants of convertAVX2: numbers in all lanes, factors
// side by side as of blue and red, or of green and X. Those of chroma are times
// -1, that of green for luma is halved: so they fit into 16 bits.
type colourTables struct {
	bytes, half, grey                   [8]int32
	lumaRB, lumaG, cbRB, cbG, crRB, crG [16]int16
}

var theColourTables = &colourTables{
	bytes:  lanes(0x00ff00ff), // of blue and red
	half:   lanes(one / 2),
	grey:   lanes(128*4*one + 4*one/2), // of four pixels, to be rounded
	lumaRB: pairs(blueToLuma, redToLuma),
	lumaG:  pairs(greenToLuma/2, 0),
	cbRB:   pairs(-blueToCb, -redToCb),
	cbG:    pairs(-greenToCb, 0),
	crRB:   pairs(-blueToCr, -redToCr),
	crG:    pairs(-greenToCr, 0),
}

// pairs returns a and b in turn.
func pairs(a, b int16) (v [16]int16) {
	for i := 0; i < len(v); i += 2 {
		v[i], v[i+1] = a, b
	}
	return v
}

// convertAVX2 makes samples of a unit as convert does: of each two blocks that
// are transformed at once, one after the other, row by row. It writes all of
// samples, reads 64 bytes at pix, which need not be aligned, and at each of the
// 15 rows that follow, stride bytes from one to the next, and needs AVX2.
//
//go:noescape
func convertAVX2(samples *[3][2 * block * block]int32, pix *byte, stride int, t *colourTables)
