package encode

import "encoding/binary"

// convert makes samples of the unit at px, in each step two rows and two columns
// of the left and of the right blocks. Two by two pixels share their chroma.
// JFIF 1.02: Y, Cb and Cr of ITU-R BT.601 in 8 bits, from 0.
func (w *jpegWriter) convert(px raster) {
	for i := 0; i < unit; i += 2 {
		upper, lower := (*[4 * unit]byte)(px.pix[i*px.stride:]), (*[4 * unit]byte)(px.pix[(i+1)*px.stride:])
		y, at := &w.blocks[i/block].pairs, i%block
		c := &w.blocks[2].pairs
		for j := 0; j < block; j += 2 {
			u, v := binary.LittleEndian.Uint64(upper[4*j:]), binary.LittleEndian.Uint64(upper[4*j+4*block:])
			s, t := binary.LittleEndian.Uint64(lower[4*j:]), binary.LittleEndian.Uint64(lower[4*j+4*block:])
			left, right := (*[2]pair)(y[j*block+at:]), (*[2]pair)(y[(j+1)*block+at:])
			left[0], right[0] = lumas(u&low|v<<32), lumas(u>>32|v&^low)
			left[1], right[1] = lumas(s&low|t<<32), lumas(s>>32|t&^low)
			c[j/2*block+i/2], c[(block+j)/2*block+i/2] = chromas(u, s), chromas(v, t)
		}
	}
}

// The factors of red, green and blue, times one.
const (
	redToLuma, greenToLuma, blueToLuma = 19595, 38470, 7471
	redToCb, greenToCb, blueToCb       = -11059, -21709, 32768
	redToCr, greenToCr, blueToCr       = 32768, -27439, -5329
)

const (
	low  = 0xffffffff                // the first of two pixels
	both = 0x000000ff_000000ff       // the lowest byte of each
	one  = 1 << 16                   // what factors are multiplied with
	half = one/2 | one/2<<32         // so that both are rounded
	grey = 128*4*one | 128*4*one<<32 // no chroma, of four pixels
)

// lumas returns the luma of two pixels.
func lumas(p uint64) pair {
	return pair((p>>16&both*redToLuma + p>>8&both*greenToLuma + p&both*blueToLuma + half) >> 16 & both)
}

// chromas returns Cb and Cr of two times two pixels.
func chromas(p, q uint64) pair {
	rb := p&0x00ff00ff_00ff00ff + q&0x00ff00ff_00ff00ff
	g := p>>8&both + q>>8&both
	rb, g = rb+rb>>32, g+g>>32
	red, green, blue := pair(rb>>16&0xffff), pair(g&0xffff), pair(rb&0xffff)
	sum := red*(redToCr<<32+redToCb) + green*(greenToCr<<32+greenToCb) + blue*(blueToCr<<32+blueToCb)
	return (sum + grey + 4*half) >> 18 & (both<<1 | both)
}
