package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"telestrator/desk/frame"
)

// Code is a pairing code, to be read out or shown to one agent. It opens one
// connection, within its time, and is a secret until then.
type Code struct {
	Text    string    // XXXX-XXXX
	Expires time.Time // on the monotonic clock
}

// LogValue keeps the code out of logs.
func (Code) LogValue() slog.Value { return slog.StringValue("(secret)") }

// errLinkLost says that the link went before the desk had answered.
var errLinkLost = errors.New("desk: the link to the desk was lost")

// Ring asks the desk for a new code and makes the older one void. It waits for
// a connection to the desk when there is none, until ctx ends.
func (d *Device) Ring(ctx context.Context) (Code, error) {
	if err := d.ask(ctx); err != nil {
		return Code{}, err
	}
	defer d.asked()
	for {
		s, err := d.session(ctx)
		if err != nil {
			return Code{}, fmt.Errorf("desk: ring: %w", err)
		}
		code, err := s.ring(ctx)
		if !errors.Is(err, errLinkLost) {
			return code, err
		}
		<-s.gone // soon: the link has ended
	}
}

// Cancel makes the last code void and returns when the desk has confirmed it.
// Without a link there is nothing to cancel: codes end with the link.
func (d *Device) Cancel(ctx context.Context) error {
	if err := d.ask(ctx); err != nil {
		return err
	}
	defer d.asked()
	d.mu.Lock()
	live := d.live
	d.mu.Unlock()
	if live == nil {
		return nil
	}
	if err := live.cancel(ctx); !errors.Is(err, errLinkLost) {
		return err
	}
	return nil
}

// ask takes the token: the desk is asked one thing at a time.
func (d *Device) ask(ctx context.Context) error {
	select {
	case d.asking <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("desk: ring: %w", context.Cause(ctx))
	}
}

func (d *Device) asked() { <-d.asking }

// ring asks for a code on this link.
func (s *session) ring(ctx context.Context) (Code, error) {
	got, err := s.request(ctx, &frame.Ring{Number: s.nextRing()})
	if err != nil {
		return Code{}, err
	}
	code, ok := got.(*frame.Code)
	if !ok {
		return Code{}, fmt.Errorf("desk: ring: the desk gave no code: %v", got.(*frame.Void).Reason)
	}
	life := time.Duration(code.Seconds) * time.Second
	return Code{Text: frame.FormatCode(code.Code), Expires: time.Now().Add(life)}, nil
}

// cancel makes the last code of this link void.
func (s *session) cancel(ctx context.Context) error {
	s.mu.Lock()
	number := s.rung
	s.mu.Unlock()
	if number == 0 {
		return nil
	}
	_, err := s.request(ctx, &frame.Cancel{Number: number})
	return err
}

// request sends f and waits for the desk's Code or Void for the last ring.
// Only the holder of the token calls it.
func (s *session) request(ctx context.Context, f frame.Frame) (frame.Frame, error) {
	reply := make(chan frame.Frame, 1)
	s.expect(reply)
	defer s.expect(nil)
	if err := s.link.Write(f); err != nil {
		return nil, errLinkLost
	}
	select {
	case got := <-reply:
		return got, nil
	case <-s.link.Done():
		return nil, errLinkLost
	case <-ctx.Done():
		return nil, fmt.Errorf("desk: ring: %w", context.Cause(ctx))
	}
}
