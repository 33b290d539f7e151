package encode

import (
	"fmt"
	"image"
	"time"

	"telestrator/protocol"
)

// Stream is one viewer of a Canvas: what its viewer does not have yet, and the
// deflate stream to it. It queues no pixels, so a slow viewer costs no more
// than a fast one: what changed meanwhile is read once, at its newest.
// One goroutine uses it; Stale may be read by any.
type Stream struct {
	// Clock returns the time since the session began, for the time of each
	// update. NewStream sets one that begins then; it may be replaced before
	// the first Next.
	Clock func() time.Duration

	canvas *Canvas
	stale  chan struct{}

	// Guarded by canvas.mu, as told there.
	copies   bool    // the viewer understands them
	jpeg     bool    // so JPEGs
	fresh    bool    // the next update carries a reset
	outdated []patch // of each cell, what the viewer lacks
	lacking  cellSet // of cells that may have something in outdated; no other has
	moves    []move  // what the viewer shall copy before it takes anything else
	missed   []bool  // of each cell, whether a move to it was void; of the last comparison

	// Of the goroutine that calls Next.
	number, moment uint32 // of the last update
	turn           int    // cell to begin with, so that no part of the picture starves
	tuning         Tuning
	shrinks        float64     // part of a tile's bytes that deflate leaves, of late
	density        float64     // bytes of a JPEG for each pixel, of late
	near           image.Point // where the viewer looks
	photos         mosaic
	trusted        []time.Duration // of each cell, until when it is taken for a film
	making         jpegJobs
	coarsener      coarsener
	losses         losses
	refinement     refinement
	batch          batch
	px             [side * side]uint32 // of one cell
	deflate        deflater
	time           time.Duration   // of the moment
	reset, sent    []uint32        // reset and copies of the moment, as on the wire
	jpegs          []protocol.JPEG // so JPEGs
}

func newStream(c *Canvas) *Stream {
	began := time.Now()
	return &Stream{
		Clock:  func() time.Duration { return time.Since(began) },
		canvas: c, stale: make(chan struct{}, 1), fresh: true, tuning: Tuning{Quality: quality}, shrinks: 0.5, density: firstDensity,
	}
}

// Use says what the viewer understands besides tiles, before the first Next:
// copies of parts of its picture, and JPEG rectangles. Without it the stream
// sends neither. SPEC.md 5.1.
func (s *Stream) Use(copies, jpeg bool) {
	s.canvas.mu.Lock()
	defer s.canvas.mu.Unlock()
	s.copies, s.jpeg = copies, jpeg
}

// Stale receives when there may be something to send: something changed, or
// what was sent as a JPEG can be sent anew, exactly. Its capacity is one.
func (s *Stream) Stale() <-chan struct{} { return s.stale }

// Reset makes the next update begin anew, with the whole picture.
func (s *Stream) Reset() {
	s.canvas.mu.RLock()
	defer s.canvas.mu.RUnlock()
	s.fresh = true
	s.signal()
}

// Move takes the stream to another canvas, where it begins anew with the whole
// picture of that one. Its numbers go on. It is called as Next is.
func (s *Stream) Move(to *Canvas) {
	s.canvas.drop(s)
	s.rest()
	s.canvas = to
	to.add(s)
}

// Close takes the stream off its canvas. Nothing becomes outdated any more,
// and Next is not called again.
func (s *Stream) Close() {
	s.canvas.drop(s)
	s.rest()
}

// Next appends the updates of one moment to dst: the newest pixels of what the
// viewer lacks, or of as much of it as one moment may carry; then Stale fires
// again for the rest. It appends nothing when the viewer has it all.
//
// The slices in the updates are the stream's and valid until the next call.
// An error is a *protocol.Error, and the stream has ended.
func (s *Stream) Next(dst []protocol.Update) ([]protocol.Update, error) {
	s.read()
	if len(s.batch.cuts) == 0 {
		return dst, nil
	}
	if s.number > protocol.MaxNumber-uint32(len(s.batch.cuts)) {
		return dst, &protocol.Error{Code: protocol.Sequence, Reason: "the session has used up its numbers"}
	}
	updates, err := s.pack(dst)
	if err != nil {
		return dst, &protocol.Error{Code: protocol.Internal, Reason: fmt.Sprintf("deflate: %v", err)}
	}
	s.weigh(updates[len(dst):])
	return updates, nil
}

// read fills the batch, all from one moment of the canvas.
func (s *Stream) read() {
	c := s.canvas
	c.mu.RLock()
	defer c.mu.RUnlock()
	s.time = s.Clock()
	s.batch.clear()
	s.reset, s.sent = s.reset[:0], s.sent[:0]
	if c.grid.len() == 0 {
		return // no picture yet
	}
	if s.fresh {
		s.begin()
	}
	s.sendMoves()
	now := c.clock()
	if s.fill(now) {
		s.refine(now)
		s.wake(now)
	} else {
		s.signal()
	}
	s.batch.finish(len(s.sent) > 0)
}

// begin describes the picture for a reset and makes all of it outdated.
func (s *Stream) begin() {
	c := s.canvas
	s.fresh, s.turn = false, 0
	s.reset = append(s.reset, c.geometry.Generation, uint32(c.grid.size.X), uint32(c.grid.size.Y))
	s.reset = appendRectangle(s.reset, c.geometry.Part)
	for _, m := range c.geometry.Monitors {
		s.reset = appendRectangle(s.reset, m)
	}
	s.outdated, s.moves = s.outdated[:0], s.moves[:0]
	for i := range c.grid.len() {
		s.outdated = append(s.outdated, newPatch(c.grid.cell(i)))
	}
	s.lacking = newCellSet(c.grid.len())
	s.missed = make([]bool, c.grid.len())
	s.photos.resize(c.grid)
	s.trusted = make([]time.Duration, c.grid.len())
	s.losses.resize(c.grid.len())
}

// outdate notes that the viewer lacks a part of cell i.
func (s *Stream) outdate(i int, part patch) {
	if !part.empty() {
		s.outdated[i] = s.outdated[i].join(part)
		s.lacking.add(i)
	}
}

// appendRectangle adds x, y, width, height.
func appendRectangle(list []uint32, r image.Rectangle) []uint32 {
	return append(list, uint32(r.Min.X), uint32(r.Min.Y), uint32(r.Dx()), uint32(r.Dy()))
}

// signal wakes the owner.
func (s *Stream) signal() {
	select {
	case s.stale <- struct{}{}:
	default:
	}
}
