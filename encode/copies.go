package encode

import "telestrator/protocol"

// follows tells whether the stream can use moves.
func (s *Stream) follows() bool { return s.copies && !s.fresh }

// hear takes over what a comparison found: what the viewer can copy from its
// own picture it will copy, the rest becomes outdated. The canvas's lock is
// held, and the canvas still has the picture before.
func (s *Stream) hear(n *news) {
	if s.fresh { // then all is outdated, and cells may be those of another size
		return
	}
	clear(s.missed)
	for first, i := len(s.moves), 0; s.copies && i < len(n.moves); i++ {
		s.follow(n.moves[i], first)
	}
	for _, i := range n.cells {
		part := n.rests[i]
		if !s.copies || s.missed[i] {
			part = n.parts[i]
		}
		s.outdate(i, part)
	}
}

// follow adds m to the moves of the next moment, as far as the viewer will
// have its source; what it misses is noted by cells. Moves from index first on
// are of the same comparison as m.
func (s *Stream) follow(m move, first int) {
	if first == 0 && s.whole() {
		s.add(m, first)
		return
	}
	var run move
	for i, part := range s.canvas.grid.touched(m.to) {
		piece, ok := s.trace(move{part, m.by}, first)
		switch {
		case !ok:
			s.missed[i] = true
		case piece.by == run.by && adjoin(run.to, piece.to):
			run.to = run.to.Union(piece.to)
		default:
			s.add(run, first)
			run = piece
		}
	}
	s.add(run, first)
}

// whole tells whether the viewer lacks nothing.
func (s *Stream) whole() bool { return s.lacking.empty() }

// trace returns from where m comes in the picture that the viewer has now: its
// source may come from elsewhere by a move that has not been sent yet. It
// returns false when the viewer does not have it all, or not in one place.
func (s *Stream) trace(m move, first int) (move, bool) {
	from := m.from()
	for i, part := range s.canvas.grid.touched(from) {
		if p := s.outdated[i]; !p.empty() && p.in(s.canvas.grid.cell(i).Min).Overlaps(part) {
			return m, false
		}
	}
	for i := first - 1; i >= 0; i-- { // the later one paints over the earlier
		if earlier := s.moves[i]; earlier.to.Overlaps(from) {
			return move{m.to, m.by.Add(earlier.by)}, from.In(earlier.to)
		}
	}
	return m, true
}

// add adds m, if it is one, to the moves of the next moment. If they are too
// many, it is missed.
func (s *Stream) add(m move, first int) {
	if m.to.Empty() {
		return
	}
	if moves := join(s.moves, first, m); len(moves) <= protocol.MaxCopies {
		s.moves = moves
		return
	}
	for i := range s.canvas.grid.touched(m.to) {
		s.missed[i] = true
	}
}

// sendMoves makes the moves those of this moment, as on the wire. The picture
// before it is what all of them read. SPEC.md 7.2.
func (s *Stream) sendMoves() {
	s.losses.move(s.canvas.grid, s.moves)
	for _, m := range s.moves {
		from := m.from().Min
		s.sent = append(s.sent, uint32(from.X), uint32(from.Y),
			uint32(m.to.Min.X), uint32(m.to.Min.Y), uint32(m.to.Dx()), uint32(m.to.Dy()))
	}
	s.moves = s.moves[:0]
}
