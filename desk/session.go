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

	mu        sync.Mutex
	rung      uint32                        // number of the last ring
	holding   bool                          // the last ring has a code, as far as the desk has told
	reply     chan<- frame.Frame            // waits for what the desk says to a ring or cancel
	answering map[string]context.CancelFunc // by connection, at most MaxAnswering
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
	s := &session{config: &d.config, link: link, answering: make(map[string]context.CancelFunc)}
	s.work.Go(func() { s.keep(ctx) })
	err = s.open()
	if err == nil {
		d.welcomed(s)
		err = s.read(ctx)
		d.lost()
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
			s.replied(f, f.Number, true)
		case *frame.Void:
			if !s.replied(f, f.Number, false) {
				s.void(f.Reason)
			}
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

// replied hands a Code or a Void to who waits for it, and tells whether the
// frame is dealt with: so is one for an older ring.
func (s *session) replied(f frame.Frame, number uint32, holding bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number != s.rung {
		return true
	}
	waited := s.reply != nil
	if waited {
		s.reply <- f // has room for one
		s.reply = nil
		s.holding = holding
	}
	return waited
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
