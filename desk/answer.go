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
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	ctx = context.WithValue(ctx, connectionKey{}, offer.ID)
	if s.config.Answer == nil {
		cancel()
		s.link.Write(&frame.Refuse{ID: offer.ID, Reason: frame.ReasonInternal})
		return
	}
	switch s.begin(offer.ID, cancel) {
	case beginTwice:
		cancel()
		s.link.End(frame.ReasonState)
	case beginFull:
		cancel()
		s.link.Write(&frame.Refuse{ID: offer.ID, Reason: frame.ReasonBusy})
	case beginNow:
		s.work.Go(func() { s.answer(ctx, offer) })
	}
}

// answer has one offer answered and tells the desk.
func (s *session) answer(ctx context.Context, offer *frame.Offer) {
	defer s.finish(offer.ID)
	sdp, err := s.config.Answer(ctx, offer.SDP)
	if err != nil || ctx.Err() != nil {
		s.link.Write(&frame.Refuse{ID: offer.ID, Reason: reasonOf(err)})
		return
	}
	if s.link.Write(&frame.Answer{ID: offer.ID, SDP: sdp}) != nil {
		s.link.Write(&frame.Refuse{ID: offer.ID, Reason: frame.ReasonInternal})
	}
}

func reasonOf(err error) frame.Reason {
	switch {
	case errors.Is(err, ErrBusy):
		return frame.ReasonBusy
	case errors.Is(err, ErrOffer):
		return frame.ReasonOffer
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return frame.ReasonTimeout
	}
	return frame.ReasonInternal
}

// beginning is what became of the wish to answer an offer.
type beginning int

const (
	beginNow beginning = iota
	beginFull
	beginTwice // the id is being answered already
)

func (s *session) begin(id string, cancel context.CancelFunc) beginning {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answering[id] != nil {
		return beginTwice
	}
	if len(s.answering) >= MaxAnswering {
		return beginFull
	}
	s.answering[id] = cancel
	return beginNow
}

func (s *session) finish(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answering[id]() // frees the context
	delete(s.answering, id)
}

// left stops the answer for a console that has gone, or tells Config.Left.
func (s *session) left(id string) {
	s.mu.Lock()
	cancel := s.answering[id]
	s.mu.Unlock()
	switch {
	case cancel != nil:
		cancel()
	case s.config.Left != nil:
		s.config.Left(id)
	}
}
