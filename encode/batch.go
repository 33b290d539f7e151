package encode

import (
	"image"

	"telestrator/protocol"
)

// Limits we chose; those of the wire are in protocol.
const (
	// maxCode is the most bytes of tiles in one update. Deflate makes data it
	// cannot shrink a little longer, far less than the distance to
	// protocol.MaxUpdate.
	maxCode = 200 << 10

	// maxMoment is the most bytes of tiles in one moment. It bounds the time
	// for which a stream keeps the canvas from changing, and its memory.
	maxMoment = 1 << 20
)

// batch is the tiles of one moment, cut into updates. It is used again for
// the next moment.
type batch struct {
	code  []byte
	cuts  []int // ends of the finished updates in code
	rects int   // tiles since the last cut
	px    [side * side]uint32
}

// clear empties the batch.
func (b *batch) clear() { b.code, b.cuts, b.rects = b.code[:0], b.cuts[:0], 0 }

// add encodes the pixels of area as a tile. It returns false, and adds
// nothing, when the moment may not have room for it.
func (b *batch) add(src raster, area image.Rectangle) bool {
	most := worst(area)
	if len(b.code)+most > maxMoment {
		return false
	}
	if b.open()+most > maxCode || b.rects == protocol.MaxRects {
		b.cut()
	}
	b.code = appendTile(b.code, area, src.gather(b.px[:], area))
	b.rects++
	return true
}

// open returns the bytes since the last cut.
func (b *batch) open() int {
	if len(b.cuts) == 0 {
		return len(b.code)
	}
	return len(b.code) - b.cuts[len(b.cuts)-1]
}

// cut ends an update.
func (b *batch) cut() { b.cuts, b.rects = append(b.cuts, len(b.code)), 0 }

// finish ends the last update. There is one at least when the moment has
// something else than tiles.
func (b *batch) finish(more bool) {
	if b.open() > 0 || more && len(b.cuts) == 0 {
		b.cut()
	}
}
