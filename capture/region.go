package capture

import "image"

// A region in many small parts costs more in requests and bookkeeping than the
// pixels between them: from either bound on, its bounding box is taken.
const (
	maxRects   = 16
	maxPercent = 60 // of the bounding box's area
)

// simplify returns the rectangles, which do not overlap, or their bounding box.
// The server's answer is cut to maxRects in the same way while it is read.
func simplify(rects []image.Rectangle) []image.Rectangle {
	if len(rects) < 2 {
		return rects
	}
	var box image.Rectangle
	area := 0
	for _, r := range rects {
		box = box.Union(r)
		area += r.Dx() * r.Dy()
	}
	if area*100 > maxPercent*box.Dx()*box.Dy() {
		return append(rects[:0], box)
	}
	return rects
}
