package encode

import (
	"image"

	"telestrator/protocol"
)

// Limits we chose; those of the wire are in protocol.
const (
	// maxCode is the most bytes of tiles and JPEGs in one update. Deflate
	// makes data it cannot shrink a little longer, far less than the distance
	// to protocol.MaxUpdate.
	maxCode = 200 << 10

	// maxMoment is the most bytes of tiles in one moment. It bounds the time
	// for which a stream keeps the canvas from changing, and its memory.
	maxMoment = 1 << 20

	// maxPhotos is the most pixels of photographs in one moment, for the same
	// reasons. A screen of 2560 x 1440 fits.
	maxPhotos = 1 << 22
)

// batch is the tiles and JPEGs of one moment, cut into updates. It is used
// again for the next moment.
type batch struct {
	code  []byte // of tiles
	rects int    // tiles since the last cut
	data  []byte // of JPEGs
	jpegs []jpegPlace
	cuts  []cut // ends of the finished updates
}

// jpegPlace is a JPEG in a batch.
type jpegPlace struct {
	area image.Rectangle
	end  int // in data
}

// cut is the end of an update, in code and in jpegs.
type cut struct{ code, jpegs int }

// clear empties the batch.
func (b *batch) clear() {
	b.code, b.rects, b.data, b.jpegs, b.cuts = b.code[:0], 0, b.data[:0], b.jpegs[:0], b.cuts[:0]
}

// room makes room for the tile of area, which is appended to code next. It
// returns false when the moment may not have room for it.
func (b *batch) room(area image.Rectangle) bool {
	most := worst(area)
	if len(b.code)+most > maxMoment {
		return false
	}
	if b.open()+most > maxCode || b.rects == protocol.MaxRects {
		b.cut()
	}
	b.rects++
	return true
}

// encode appends the tile of area, whose pixels are px, and returns it.
func (b *batch) encode(px []uint32, area image.Rectangle) (tile []byte) {
	from := len(b.code)
	b.code = appendTile(b.code, area, px)
	return b.code[from:]
}

// addJPEG adds data, at most maxCode, as the JPEG of area.
func (b *batch) addJPEG(data []byte, area image.Rectangle) {
	if b.open()+len(data) > maxCode || len(b.jpegs)-b.last().jpegs == protocol.MaxJPEGs {
		b.cut()
	}
	b.data = append(b.data, data...)
	b.jpegs = append(b.jpegs, jpegPlace{area, len(b.data)})
}

// last returns the last cut.
func (b *batch) last() cut {
	if len(b.cuts) == 0 {
		return cut{}
	}
	return b.cuts[len(b.cuts)-1]
}

// end returns where the data of the first n JPEGs ends.
func (b *batch) end(n int) int {
	if n == 0 {
		return 0
	}
	return b.jpegs[n-1].end
}

// open returns the bytes since the last cut.
func (b *batch) open() int {
	last := b.last()
	return len(b.code) - last.code + b.end(len(b.jpegs)) - b.end(last.jpegs)
}

// cut ends an update.
func (b *batch) cut() { b.cuts, b.rects = append(b.cuts, cut{len(b.code), len(b.jpegs)}), 0 }

// finish ends the last update. There is one at least when the moment has
// something else besides.
func (b *batch) finish(more bool) {
	if b.open() > 0 || more && len(b.cuts) == 0 {
		b.cut()
	}
}
