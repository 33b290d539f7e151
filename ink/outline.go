package ink

import (
	"cmp"
	"image"
	"slices"
)

// MaxHidden is how many hidden areas get an outline. Of more, the smallest get
// none: around several together it would claim what lies between them.
const MaxHidden = 64

// Outlined are those of areas that get an outline. It may be areas itself.
func Outlined(areas []image.Rectangle) []image.Rectangle {
	if len(areas) <= MaxHidden {
		return areas
	}
	largest := slices.Clone(areas)
	slices.SortStableFunc(largest, func(a, b image.Rectangle) int { return cmp.Compare(pixelsOf(b), pixelsOf(a)) })
	return largest[:MaxHidden]
}

func pixelsOf(r image.Rectangle) int { return r.Dx() * r.Dy() }

// Colours of outline and lock: one is seen on whatever the other is not.
const (
	darkLine  = 0x6a35b8
	lightLine = 0xffffff
)

// outlines are the marks around areas, inside of them: a dark line of this
// width along what is not hidden, a light one beside it, and a lock where there
// is room. Areas that touch have an outline together.
func outlines(areas []image.Rectangle, width int) (all []Mark) {
	all = along(all, areas, 2*width, lightLine)
	all = along(all, areas, width, darkLine)
	for rest := areas; len(rest) > 0; {
		var group []image.Rectangle
		group, rest = touching(rest)
		if corner, room := lockCorner(group, width); room {
			all = lock(all, corner, width)
		}
	}
	return all
}

// along appends what of areas is no farther than width from what is none.
func along(all []Mark, areas []image.Rectangle, width int, colour uint32) []Mark {
	var beside []image.Rectangle
	for _, r := range areas {
		beside = without(beside[:0], r.Inset(-width), areas)
		for _, b := range beside {
			all = append(all, Mark{b.Inset(-width).Intersect(r), colour})
		}
	}
	return all
}

// without appends the parts of r that lie in none of the areas.
func without(dst []image.Rectangle, r image.Rectangle, areas []image.Rectangle) []image.Rectangle {
	if r.Empty() {
		return dst
	}
	for i, a := range areas {
		if a = a.Intersect(r); a.Empty() {
			continue
		}
		for _, part := range []image.Rectangle{
			image.Rect(r.Min.X, r.Min.Y, r.Max.X, a.Min.Y), image.Rect(r.Min.X, a.Max.Y, r.Max.X, r.Max.Y),
			image.Rect(r.Min.X, a.Min.Y, a.Min.X, a.Max.Y), image.Rect(a.Max.X, a.Min.Y, r.Max.X, a.Max.Y),
		} {
			dst = without(dst, part, areas[i+1:])
		}
		return dst
	}
	return append(dst, r)
}

// touching are the first of areas and all that it touches, also through others.
func touching(areas []image.Rectangle) (group, rest []image.Rectangle) {
	group, rest = append(group, areas[0]), areas[1:]
	for i := 0; i < len(group); i++ {
		near := group[i].Inset(-1)
		var apart []image.Rectangle
		for _, r := range rest {
			if r.Overlaps(near) {
				group = append(group, r)
			} else {
				apart = append(apart, r)
			}
		}
		rest = apart
	}
	return group, rest
}
