package privacy

import (
	"image"
	"time"
)

// streaks remember which cells of the screen have been changing for a while
// without a pause, as films and scrolling pages do. What has been changing for
// longer than a program lags is no field that has just appeared.
type streaks struct {
	columns int
	cells   []streak
}

type streak struct{ from, last time.Time }

const (
	pause  = 100 * time.Millisecond // that ends a streak
	lively = 250 * time.Millisecond // after which a streak counts
)

// mark notes damage.
func (s *streaks) mark(size image.Point, damage region, now time.Time) {
	columns, rows := (size.X+cellSide-1)/cellSide, (size.Y+cellSide-1)/cellSide
	if s.columns != columns || len(s.cells) != columns*rows {
		s.columns, s.cells = columns, make([]streak, columns*rows)
	}
	for i := range each(damage, columns) {
		c := &s.cells[i]
		if now.Sub(c.last) > pause {
			c.from = now
		}
		c.last = now
	}
}

// cover reports whether all of an area has been changing for a while.
func (s *streaks) cover(area region, now time.Time) bool {
	for i := range each(area, s.columns) {
		if i >= len(s.cells) || now.Sub(s.cells[i].last) > pause || now.Sub(s.cells[i].from) < lively {
			return false
		}
	}
	return true
}

// each is the cells that a region touches.
func each(area region, columns int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for _, r := range area {
			for y := r.Min.Y / cellSide; y <= (r.Max.Y-1)/cellSide; y++ {
				for x := r.Min.X / cellSide; x <= (r.Max.X-1)/cellSide; x++ {
					if !yield(y*columns + x) {
						return
					}
				}
			}
		}
	}
}
