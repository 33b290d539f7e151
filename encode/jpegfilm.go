package encode

import "slices"

// Codes for films on screens: their JPEGs have coarse steps, most blocks end
// soon, and a block in two is as light as the one before it. They were counted
// in six photographs with grain, of 1920 and of 640 pixels, at qualities from 30
// to 80; what was not seen, or hardly ever, has 16 bits.

// mostFilm is the quality up to which they are shorter than those of Annex K:
// by a sixth at 40, a tenth at 60, a thirtieth here.
const mostFilm = 80

var (
	filmLumaDC = huffman{
		[16]uint8{0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		[]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
	}
	filmChromaDC = huffman{
		[16]uint8{1, 1, 1, 1, 1, 1, 1, 1, 0, 3, 1},
		[]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
	}
	filmLumaAC = huffman{
		[16]uint8{0, 2, 2, 1, 3, 2, 5, 3, 2, 5, 1, 1, 1, 0, 1, 133},
		withOthers(
			0x00, 0x01, 0x02, 0x11, 0x03, 0x21, 0x12, 0x04, 0x31, 0x41, 0x51, 0x13, 0x05, 0x22, 0x61, 0x71,
			0x32, 0x14, 0x81, 0x91, 0x06, 0x42, 0x23, 0xa1, 0x52, 0x15, 0xb1, 0x33, 0x62),
	}
	filmChromaAC = huffman{
		[16]uint8{1, 0, 3, 0, 2, 2, 1, 4, 2, 1, 1, 0, 2, 0, 0, 143},
		withOthers(
			0x00, 0x01, 0x11, 0x02, 0x03, 0x12, 0x21, 0x31, 0x04, 0x41, 0x13, 0x51, 0x22, 0x32, 0x05, 0x61,
			0x71, 0x42, 0x14),
	}
)

// withOthers appends what values lack: a code is a run of up to 15 zeros and a
// size from 1 to 10, or the end of a block, or 16 zeros.
func withOthers(values ...uint8) []uint8 {
	for v := range 256 {
		size := v & 0xf
		legal := size >= 1 && size <= 10 || v == 0 || v == 0xf0
		if legal && !slices.Contains(values, uint8(v)) {
			values = append(values, uint8(v))
		}
	}
	return values
}
