package encode

import "image"

// mostPieces is into how many pieces the rest of a cell is cut.
const mostPieces = 16

// cuts is memory to cut the rest of a cell with.
type cuts struct {
	pieces, next []image.Rectangle
	found        [1]image.Rectangle
	rows         [1]uint64
}

// rest returns what changed in cell i and no move brings.
func (f *finder) rest(i int) patch {
	part := f.part(i)
	c := &f.cuts
	c.pieces = append(c.pieces[:0], part)
	for _, m := range f.news.moves {
		if !m.to.Overlaps(part) {
			continue
		}
		if part.In(m.to) {
			return patch{}
		}
		if !c.cut(m.to) {
			return f.news.parts[i]
		}
	}
	if len(c.pieces) == 1 && c.pieces[0] == part {
		return f.news.parts[i]
	}
	return f.trim(c.pieces)
}

// cut takes taken out of the pieces. It returns false if they become too many.
func (c *cuts) cut(taken image.Rectangle) bool {
	c.next = cutOut(c.next[:0], c.pieces, taken)
	c.pieces, c.next = c.next, c.pieces
	return len(c.pieces) <= mostPieces
}

// cutOut appends what of pieces lies outside taken.
func cutOut(dst, pieces []image.Rectangle, taken image.Rectangle) []image.Rectangle {
	for _, p := range pieces {
		t := p.Intersect(taken)
		if t.Empty() {
			dst = append(dst, p)
			continue
		}
		for _, q := range [...]image.Rectangle{
			{p.Min, image.Pt(p.Max.X, t.Min.Y)}, {image.Pt(p.Min.X, t.Max.Y), p.Max},
			{image.Pt(p.Min.X, t.Min.Y), image.Pt(t.Min.X, t.Max.Y)}, {image.Pt(t.Max.X, t.Min.Y), image.Pt(p.Max.X, t.Max.Y)},
		} {
			if !q.Empty() {
				dst = append(dst, q)
			}
		}
	}
	return dst
}

// trim returns the smallest patch that holds what changed in pieces of a cell.
func (f *finder) trim(pieces []image.Rectangle) (rest patch) {
	c := &f.cuts
	for _, p := range pieces {
		clear(c.found[:])
		differences(c.found[:], c.rows[:], f.before, f.after, p)
		rest = rest.join(newPatch(c.found[0]))
	}
	return rest
}
