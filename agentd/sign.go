package agentd

import (
	"context"
	"fmt"
	"slices"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture"
	"telestrator/ink"
	"telestrator/protocol"
)

// signEvery is how soon a sign that could not be shown is tried again.
const signEvery = 100 * time.Millisecond

// signed is what the guardian and the source were told last.
type signed struct {
	sign    *ink.Sign // nil before the first and after the last session
	beneath bool      // pictures are of what lies beneath the overlay
}

// showSign brings the sign in line with who sees the screen. It is called
// before every picture, so that none leaves without the sign. While it is shown,
// pictures are of what lies beneath it.
func (s *Screen) showSign() error {
	sign := s.sign()
	if sameSign(s.signed.sign, sign) {
		return nil
	}
	if !s.signed.beneath {
		if err := s.beneath(s.Guardian.Windows()); err != nil {
			return err
		}
		s.Guard.Ignore(s.Guardian.Windows()) // again: now all windows have pixels of their own
		s.signed.beneath = true
	}
	if err := s.Guardian.Sign(sign).Wait(); err != nil {
		return err
	}
	s.signed.sign = sign
	if sign == nil {
		s.signed.beneath = false
		return s.beneath(nil)
	}
	return nil
}

// sleep waits, at most until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// beneath has pictures look beneath the overlay's windows.
func (s *Screen) beneath(windows []uint32) error {
	source, can := s.Source.(capture.Beneath)
	if !can {
		return fmt.Errorf("agentd: this screen cannot be captured without what is drawn on it: %w", capture.ErrUnsupported)
	}
	return source.Beneath(windows)
}

// listen hears the guardian.
func (s *Screen) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-s.Guardian.Events():
			s.told(e)
		}
	}
}

func sameSign(a, b *ink.Sign) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.Equal(a.Agents, b.Agents) && a.Scopes == b.Scopes && a.Since.Equal(b.Since) &&
		a.Paused == b.Paused && a.LocalHand == b.LocalHand && a.Recorded == b.Recorded
}

// sign is what the user is shown of sessions that see the screen; nil without any.
func sign(sessions []*Session, hand bool) *ink.Sign {
	var shown *ink.Sign
	for _, s := range sessions {
		if name, held, since, paused := s.seen(); held&protocol.View != 0 {
			if shown == nil {
				shown = &ink.Sign{Since: since, LocalHand: hand}
			}
			shown.Agents = append(shown.Agents, name)
			shown.Scopes |= held
			shown.Paused = shown.Paused || paused
			shown.Recorded = shown.Recorded || s.tape.told() == panel.RecordingOn
			if since.Before(shown.Since) {
				shown.Since = since
			}
		}
	}
	return shown
}

// seen is the session as the sign shows it.
func (s *Session) seen() (name string, held protocol.Scopes, since time.Time, paused bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name, s.consent.held, s.consent.since, s.paused
}

// sign is what the user is shown of all sessions.
func (d *Daemon) sign() *ink.Sign { return sign(d.present(), d.hand.Load()) }
