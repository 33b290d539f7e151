package encode

import "slices"

// The tables of ITU-T T.81, Annex K, which nearly every JPEG is made with.

// zigzag is the order of coefficients. T.81, figure A.6.
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// lumaSteps and chromaSteps are the steps of quantization for quality 50.
// T.81, tables K.1 and K.2.
var (
	lumaSteps = [64]uint8{
		16, 11, 10, 16, 24, 40, 51, 61,
		12, 12, 14, 19, 26, 58, 60, 55,
		14, 13, 16, 24, 40, 57, 69, 56,
		14, 17, 22, 29, 51, 87, 80, 62,
		18, 22, 37, 56, 68, 109, 103, 77,
		24, 35, 55, 64, 81, 104, 113, 92,
		49, 64, 78, 87, 103, 121, 120, 101,
		72, 92, 95, 98, 112, 100, 103, 99,
	}
	chromaSteps = [64]uint8{
		17, 18, 24, 47, 99, 99, 99, 99,
		18, 21, 26, 66, 99, 99, 99, 99,
		24, 26, 56, 99, 99, 99, 99, 99,
		47, 66, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
	}
)

// huffman is a table of codes: how many there are of each length from 1 to 16,
// and what they stand for, shortest first. T.81, tables K.3 to K.6.
type huffman struct {
	counts [16]uint8
	values []uint8
}

var (
	lumaDC = huffman{
		[16]uint8{0, 1, 5, 1, 1, 1, 1, 1, 1},
		[]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
	}
	chromaDC = huffman{
		[16]uint8{0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		[]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
	}
	lumaAC = huffman{
		[16]uint8{0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125},
		slices.Concat([]uint8{
			0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
			0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
			0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
			0x29, 0x2a,
		}, following(0x34, 0x43, 0x53, 0x63, 0x73, 0x83, 0x92, 0xa2, 0xb2, 0xc2, 0xd2, 0xe1, 0xf1)),
	}
	chromaAC = huffman{
		[16]uint8{0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119},
		slices.Concat([]uint8{
			0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
			0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0,
			0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26,
			0x27, 0x28, 0x29, 0x2a,
		}, following(0x35, 0x43, 0x53, 0x63, 0x73, 0x82, 0x92, 0xa2, 0xb2, 0xc2, 0xd2, 0xe2, 0xf2)),
	}
)

// following lists the longest codes: for each run of zeros, from the size
// given on, all sizes up to 10.
func following(from ...uint8) (values []uint8) {
	for _, v := range from {
		for ; v&0xf <= 10; v++ {
			values = append(values, v)
		}
	}
	return values
}

// code is a Huffman code, and its length in bits.
type code struct{ bits, length uint32 }

// codes returns the code of each value. T.81, C.2.
func (h huffman) codes() (list [256]code) {
	next, at := uint32(0), 0
	for i, n := range h.counts {
		for range n {
			list[h.values[at]] = code{next, uint32(i + 1)}
			next++
			at++
		}
		next <<= 1
	}
	return list
}

// table returns the table as in a file, under an identifier.
func (h huffman) table(id byte) []byte { return slices.Concat([]byte{id}, h.counts[:], h.values) }

// segment returns a segment of a file: marker, length, contents.
func segment(marker byte, contents ...[]byte) []byte {
	all := slices.Concat(contents...)
	n := len(all) + 2
	return slices.Concat([]byte{0xff, marker, byte(n >> 8), byte(n)}, all)
}
