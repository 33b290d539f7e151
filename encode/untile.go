package encode

import (
	"encoding/binary"
	"image"
)

// cutTile reads the header of the first tile in data. The tile lies inside
// one cell of g.
func cutTile(data []byte, g grid) (area image.Rectangle, codes []byte, err error) {
	if len(data) < header {
		return area, nil, errCut
	}
	at := func(i int) int { return int(binary.BigEndian.Uint16(data[i:])) }
	corner, size := image.Pt(at(0), at(2)), image.Pt(at(4), at(6))
	area = image.Rectangle{Min: corner, Max: corner.Add(size)}
	if area.Empty() || !area.In(g.cell(g.index(corner))) {
		return area, nil, errOutside
	}
	return area, data[header:], nil
}

// decodeCodes fills px, 0x00RRGGBB in rows of width w, from the beginning of
// codes, and returns what follows.
func decodeCodes(px []uint32, w int, codes []byte) (rest []byte, err error) {
	var index [64]uint32
	var previous uint32
	for i := 0; i < len(px); {
		if len(codes) == 0 {
			return nil, errCut
		}
		code := codes[0]
		if code >= codeRun && code < codeLiteral {
			n, err := fill(px, i, w, code, previous)
			if err != nil {
				return nil, err
			}
			i, codes = i+n, codes[1:]
		} else {
			p, n := decodePixel(codes, &index, previous)
			if n == 0 {
				return nil, refuse(code)
			}
			px[i] = p
			i, codes = i+1, codes[n:]
		}
		previous = px[i-1]
	}
	return codes, nil
}

// fill writes the run of code to px from i on, and returns its length.
func fill(px []uint32, i, w int, code byte, previous uint32) (n int, err error) {
	n = int(code&0x1f) + 1
	switch {
	case n > len(px)-i:
		return 0, errLong
	case code < codeAbove:
		for j := range px[i : i+n] {
			px[i+j] = previous
		}
	case i < w:
		return 0, errTop
	default:
		for j := i; j < i+n; j++ { // one by one: a run may be longer than a row
			px[j] = px[j-w]
		}
	}
	return n, nil
}

// decodePixel reads the code of one pixel, which is not a run, and returns
// the pixel and the length of the code: 0 when it is cut off or no code.
func decodePixel(codes []byte, index *[64]uint32, previous uint32) (p uint32, n int) {
	code := codes[0]
	switch {
	case code < codeDiff:
		return index[code], 1
	case code < codeLuma:
		p, n = add(previous, code>>4&3-2, code>>2&3-2, code&3-2), 1
	case code < codeRun && len(codes) >= 2:
		green := code&0x3f - 32
		p, n = add(previous, green+codes[1]>>4-8, green, green+codes[1]&0xf-8), 2
	case code == codeLiteral && len(codes) >= 4:
		p, n = uint32(codes[1])<<16|uint32(codes[2])<<8|uint32(codes[3]), 4
	default:
		return 0, 0
	}
	index[hash(p)] = p
	return p, n
}

// refuse returns why decodePixel found nothing in a code.
func refuse(code byte) error {
	if code == 0xff {
		return errNoCode
	}
	return errCut
}

// add adds to the channels of p, modulo 256.
func add(p uint32, r, g, b byte) uint32 {
	return uint32(byte(p>>16)+r)<<16 | uint32(byte(p>>8)+g)<<8 | uint32(byte(p)+b)
}
