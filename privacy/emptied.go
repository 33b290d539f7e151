package privacy

import "image"

// emptied reports whether a field has left its place, and whether anything changed
// inside of it. Text and caret reach two of its corners at most, and the focus none.
func (f *fields) emptied(m mirror, damage region, inside rectangle) (left, changed bool) {
	n := 0
	for _, corner := range corners(inside) {
		if len(f.renew(m, common(damage, region{corner}))) > 0 {
			n++
		}
	}
	changed = len(f.renew(m, common(damage, region{inside}))) > 0 || n > 0
	return n > 2, changed
}

// corners is the corners of a field.
func corners(inside rectangle) region {
	const side = 3
	if inside.Dx() < 3*side || inside.Dy() < 3*side {
		return nil
	}
	lo, hi := inside.Min, inside.Max
	return region{image.Rect(lo.X, lo.Y, lo.X+side, lo.Y+side), image.Rect(hi.X-side, lo.Y, hi.X, lo.Y+side),
		image.Rect(lo.X, hi.Y-side, lo.X+side, hi.Y), image.Rect(hi.X-side, hi.Y-side, hi.X, hi.Y)}
}

// plain reports whether all pixels of a region have one colour.
func plain(m mirror, area region) bool {
	first, some := uint32(0), false
	for _, r := range area {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			row := m.pix[y*m.stride+4*r.Min.X : y*m.stride+4*r.Max.X]
			for ; len(row) >= 4; row = row[4:] {
				px := le.Uint32(row) & 0xffffff
				if some && px != first {
					return false
				}
				first, some = px, true
			}
		}
	}
	return true
}
