package encode

// What rows are asked.
const (
	leastRows  = 192 // that changed in a strip that is asked
	leastEqual = 12  // votes for the distance that is tried
	asked      = 5   // strips
)

// rowPoll says how far things moved up or down. It asks a few strips, which are
// columns of cells: each row that stands elsewhere in the picture before votes
// for its distance.
type rowPoll struct {
	table rowTable
	votes []int // for each distance, from -height on
}

func (p *rowPoll) resize(rows int) {
	p.table.resize(rows)
	p.votes = make([]int, 2*rows)
}

// pollRows returns the distance that most rows of the strips asked are for, or 0.
func (f *finder) pollRows() (by int) {
	able := 0
	for _, s := range f.strips {
		if s.rows >= leastRows {
			able++
		}
	}
	clear(f.rows.votes)
	for i, seen := 0, 0; i < len(f.strips); i++ {
		if f.strips[i].rows < leastRows {
			continue
		}
		if seen*min(able, asked)/able != (seen+1)*min(able, asked)/able {
			f.ask(i)
		}
		seen++
	}
	return f.rows.elected()
}

// elected returns the distance with the most votes, or 0 if they are too few.
// Of those with as many, which a pattern that repeats has, it is the shortest.
func (p *rowPoll) elected() (by int) {
	most := leastEqual
	for i, votes := range p.votes {
		if d := i - len(p.votes)/2; votes > most || votes == most && (by == 0 || abs(d) < abs(by)) {
			most, by = votes, d
		}
	}
	return by
}

func abs(n int) int { return max(n, -n) }

// ask lets the rows of a strip vote, each for every place where it stood.
func (f *finder) ask(column int) {
	s, p := f.strips[column], &f.rows
	p.table.clear()
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		h := p.table.hash(f.before.span(y, s.x0, s.x1))
		if h != last {
			p.table.put(h, y)
		}
		last = h
	}
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		if f.news.rows[y/side*f.grid.columns+column]>>(y%side)&1 == 0 {
			continue
		}
		h := p.table.hash(f.after.span(y, s.x0, s.x1))
		for was := p.table.get(h); was >= 0 && h != last; was = p.table.next(was) {
			p.votes[y-was+len(p.votes)/2]++
		}
		last = h
	}
}
