package agentd

import (
	"cmp"
	"image"
	"slices"
)

// area is a rectangle of the picture that is hidden, and why.
type area struct {
	image.Rectangle
	why uint8 // of SPEC.md 7.9
}

// plain cuts areas into rectangles as wide as they can be, and as high as they
// stay so wide. The result says where something is hidden and nothing else: it
// is the same however the areas were cut before, and whatever moves inside
// them. Where areas overlap, the higher why counts.
func plain(found []area) []area {
	xs, ys := edges(found)
	row, p := make([]uint8, len(xs)), pile{}
	for i := 1; i < len(ys); i++ {
		spread(row, xs, ys[i-1], found)
		p.next()
		for from := 0; from < len(row); {
			to := from + 1
			for to < len(row) && row[to] == row[from] {
				to++
			}
			if row[from] != 0 {
				p.add(area{image.Rect(xs[from], ys[i-1], xs[to], ys[i]), row[from]})
			}
			from = to
		}
	}
	return p.done
}

// edges is where areas begin or end, ascending.
func edges(found []area) (xs, ys []int) {
	for _, a := range found {
		xs, ys = append(xs, a.Min.X, a.Max.X), append(ys, a.Min.Y, a.Max.Y)
	}
	slices.Sort(xs)
	slices.Sort(ys)
	return slices.Compact(xs), slices.Compact(ys)
}

// spread writes into row why what lies between two neighbours of xs is hidden
// at y; 0 is not at all.
func spread(row []uint8, xs []int, y int, found []area) {
	clear(row)
	for _, a := range found {
		if a.Empty() || y < a.Min.Y || y >= a.Max.Y {
			continue
		}
		from, _ := slices.BinarySearch(xs, a.Min.X)
		for i := from; xs[i] < a.Max.X; i++ {
			row[i] = max(row[i], a.why)
		}
	}
}

// pile puts rows of areas under one another. What is as wide as what is above
// it becomes one with that.
type pile struct {
	done        []area
	above, here []int // of done: in the row before and in this one, by x
}

func (p *pile) next() { p.above, p.here = p.here, p.above[:0] }

func (p *pile) add(a area) {
	i, found := slices.BinarySearchFunc(p.above, a.Min.X, func(j, x int) int { return cmp.Compare(p.done[j].Min.X, x) })
	if found {
		if up := &p.done[p.above[i]]; up.Max.X == a.Max.X && up.why == a.why {
			up.Max.Y = a.Max.Y
			p.here = append(p.here, p.above[i])
			return
		}
	}
	p.here = append(p.here, len(p.done))
	p.done = append(p.done, a)
}

// largest leaves out the smallest areas beyond n, and keeps the order.
func largest(areas []area, n int) []area {
	if len(areas) <= n {
		return areas
	}
	bySize := slices.Clone(areas)
	slices.SortStableFunc(bySize, func(a, b area) int { return cmp.Compare(b.Dx()*b.Dy(), a.Dx()*a.Dy()) })
	kept := bySize[:n]
	slices.SortFunc(kept, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.Min.Y, b.Min.Y), cmp.Compare(a.Min.X, b.Min.X))
	})
	return kept
}
