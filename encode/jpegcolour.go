package encode

import "encoding/binary"

// one is what samples are multiplied with, so that they stay integers.
const one = 1 << 16

// convert makes samples of the unit, two rows and two columns at a time, which
// share their chroma. JFIF 1.02: Y, Cb and Cr of ITU-R BT.601 in 8 bits.
func (w *jpegWriter) convert() {
	for i := 0; i < unit; i += 2 {
		upper, lower := w.rows[i], w.rows[i+1]
		for j := 0; j < unit; j += 2 {
			u, v := binary.LittleEndian.Uint64(upper[4*j:]), binary.LittleEndian.Uint64(lower[4*j:])
			y, k := &w.y[i/block*2+j/block], i%block*block+j%block
			y[k], y[k+1] = lumas(u)
			y[k+block], y[k+block+1] = lumas(v)
			k = i/2*block + j/2
			w.cb[k], w.cr[k] = chromas(u, v)
		}
	}
}

// both has the lowest of the four bytes of two pixels side by side.
const both = 0x000000ff_000000ff

// lumas returns the luma of two pixels, from -128 to 127, times one.
func lumas(p uint64) (first, second float32) {
	sum := p>>16&both*19595 + p>>8&both*38470 + p&both*7471
	return float32(int32(sum) - 128*one), float32(int32(sum>>32) - 128*one)
}

// chromas returns Cb and Cr of two times two pixels, times four times one.
func chromas(p, q uint64) (cb, cr float32) {
	rb := p&0x00ff00ff_00ff00ff + q&0x00ff00ff_00ff00ff
	g := p>>8&both + q>>8&both
	rb, g = rb+rb>>32, g+g>>32
	red, green, blue := int32(rb>>16&0xffff), int32(g&0xffff), int32(rb&0xffff)
	return float32(-11059*red - 21709*green + 32768*blue), float32(32768*red - 27439*green - 5329*blue)
}
