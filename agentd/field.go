package agentd

import (
	"slices"
	"time"

	"telestrator/agentd/line"
	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// Limits of what an agent may type into hidden fields.
const (
	maxFields  = 16               // allowed in a session; the oldest goes
	fieldOffer = 30 * time.Second // after the last try, the user is not offered it any more
)

// fields are the hidden fields of a session that the user may let the agent type
// into. They are guarded by the session's lock.
type fields struct {
	tried   string    // where keys were refused last; empty without
	since   time.Time // the first of these tries
	last    time.Time // the newest
	allowed []string  // oldest first
	control time.Time // the grant of keys that allowed belongs to
}

// noteField notes the hidden field for which a key was refused, so that the user
// can be offered to allow it; an empty name takes the offer back. The lock is
// held.
func (s *Session) noteField(field string) {
	f, now := &s.fields, time.Now()
	fresh := field != f.tried || now.Sub(f.last) >= fieldOffer
	f.last = now
	if fresh {
		f.tried, f.since = field, now
		s.changed()
	}
}

// fieldAllowed says whether the user lets the agent type into a hidden field.
// What was allowed is gone when mouse and keyboard are granted anew. The lock is
// held.
func (s *Session) fieldAllowed(field string) bool {
	return field != "" && s.consent.held&protocol.Keyboard != 0 && s.fields.control.Equal(s.consent.control) &&
		slices.Contains(s.fields.allowed, field)
}

// offered is the field that the user can allow now, as the user reads it. The
// lock is held.
func (s *Session) offered(now time.Time) string {
	if s.consent.held&protocol.Keyboard == 0 || now.Sub(s.fields.last) >= fieldOffer || s.fieldAllowed(s.fields.tried) {
		return ""
	}
	return line.Clean(s.fields.tried, panel.MaxField)
}

// allowField is the user's word on the field that is offered.
func (s *Session) allowField(field string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.fields
	if field == "" || field != s.offered(now) {
		return &panel.Refusal{ID: "not_asked", Message: "Nobody tries to type into that field any more."}
	}
	if now.Sub(f.since) < s.policy.ConsentDelay {
		return &panel.Refusal{ID: "too_early", Message: "Please read first. The button works in a moment."}
	}
	if !f.control.Equal(s.consent.control) {
		f.allowed, f.control = nil, s.consent.control
	}
	if len(f.allowed) >= maxFields {
		f.allowed = f.allowed[1:]
	}
	f.allowed = append(f.allowed, f.tried)
	f.tried = ""
	s.changed()
	return nil
}

// AllowField lets a session type into the hidden field it was refused at, by the
// user's own hand.
func (d *Daemon) AllowField(session, field string) error {
	s, err := d.session(session)
	if err != nil {
		return err
	}
	if err := d.ownHand(); err != nil {
		return err
	}
	return s.allowField(field, time.Now())
}
