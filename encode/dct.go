package encode

// The forward cosine transform of Arai, Agui and Nakajima. It leaves out the
// factors that quantization can multiply by anyway: see scales.

const (
	c4       = 0.70710678 // cos(4 pi/16)
	c6       = 0.38268343 // cos(6 pi/16)
	c2MinusC = 0.54119610 // cos(2 pi/16) - cos(6 pi/16)
	c2PlusC  = 1.30656297 // cos(2 pi/16) + cos(6 pi/16)
)

// scales are the factors of one direction that transform leaves in its result.
var scales = [8]float64{1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.541196100, 0.275899379}

// transform turns 8 x 8 samples into coefficients, each 8 x scales[u] x
// scales[v] times as large as it should be.
func transform(b *[64]float32) {
	for i := 0; i < 64; i += 8 {
		r := (*[8]float32)(b[i:])
		r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] = transform8(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7])
	}
	for i := range 8 {
		b[i], b[8+i], b[16+i], b[24+i], b[32+i], b[40+i], b[48+i], b[56+i] =
			transform8(b[i], b[8+i], b[16+i], b[24+i], b[32+i], b[40+i], b[48+i], b[56+i])
	}
}

// transform8 is the transform of eight samples.
func transform8(s0, s1, s2, s3, s4, s5, s6, s7 float32) (d0, d1, d2, d3, d4, d5, d6, d7 float32) {
	// The even half.
	a0, a1, a2, a3 := s0+s7, s1+s6, s2+s5, s3+s4
	b0, b1, b3 := a0+a3, a1+a2, a0-a3
	z1 := (a1 - a2 + b3) * c4
	// The odd half.
	t4, t5, t6 := s3-s4+s2-s5, s2-s5+s1-s6, s1-s6+s0-s7
	z5 := (t4 - t6) * c6
	z2, z4, z3 := c2MinusC*t4+z5, c2PlusC*t6+z5, t5*c4
	z11, z13 := s0-s7+z3, s0-s7-z3
	return b0 + b1, z11 + z4, b3 + z1, z13 - z2, b0 - b1, z13 + z2, b3 - z1, z11 - z4
}
