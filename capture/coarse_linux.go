package capture

import "image"

// An outline in many small rectangles, such as ink's, costs more time than the
// pixels in it. All of the cells that it touches are taken instead.
const (
	fewRects = 16   // up to so many stay as they are
	maxRuns  = 1024 // neighbouring cells in a row; beyond, one run for each row of cells
)

// maxOutline is how many rectangles of an outline are looked at. Beyond, the
// rectangle around all of them is taken.
const maxOutline = 1 << 16

// coarse appends rectangles that cover all of an outline, which lies in bounds.
func coarse(to, outline []image.Rectangle, bounds image.Rectangle) []image.Rectangle {
	if len(outline) <= fewRects {
		return append(to, outline...)
	}
	g := newGrid(bounds)
	for _, r := range outline {
		g.mark(r)
	}
	before := len(to)
	if to = g.runs(to); len(to)-before > maxRuns {
		to = g.hulls(to[:before])
	}
	return to
}
