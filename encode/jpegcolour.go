package encode

import "encoding/binary"

// convert makes samples of the unit, in each step two rows and two columns of
// the left and of the right blocks. Two by two pixels share their chroma.
// JFIF 1.02: Y, Cb and Cr of ITU-R BT.601 in 8 bits, from 0.
func (w *jpegWriter) convert() {
	for i := 0; i < unit; i += 2 {
		upper, lower := w.rows[i], w.rows[i+1]
		at := i % block * block
		top, bottom := (*[block]pair)(w.y[i/block][at:]), (*[block]pair)(w.y[i/block][at+block:])
		c := (*[block]pair)(w.c[i/2*block:])
		for j := 0; j < block; j += 2 {
			u, v := binary.LittleEndian.Uint64(upper[4*j:]), binary.LittleEndian.Uint64(upper[4*j+4*block:])
			s, t := binary.LittleEndian.Uint64(lower[4*j:]), binary.LittleEndian.Uint64(lower[4*j+4*block:])
			top[j], top[j+1] = lumas(u&low|v<<32), lumas(u>>32|v&^low)
			bottom[j], bottom[j+1] = lumas(s&low|t<<32), lumas(s>>32|t&^low)
			c[j/2], c[block/2+j/2] = chromas(u, s), chromas(v, t)
		}
	}
}

const (
	low  = 0xffffffff                // the first of two pixels
	both = 0x000000ff_000000ff       // the lowest byte of each
	one  = 1 << 16                   // what factors are multiplied with
	half = one/2 | one/2<<32         // so that both are rounded
	grey = 128*4*one | 128*4*one<<32 // no chroma, of four pixels
)

// lumas returns the luma of two pixels.
func lumas(p uint64) pair {
	return pair((p>>16&both*19595 + p>>8&both*38470 + p&both*7471 + half) >> 16 & both)
}

// The factors of red, green and blue, in Cb and, times 1<<32, Cr.
const (
	redToChroma   = 32768<<32 - 11059
	greenToChroma = -27439<<32 - 21709
	blueToChroma  = -5329<<32 + 32768
)

// chromas returns Cb and Cr of two times two pixels.
func chromas(p, q uint64) pair {
	rb := p&0x00ff00ff_00ff00ff + q&0x00ff00ff_00ff00ff
	g := p>>8&both + q>>8&both
	rb, g = rb+rb>>32, g+g>>32
	red, green, blue := pair(rb>>16&0xffff), pair(g&0xffff), pair(rb&0xffff)
	sum := red*redToChroma + green*greenToChroma + blue*blueToChroma + grey + 4*half
	return sum >> 18 & (both<<1 | both)
}
