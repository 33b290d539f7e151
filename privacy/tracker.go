package privacy

import (
	"context"
	"image"
)

// tracker knows where secrets of one sort are. A Guard masks the union of what
// its trackers say, and releases nothing while one of them cannot say it. The
// window model is one.
type tracker interface {
	// run watches until ctx ends or nothing can be watched any more.
	run(ctx context.Context) error

	// begin starts a span.
	begin()

	// end appends the areas that may have shown a secret at any moment from
	// begin to now. It answers for the screen as it is when it is called, so
	// it may have to ask, and fails when it cannot know.
	end(dst []image.Rectangle) ([]image.Rectangle, error)

	// hides reports whether the point may show a secret now.
	hides(p image.Point) bool

	// ignore names the windows that are in no picture.
	ignore(windows []uint32)

	// close gives back what run would have given back at its end.
	close()
}
