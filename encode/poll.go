package encode

import "image"

// poll returns the distance that most rows of the strips asked are for, or 0,
// and the rows between which these strips changed.
func (f *scrolls) poll(g grid, before, after raster, n *news) (reach strip, by int) {
	able := 0
	for _, s := range f.strips {
		if s.rows >= leastRows {
			able++
		}
	}
	clear(f.votes)
	for i, seen := 0, 0; i < len(f.strips); i++ {
		s := f.strips[i]
		if s.rows < leastRows {
			continue
		}
		if seen*min(able, asked)/able != (seen+1)*min(able, asked)/able {
			f.ask(g, before, after, n, i)
			reach.add(image.Rect(s.x0, s.y0, s.x1, s.y1), s.rows)
		}
		seen++
	}
	return reach, f.elected(g)
}

// elected returns the distance with the most votes, or 0 if they are too few.
// Of those with as many, which a pattern that repeats has, it is the shortest.
func (f *scrolls) elected(g grid) (by int) {
	most := leastVotes
	for i, votes := range f.votes {
		if d := i - g.size.Y; votes > most || votes == most && (by == 0 || abs(d) < abs(by)) {
			most, by = votes, d
		}
	}
	return by
}

func abs(n int) int { return max(n, -n) }

// ask lets the rows of a strip vote, each for every place where it stood.
func (f *scrolls) ask(g grid, before, after raster, n *news, column int) {
	s := f.strips[column]
	f.rows.clear()
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		h := f.rows.hash(before.span(y, s.x0, s.x1))
		if h != last {
			f.rows.put(h, y)
		}
		last = h
	}
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		if n.rows[y/side*g.columns+column]>>(y%side)&1 == 0 {
			continue
		}
		h := f.rows.hash(after.span(y, s.x0, s.x1))
		for was := f.rows.get(h); was >= 0 && h != last; was = f.rows.next(was) {
			f.votes[y-was+g.size.Y]++
		}
		last = h
	}
}
