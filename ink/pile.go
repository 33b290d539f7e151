package ink

import "image"

// A pile makes rectangles of united stripes: equal ones in rows below one
// another become one. It keeps its lists for the next time.
type pile struct{ above, here []int } // places of marks that end at the last row, and at this

// append appends the rectangles of stripes that are pixels of scale by scale on
// the screen.
func (p *pile) append(dst []Mark, stripes []stripe, scale int, bounds image.Rectangle, colour uint32) []Mark {
	p.above, p.here = p.above[:0], p.here[:0]
	row, next := -1, 0
	for _, s := range stripes {
		if y := s.y(); y != row {
			p.turn(y == row+1)
			row, next = y, 0
		}
		area := s.area(scale, bounds)
		for next < len(p.above) && dst[p.above[next]].Area.Min.X < area.Min.X {
			next++
		}
		if next < len(p.above) && fits(dst[p.above[next]].Area, area) {
			p.here = append(p.here, p.above[next])
			dst[p.above[next]].Area.Max.Y = area.Max.Y
		} else {
			p.here = append(p.here, len(dst))
			dst = append(dst, Mark{area, colour})
		}
	}
	return dst
}

// turn goes on to another row; below is false if there is a gap.
func (p *pile) turn(below bool) {
	p.above, p.here = p.here, p.above[:0]
	if !below {
		p.above = p.above[:0]
	}
}

func fits(above, below image.Rectangle) bool {
	return above.Min.X == below.Min.X && above.Max.X == below.Max.X
}

// area returns where on the screen a stripe lies.
func (s stripe) area(scale int, bounds image.Rectangle) image.Rectangle {
	area := image.Rect(s.left()*scale, s.y()*scale, s.right()*scale, (s.y()+1)*scale)
	return area.Add(bounds.Min).Intersect(bounds)
}
