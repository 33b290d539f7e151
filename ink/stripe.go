package ink

// A stripe is pixels beside one another in one row: y, left and right, half
// open, 16 bits each. Sorted as numbers, stripes are in raster order.
type stripe uint64

func newStripe(y, left, right int) stripe {
	return stripe(y)<<32 | stripe(left)<<16 | stripe(right)
}

func (s stripe) y() int     { return int(s >> 32) }
func (s stripe) left() int  { return int(s >> 16 & 0xffff) }
func (s stripe) right() int { return int(s & 0xffff) }

// A heap is stripes in no order. One that touches the last of its row makes
// that one longer, which leaves few of a wide stroke.
type heap struct {
	stripes []stripe
	last    []int // by row, where in stripes its last one is; stale ones do no harm
	added   int   // since the heap was emptied
}

func (h *heap) empty() { h.stripes, h.added = h.stripes[:0], 0 }

func (h *heap) add(y, left, right int) {
	h.added++
	if y >= len(h.last) {
		h.last = append(h.last, make([]int, y+1-len(h.last))...)
	}
	if i := h.last[y]; i < len(h.stripes) && h.stripes[i].y() == y {
		if s := h.stripes[i]; left <= s.right() && s.left() <= right {
			h.stripes[i] = newStripe(y, min(left, s.left()), max(right, s.right()))
			return
		}
	}
	h.last[y] = len(h.stripes)
	h.stripes = append(h.stripes, newStripe(y, left, right))
}
