package desk

import (
	"context"
	"errors"

	"telestrator/desk/frame"
)

// connectionKey finds the id of a connection in the context of its Answer.
type connectionKey struct{}

// Connection is the id of the connection that Config.Answer is asked for, as
// Config.Left will name it.
func Connection(ctx context.Context) string {
	id, _ := ctx.Value(connectionKey{}).(string)
	return id
}

// offered lets Config.Answer work on an offer, or refuses it when too many
// are being worked on.
func (s *session) offered(ctx context.Context, offer *frame.Offer) {
	if s.config.Answer == nil {
		s.refuse(offer.ID, frame.ReasonInternal)
		return
	}
	select {
	case s.slots <- struct{}{}:
	default:
		s.refuse(offer.ID, frame.ReasonBusy)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	ctx = context.WithValue(ctx, connectionKey{}, offer.ID)
	if !s.begin(offer.ID, cancel) {
		cancel()
		<-s.slots
		s.link.End(frame.ReasonState) // the desk used an id twice
		return
	}
	s.work.Go(func() {
		defer func() { <-s.slots }()
		s.answer(ctx, offer)
	})
}

// answer has one offer answered and tells the desk. When the answer is good
// but has come too late for the console, Config.Left hears of it.
func (s *session) answer(ctx context.Context, offer *frame.Offer) {
	sdp, err := s.config.Answer(ctx, offer.SDP)
	inTime := s.finish(ctx, offer.ID)
	switch {
	case err != nil:
		s.refuse(offer.ID, reasonOf(err))
	case inTime && s.link.Write(&frame.Answer{ID: offer.ID, SDP: sdp}) == nil:
		return
	default:
		s.refuse(offer.ID, frame.ReasonTimeout)
		s.tellLeft(offer.ID)
	}
}

func (s *session) refuse(id string, why frame.Reason) {
	s.link.Write(&frame.Refuse{ID: id, Reason: why})
}

// reasonOf tells the desk what Config.Answer has said.
func reasonOf(err error) frame.Reason {
	switch {
	case errors.Is(err, ErrBusy):
		return frame.ReasonBusy
	case errors.Is(err, ErrOffer):
		return frame.ReasonOffer
	case errors.Is(err, context.DeadlineExceeded):
		return frame.ReasonTimeout
	}
	return frame.ReasonInternal
}

// begin notes that an offer is being answered, unless it is already.
func (s *session) begin(id string, cancel context.CancelFunc) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answering[id] != nil {
		return false
	}
	s.answering[id] = cancel
	return true
}

// finish takes the note back, and tells whether the console still waits. From
// here on Config.Left hears when it leaves.
func (s *session) finish(ctx context.Context, id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	inTime := ctx.Err() == nil
	s.answering[id]() // frees what the context holds
	delete(s.answering, id)
	return inTime
}

// left stops the answer for a console that has gone, or tells Config.Left.
func (s *session) left(id string) {
	s.mu.Lock()
	cancel := s.answering[id]
	if cancel != nil {
		cancel()
	}
	s.mu.Unlock()
	if cancel == nil {
		s.tellLeft(id)
	}
}

func (s *session) tellLeft(id string) {
	if s.config.Left != nil {
		s.config.Left(id)
	}
}
