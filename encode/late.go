package encode

import (
	"image"
	"slices"
)

// maxLate is how many JPEGs a decoder keeps packed. Beyond it the oldest one is
// decoded.
const maxLate = 512

// late is a JPEG that is to be painted when somebody wants its pixels.
type late struct {
	area image.Rectangle
	seen []image.Rectangle // what nothing has painted over since
	data []byte
	over bool // the moment it came in has ended
}

// Postpone has the decoder keep JPEGs packed until their pixels are wanted: by
// a copy, by Picture, or because now says so of their place. What they say of
// their size is checked at once; that they can be decoded is not. It is for
// viewers that look at a part of the picture. Set it before the first Decode.
func (d *Decoder) Postpone(now func(image.Rectangle) bool) { d.now = now }

// keep takes a JPEG to be painted later.
func (d *Decoder) keep(area image.Rectangle, data []byte) error {
	d.covered(area)
	d.late = append(d.late, late{area, []image.Rectangle{area}, slices.Clone(data), false})
	if len(d.late) > maxLate {
		return d.paintLate(d.late[0].area)
	}
	return nil
}

// covered notes that area is painted now.
func (d *Decoder) covered(area image.Rectangle) {
	kept := d.late[:0]
	for _, l := range d.late {
		if l.area.Overlaps(area) {
			l.seen = without(l.seen, area)
		}
		if len(l.seen) > 0 {
			kept = append(kept, l)
		}
	}
	clear(d.late[len(kept):])
	d.late = kept
}

// without returns what is left of rects outside area.
func without(rects []image.Rectangle, area image.Rectangle) (left []image.Rectangle) {
	for _, r := range rects {
		in := r.Intersect(area)
		if in.Empty() {
			left = append(left, r)
			continue
		}
		for _, part := range []image.Rectangle{
			image.Rect(r.Min.X, r.Min.Y, r.Max.X, in.Min.Y), image.Rect(r.Min.X, in.Max.Y, r.Max.X, r.Max.Y),
			image.Rect(r.Min.X, in.Min.Y, in.Min.X, in.Max.Y), image.Rect(in.Max.X, in.Min.Y, r.Max.X, in.Max.Y)} {
			if !part.Empty() {
				left = append(left, part)
			}
		}
	}
	return left
}

// paintLate paints what has been kept for area. What one of them covers has
// been taken off the others, so their order is of no matter.
func (d *Decoder) paintLate(area image.Rectangle) error {
	kept := d.late[:0]
	for _, l := range d.late {
		if !slices.ContainsFunc(l.seen, area.Overlaps) {
			kept = append(kept, l)
			continue
		}
		img, err := decodeJPEG(l.data, l.area.Size())
		if err != nil {
			return err
		}
		for _, part := range l.seen {
			d.touch(part)
			d.work.paintImage(part, img, part.Min.Sub(l.area.Min))
			if l.over {
				d.shown.copyFrom(&d.work, part.Min, part)
			}
		}
	}
	clear(d.late[len(kept):])
	d.late = kept
	return nil
}
