package ink

import "image"

// lookAhead is how many marks are passed over in search of the next that both
// lists have.
const lookAhead = 32

// difference is a rectangle outside of which two lists of marks look the same,
// and how many of the old marks may be gone. What they have in common, in the
// same order, need not be drawn again.
func difference(old, next []Mark) (box image.Rectangle, gone int) {
	for len(old) > 0 || len(next) > 0 {
		for len(old) > 0 && len(next) > 0 && old[0] == next[0] {
			old, next = old[1:], next[1:]
		}
		out, in := apart(old, next)
		for _, m := range old[:out] {
			box = box.Union(m.Area)
		}
		for _, m := range next[:in] {
			box = box.Union(m.Area)
		}
		old, next, gone = old[out:], next[in:], gone+out
	}
	return box, gone
}

// apart says how many marks of each list to pass over until both go on alike.
func apart(old, next []Mark) (out, in int) {
	if len(old) == 0 || len(next) == 0 {
		return len(old), len(next)
	}
	for n := 1; n <= lookAhead; n++ {
		switch {
		case n < len(old) && n < len(next) && old[n] == next[n]:
			return n, n
		case n < len(next) && old[0] == next[n]:
			return 0, n
		case n < len(old) && old[n] == next[0]:
			return n, 0
		}
	}
	return 1, 1
}
