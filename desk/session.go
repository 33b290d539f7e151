package desk

import (
	"context"
	"net/http"
	"sync"
	"time"

	"telestrator/desk/frame"
)

// session is one link's life on the device's side, from hello to bye.
type session struct {
	config *Config
	link   *frame.Link
	work   sync.WaitGroup // the answers being made, and keep
	gone   chan struct{}  // closed when the device has let go of the session
	slots  chan struct{}  // one token for each answer being made, at most MaxAnswering

	mu        sync.Mutex
	rung      uint32                        // number of the last ring
	holding   bool                          // the last ring has a code, as far as the desk has told
	reply     chan<- frame.Frame            // waits for what the desk says to a ring or cancel
	answering map[string]context.CancelFunc // by connection
}

// serve connects once and returns why the link has ended, after everything it
// started has.
func (d *Device) serve(ctx context.Context, client *http.Client, url string) error {
	dialing, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	link, err := frame.Dial(dialing, client, url)
	if err != nil {
		return err
	}
	s := &session{
		config: &d.config, link: link,
		gone:      make(chan struct{}),
		slots:     make(chan struct{}, MaxAnswering),
		answering: make(map[string]context.CancelFunc),
	}
	s.work.Go(func() { s.keep(ctx) })
	err = s.open()
	if err == nil {
		d.welcomed(s)
		err = s.read(ctx)
		d.lost(s)
	}
	link.Close()
	s.teardown()
	return err
}

// keep ends the link with ctx, and pings so that a dead one is noticed.
func (s *session) keep(ctx context.Context) {
	ping := time.NewTimer(jitter(frame.PingEvery))
	defer ping.Stop()
	for {
		select {
		case <-ping.C:
			s.link.Ping(ctx)
			ping.Reset(jitter(frame.PingEvery))
		case <-ctx.Done():
			s.link.End(frame.ReasonShutdown)
			return
		case <-s.link.Done():
			return
		}
	}
}

// open says hello and waits for the welcome.
func (s *session) open() error {
	late := time.AfterFunc(dialWithin, func() { s.link.End(frame.ReasonTimeout) })
	defer late.Stop()
	hello := &frame.Hello{Version: frame.Version, Name: frame.CleanName(s.config.Name)}
	if err := s.link.Write(hello); err != nil {
		return err
	}
	f, err := s.link.Read()
	if err != nil {
		return err
	}
	welcome, ok := f.(*frame.Welcome)
	switch {
	case !ok:
		s.link.End(frame.ReasonState)
	case welcome.Version != frame.Version:
		s.link.End(frame.ReasonVersion)
	}
	return s.link.Err()
}

// read obeys the desk until the link has ended.
func (s *session) read(ctx context.Context) error {
	for {
		f, err := s.link.Read()
		if err != nil {
			return err
		}
		switch f := f.(type) {
		case *frame.Code:
			s.replied(f, f.Number)
		case *frame.Void:
			s.replied(f, f.Number)
		case *frame.Offer:
			s.offered(ctx, f)
		case *frame.Leave:
			s.left(f.ID)
		default: // a second welcome
			s.link.End(frame.ReasonState)
		}
	}
}

// expect hands the next reply to ch; with nil nobody waits.
func (s *session) expect(ch chan<- frame.Frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reply = ch
}

// nextRing numbers a new ring.
func (s *session) nextRing() uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rung++
	s.holding = false
	return s.rung
}

// replied deals with what the desk says about a ring: it goes to who waits
// for it, else a code has come to its end. Older rings are history.
func (s *session) replied(f frame.Frame, number uint32) {
	s.mu.Lock()
	last, reply := s.rung, s.reply
	if number == last && reply != nil {
		_, s.holding = f.(*frame.Code)
		s.reply = nil
		reply <- f // has room for one
	}
	s.mu.Unlock()
	void, isVoid := f.(*frame.Void)
	switch {
	case number > last:
		s.link.End(frame.ReasonState) // nobody has rung so often
	case number == last && reply == nil && isVoid:
		s.void(void.Reason)
	}
}

// void tells, once, that the code is gone.
func (s *session) void(why frame.Reason) {
	s.mu.Lock()
	held := s.holding
	s.holding = false
	s.mu.Unlock()
	if held && s.config.Void != nil {
		s.config.Void(why)
	}
}

// teardown comes after the link's end: no code is left, and no answer.
func (s *session) teardown() {
	s.void(frame.ReasonLost)
	s.mu.Lock()
	for _, cancel := range s.answering {
		cancel()
	}
	s.mu.Unlock()
	s.work.Wait()
}
