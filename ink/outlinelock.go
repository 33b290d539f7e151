package ink

import "image"

// The lock in units of a thin line's width.
var (
	lockRoom  = image.Pt(24, 16)         // an area with less has none
	lockPlate = image.Rect(0, 0, 13, 14) // what it is on
	lockParts = []Mark{
		{lockPlate, lightLine},
		{lockPlate.Inset(1), darkLine},
		{image.Rect(5, 3, 8, 4), lightLine}, // shackle
		{image.Rect(4, 4, 5, 6), lightLine},
		{image.Rect(8, 4, 9, 6), lightLine},
		{image.Rect(3, 6, 10, 11), lightLine}, // body
		{image.Rect(6, 8, 7, 10), darkLine},   // keyhole
	}
)

// lockCorner is the lower right corner of areas together, where there is room
// for a lock. There it covers least of a field, and no button of a window.
func lockCorner(areas []image.Rectangle, unit int) (corner image.Point, room bool) {
	for _, r := range areas {
		at := r.Max
		if r.Dx() < lockRoom.X*unit || r.Dy() < lockRoom.Y*unit {
			continue
		}
		if !room || at.Y > corner.Y || at.Y == corner.Y && at.X > corner.X {
			corner, room = at, true
		}
	}
	return corner, room
}

// lock appends a lock in a corner, on the outline.
func lock(all []Mark, corner image.Point, unit int) []Mark {
	at := corner.Sub(lockPlate.Max.Add(image.Pt(1, 1)).Mul(unit))
	for _, part := range lockParts {
		r := image.Rectangle{part.Area.Min.Mul(unit), part.Area.Max.Mul(unit)}
		all = append(all, Mark{r.Add(at), part.Colour})
	}
	return all
}
