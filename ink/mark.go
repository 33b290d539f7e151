package ink

import (
	"image"
	"time"
)

// Stroke is one stroke as it is to be seen. It is not written again.
type Stroke struct {
	Owner  string // the session that drew it
	Number uint32
	Colour uint32 // 0xRRGGBB
	Width  int    // pixels
	Points []image.Point
	Gone   time.Time // when it has faded away; zero stays
}

// Mark is a rectangle of one colour, as an overlay without a compositor shows
// it: pixels are covered or not.
type Mark struct {
	Area   image.Rectangle
	Colour uint32 // 0xRRGGBB
}
