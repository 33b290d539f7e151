package conform

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
)

// What our devices show is 128 x 96 pixels.
const (
	wide = 128
	high = 96
)

// rectangle is a tile of one colour, in the codes of SPEC.md 7.4.
func rectangle(x, y, width, height int, red, green, blue byte) []byte {
	var codes []byte
	for _, one := range []int{x, y, width, height} {
		codes = binary.BigEndian.AppendUint16(codes, uint16(one))
	}
	codes = append(codes, 0xfe, red, green, blue)
	for left := width*height - 1; left > 0; left -= 32 {
		codes = append(codes, 0xc0|byte(min(left, 32)-1))
	}
	return codes
}

// deflated is a chunk that ends with a sync flush. It refers to nothing before
// it, so that it fits anywhere into a stream.
func deflated(data []byte) []byte {
	var chunk bytes.Buffer
	w, err := flate.NewWriter(&chunk, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = w.Write(data) // to memory
	_ = w.Flush()
	return chunk.Bytes()
}

// tiled are the fields of an update with these codes.
func tiled(number, moment int, codes []byte) with {
	return with{"number": number, "moment": moment, "last": true, "inflated": len(codes), "tiles": deflated(codes)}
}

// firstly makes it the first of a picture.
func firstly(w with) with { return and(w, with{"reset": anew(told{}, wide, high)}) }

// anew is a reset: the generation, the size, the part of the screen that is
// shown, which is all of it, and the monitors.
func anew(generation any, width, height int, monitors ...any) []any {
	return append([]any{generation, width, height, 0, 0, width, height}, monitors...)
}

// and is one with the fields of another over it.
func and(w, other with) with {
	both := with{}
	for name, value := range w {
		both[name] = value
	}
	for name, value := range other {
		both[name] = value
	}
	return both
}

// complete is deflated to its end.
func complete(data []byte) []byte { return append(deflated(data), closer...) }

// photo is a JPEG of one grey.
func photo(width, height int) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		panic(err) // to memory, of a size that is right
	}
	return out.Bytes()
}

// whole paints the first picture.
func whole() step { return say{"update", firstly(tiled(1, 1, rectangle(0, 0, 64, 64, 200, 30, 30)))} }

// parted sends an update in parts of a size, from one of them to another.
type parted struct {
	with     with
	size     int
	from, to int
}

// String says the step in the words of a report, as that of every step does.
func (s parted) String() string { return fmt.Sprintf("send an update in parts of %d bytes", s.size) }

func (s parted) play(p *player) error {
	pieces := split(say{"update", s.with}.bytes(p), s.size)
	for _, piece := range pieces[s.from:min(s.to, len(pieces))] {
		if err := p.send(screen, piece, "part of an update"); err != nil {
			return err
		}
	}
	return nil
}

// split cuts a message into the parts of message 1.
func split(data []byte, size int) (parts [][]byte) {
	count := (len(data) + size - 1) / size
	for i := range count {
		piece := data[i*size : min((i+1)*size, len(data))]
		parts = append(parts, message(named("part").number, 1, i, count, piece))
	}
	return parts
}
