package capture

import "image"

// An outline in many small rectangles, such as ink's, costs more time than the
// pixels in it. All of the cells that it touches are taken instead.
const (
	fewRects = 16   // up to so many stay as they are
	cell     = 32   // pixels, a side
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
	touched := make([][]bool, (bounds.Dy()+cell-1)/cell)
	for i := range touched {
		touched[i] = make([]bool, (bounds.Dx()+cell-1)/cell)
	}
	for _, r := range outline {
		for y := r.Min.Y / cell; y <= (r.Max.Y-1)/cell; y++ {
			for x := r.Min.X / cell; x <= (r.Max.X-1)/cell; x++ {
				touched[y][x] = true
			}
		}
	}
	before := len(to)
	for y, row := range touched {
		to = appendRuns(to, row, y)
	}
	if len(to)-before > maxRuns {
		to = to[:before]
		for y, row := range touched {
			to = appendHull(to, row, y)
		}
	}
	for i := range to[before:] {
		to[before+i] = to[before+i].Intersect(bounds)
	}
	return to
}

// appendRuns appends the neighbouring cells of a row, the y-th.
func appendRuns(to []image.Rectangle, row []bool, y int) []image.Rectangle {
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		from := x
		for x < len(row) && row[x] {
			x++
		}
		to = append(to, cells(from, x, y))
	}
	return to
}

// appendHull appends the cells of a row from the first to the last.
func appendHull(to []image.Rectangle, row []bool, y int) []image.Rectangle {
	first, last := -1, -1
	for x, touched := range row {
		if touched && first < 0 {
			first = x
		}
		if touched {
			last = x
		}
	}
	if first < 0 {
		return to
	}
	return append(to, cells(first, last+1, y))
}

func cells(from, to, y int) image.Rectangle {
	return image.Rect(from*cell, y*cell, to*cell, (y+1)*cell)
}
