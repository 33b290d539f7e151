package ink

import "image"

// Stroke is one stroke as it is to be seen. It is not written again.
type Stroke struct {
	Owner  string // the session that drew it
	Number uint32
	Colour uint32 // 0xRRGGBB
	Width  int    // pixels, as it is now
	Points []image.Point
}

// Mark is a rectangle of one colour, as an overlay without a compositor shows
// it: pixels are covered or not.
type Mark struct {
	Area   image.Rectangle
	Colour uint32 // 0xRRGGBB
}
