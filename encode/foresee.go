package encode

import "image"

// What is foreseen.
const (
	leastForeseen = 1 << 14 // pixels, or it is not worth it
	leastSigns    = 4       // samples that speak for it
	signColumns   = 8       // of samples
	signRows      = 4       // so rows
)

// foreseen is what moved just as it did in the comparison before: a page that
// is being scrolled, a window that is dragged. The part of the pictures where
// that is so is read once, to see that it moved, and not once more to see that
// it changed.
type foreseen struct {
	seen   move              // largest of the comparison before
	moved  move              // the same now, empty where nothing can be foreseen
	beside []image.Rectangle // of the damage, that is still to be looked at
}

// foresee notes what moved as foreseen, and returns what of damage has to be
// looked at beside it.
func (f *finder) foresee(s scene, damage []image.Rectangle) []image.Rectangle {
	f.forget()
	if f.seen.to.Empty() || !f.mostOf(damage) {
		return damage
	}
	f.scene = s
	f.moved = f.again()
	f.scene = scene{} // the pixels are not ours
	if areaOf(f.moved.to) < leastForeseen {
		f.forget()
		return damage
	}
	for i, part := range s.grid.touched(f.moved.to) {
		s.news.note(i, newPatch(part))
		s.news.rows[i] |= rowsOf(part)
	}
	f.beside = cutOut(f.beside[:0], damage, f.moved.to)
	return f.beside
}

// again returns what moved as the largest move of the comparison before, or
// nothing.
func (f *finder) again() move {
	at, by := f.signs()
	if by == (image.Point{}) {
		return move{}
	}
	bounds := f.grid.bounds()
	room := f.seen.to.Union(f.seen.to.Add(by)).Intersect(bounds).Intersect(bounds.Add(by))
	return move{f.grow(at.X, at.Y, by, room), by}
}

// mostOf tells whether damage is most of where something moved before.
func (f *finder) mostOf(damage []image.Rectangle) bool {
	sum := 0
	for _, r := range damage {
		sum += areaOf(r.Intersect(f.seen.to))
	}
	return 2*sum > areaOf(f.seen.to)
}

// signs returns how far most of what changed moved, about as far as before, and
// one of its pixels.
func (f *finder) signs() (at, by image.Point) {
	to := f.seen.to.Intersect(f.seen.to.Add(f.seen.by))
	f.samples = f.samples[:0]
	for k := range signColumns * signRows {
		x := to.Min.X + (2*(k%signColumns)+1)*to.Dx()/(2*signColumns)
		y := to.Min.Y + (2*(k/signColumns)+1)*to.Dy()/(2*signRows)
		if p := image.Pt(x, y); !f.stood(p, image.Point{}) {
			f.samples = append(f.samples, p)
		}
	}
	by, n := f.near(f.seen.by)
	if n < leastSigns || 2*n <= len(f.samples) {
		return at, image.Point{}
	}
	middle := to.Min.Add(to.Max).Div(2)
	for _, p := range f.samples {
		if f.stood(p, by) && (at == image.Point{} || taxicab(p, middle) < taxicab(at, middle)) {
			at = p
		}
	}
	return at, by
}

// claim takes what was foreseen from what is left to be brought.
func (f *finder) claim() {
	if !f.moved.to.Empty() {
		f.bring(f.moved.to, f.moved.by)
		f.follow(f.moved.by)
	}
}

// brings has a bit for each row of a cell that moved as foreseen.
func (f *foreseen) brings(cell image.Rectangle) uint64 { return rowsOf(cell.Intersect(f.moved.to)) }

// forget says that nothing was foreseen.
func (f *foreseen) forget() { f.moved = move{} }

// remember keeps the largest move for the next comparison.
func (f *finder) remember() {
	f.seen = move{}
	for _, m := range f.news.moves {
		if areaOf(m.to) > areaOf(f.seen.to) {
			f.seen = m
		}
	}
}

// areaOf is how many pixels r has.
func areaOf(r image.Rectangle) int { return r.Dx() * r.Dy() }

// taxicab is the distance of p and q along rows and columns.
func taxicab(p, q image.Point) int { return max(p.X-q.X, q.X-p.X) + max(p.Y-q.Y, q.Y-p.Y) }
