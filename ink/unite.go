package ink

// unite appends the stripes of two lists to dst, as one list: sorted, and
// without two in a row that touch. Each of the two is sorted.
func unite(dst, a, b []stripe) []stripe {
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			dst, a = join(dst, a[0]), a[1:]
		} else {
			dst, b = join(dst, b[0]), b[1:]
		}
	}
	for _, s := range a {
		dst = join(dst, s)
	}
	for _, s := range b {
		dst = join(dst, s)
	}
	return dst
}

// join appends a stripe, or makes the last one longer if they touch.
func join(dst []stripe, s stripe) []stripe {
	if n := len(dst); n > 0 && dst[n-1]>>32 == s>>32 && s.left() <= dst[n-1].right() {
		if s.right() > dst[n-1].right() {
			dst[n-1] = dst[n-1]&^0xffff | s&0xffff
		}
		return dst
	}
	return append(dst, s)
}
