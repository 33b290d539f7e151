package encode

// The forward cosine transform of Arai, Agui and Nakajima, of two blocks at
// once. It leaves out the factors that quantization can multiply by anyway: see
// scales.
//
// An int64 holds a number of each block: one times 1<<32, plus the other. As
// the transform is linear, both come out right, whatever the numbers between
// overflow to, if only the coefficients fit.

// pair is a number of each of two blocks.
type pair = int64

// The constants of the transform, times unity: of all numbers for which the
// largest coefficient fits, it is the one for which they are nearest to integers.
const (
	unity    = 290
	c4       = 205 // 0.70710678 = cos(4 pi/16)
	c6       = 111 // 0.38268343 = cos(6 pi/16)
	c2MinusC = 157 // 0.54119610 = cos(2 pi/16) - cos(6 pi/16)
	c2PlusC  = 379 // 1.30656297 = cos(2 pi/16) + cos(6 pi/16)
)

// scales are the factors of one direction that transform leaves in its result.
var scales = [8]float64{
	1, 1.387039845 * unity, 1.306562965 * unity, 1.175875602 * unity,
	1, 0.785694958 * unity, 0.541196100 * unity, 0.275899379 * unity,
}

// transform turns twice 8 x 8 samples, each in a range of 256, into
// coefficients, each 8 x scales[u] x scales[v] times as large as it should be.
func transform(b *[block * block]pair) {
	var between [block * block]pair
	transformRows(&between, b)
	transformRows(b, &between)
}

// transformRows transforms the rows of src to the columns of dst.
func transformRows(dst, src *[block * block]pair) {
	for i := range block {
		s := (*[block]pair)(src[block*i:])
		a0, a1, a2, a3 := s[0]+s[7], s[1]+s[6], s[2]+s[5], s[3]+s[4]
		e4, e5, e6, e7 := s[3]-s[4], s[2]-s[5], s[1]-s[6], s[0]-s[7]
		// The even half.
		b0, b1, b3 := a0+a3, a1+a2, a0-a3
		z1, z0 := (a1-a2+b3)*c4, b3*unity
		dst[i], dst[2*block+i], dst[4*block+i], dst[6*block+i] = b0+b1, z0+z1, b0-b1, z0-z1
		// The odd half.
		t4, t5, t6 := e4+e5, e5+e6, e6+e7
		z5, z3, z7 := (t4-t6)*c6, t5*c4, e7*unity
		z2, z4 := c2MinusC*t4+z5, c2PlusC*t6+z5
		z11, z13 := z7+z3, z7-z3
		dst[block+i], dst[3*block+i], dst[5*block+i], dst[7*block+i] = z11+z4, z13-z2, z13+z2, z11-z4
	}
}
