package privacy

import (
	"image"
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

// A program that lags may tell a secret's place long after the secret has moved.
// What shows it at once are the pixels: a field that moves takes its frame along.
// Typing into it changes what is inside the frame, and that only.

const (
	frameOutside = 6 // pixels around a field that belong to its frame
	frameInside  = 3 // so inside of it

	// mostFrozen is how long a program is kept frozen because it contradicts what
	// is seen.
	mostFrozen = 5 * time.Second
)

// watch compares what windows of programs that lag show with what they showed
// before. Of a program whose secret may have moved nothing leaves until it must
// have told so; nor does what has changed again while it waited. Both are owed
// anew and returned.
func (f *fields) watch(m mirror, damage region, now time.Time) (rest region) {
	f.changed = f.changed[:0]
	for i := range f.plots {
		p := &f.plots[i]
		program := f.programs[p.pid]
		if program == nil || !program.manner.lags() {
			continue
		}
		f.past.resize(m.size) // what it held is of another screen then, so all has changed
		moved, large := f.compare(m, common(damage, p.seen), p.fields, program)
		if moved || large && now.Before(program.calm) || program.lies(now) {
			rest = append(rest, f.freeze(program, now)...)
		}
		if !now.Before(program.calm) {
			program.frozen, program.left = time.Time{}, nil
		}
	}
	f.streaks.mark(m.size, f.changed, now)
	return append(rest, f.spoil()...)
}

// lies reports whether a program, when it has had its time, still tells that a
// field is at a place that it has left: one that gets no processor is later than
// any that was measured.
func (p *program) lies(now time.Time) bool {
	if p.frozen.IsZero() || now.Before(p.calm) || now.Sub(p.frozen) > mostFrozen || p.learned == nil {
		return false
	}
	return slices.ContainsFunc(p.learned.Secrets, func(s atspi.Secret) bool {
		return s.Showing && slices.Contains(p.left, s.Area)
	})
}

// compare notes what changed in a window, and reports whether one of its fields
// may have moved, and whether the rest changed by more than a letter.
func (f *fields) compare(m mirror, damage, fields region, p *program) (moved, large bool) {
	for _, r := range fields {
		outside, inside := r.Inset(-frameOutside).Intersect(m.bounds()), r.Inset(frameInside).Intersect(m.bounds())
		frame := appendOutside(nil, outside, []rectangle{inside})
		if len(f.renew(m, common(damage, frame))) > 0 {
			moved = true
		}
		left, changed := f.emptied(m, damage, inside)
		if left {
			p.left, moved = append(p.left[max(0, len(p.left)-maxSpots+1):], r), true
		}
		if changed && plain(m, frame) {
			moved = true // there is no frame that would tell
		}
		damage = without(damage, []rectangle{outside})
	}
	rest := f.renew(m, damage)
	f.changed = append(f.changed, rest...)
	return moved, beyond(rest)
}

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

// beyond reports whether a change is larger than a letter.
func beyond(changed region) bool {
	size := hull(changed).Size()
	return size.X > letter || size.Y > letter
}

// renew is where pixels differ from what they were, and remembers them.
func (f *fields) renew(m mirror, area region) (changed region) {
	changed = differ(nil, area, m, &f.past)
	for _, r := range changed {
		f.past.copy(r, m)
	}
	return changed
}

// spoil drops the parts that wait to be still and have changed: a field may have
// come and gone meanwhile.
func (f *fields) spoil() (rest region) {
	return f.remove(func(p *pending) bool { return p.still && len(common(p.area, f.changed)) > 0 })
}

// freeze lets nothing of a program leave for its time to settle.
func (f *fields) freeze(p *program, now time.Time) (rest region) {
	if p.frozen.IsZero() {
		p.frozen = now
	}
	p.calm, p.active = now.Add(p.manner.settle), now
	return f.drop(p)
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

// cellSide is the side of the cells in which changes are looked for, in pixels.
const cellSide = 64

// differ appends where the mirror differs from a picture inside a region: the
// smallest rectangle for each cell.
func differ(dst, area region, m mirror, p *Picture) region {
	for _, r := range area {
		r = r.Intersect(m.bounds()).Intersect(p.Bounds())
		for y := r.Min.Y; y < r.Max.Y; y = y/cellSide*cellSide + cellSide {
			for x := r.Min.X; x < r.Max.X; x = x/cellSide*cellSide + cellSide {
				cell := image.Rect(x, y, x/cellSide*cellSide+cellSide, y/cellSide*cellSide+cellSide).Intersect(r)
				if box := differing(cell, m, p); !box.Empty() {
					dst = append(dst, box)
				}
			}
		}
	}
	return dst
}

// differing is the smallest rectangle around the pixels in r that differ.
func differing(r rectangle, m mirror, p *Picture) (box rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		a, b := m.pix[y*m.stride+4*r.Min.X:][:4*r.Dx()], p.span(r, y)
		from, to := unlike(a, b)
		if from < to {
			box = box.Union(image.Rect(r.Min.X+from, y, r.Min.X+to, y+1))
		}
	}
	return box
}

// unlike is the first and one past the last pixel in which two rows differ.
func unlike(a, b []byte) (from, to int) {
	to = len(a) / 4
	b = b[:len(a)]
	for keep := colours; from+8 <= to; from += 8 {
		x, y := (*[32]byte)(a[4*from:]), (*[32]byte)(b[4*from:])
		if ((le.Uint64(x[0:])^le.Uint64(y[0:]))|(le.Uint64(x[8:])^le.Uint64(y[8:]))|
			(le.Uint64(x[16:])^le.Uint64(y[16:]))|(le.Uint64(x[24:])^le.Uint64(y[24:])))&keep != 0 {
			break
		}
	}
	for from < to && samePixel(a, b, from) {
		from++
	}
	for to > from && samePixel(a, b, to-1) {
		to--
	}
	return from, to
}

// samePixel reports whether two rows have the same colour at a place.
func samePixel(a, b []byte, at int) bool {
	return (le.Uint32(a[4*at:])^le.Uint32(b[4*at:]))&0xffffff == 0
}

// common is the intersection of two regions.
func common(a, b region) (both region) {
	for _, r := range a {
		for _, s := range b {
			if x := r.Intersect(s); !x.Empty() {
				both = append(both, x)
			}
		}
	}
	return both
}

// without is region a without region b. It may return a itself.
func without(a, b region) region {
	if len(common(a, b)) == 0 {
		return a
	}
	return appendDifference(nil, a, b)
}
