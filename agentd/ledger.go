package agentd

import (
	"fmt"
	"slices"
	"time"

	"telestrator/agentd/journal"
	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// maxSpans is how many times the user may grant and take back within one
// session until the journal joins them.
const maxSpans = 64

// ledger is what goes into the journal of a session: which scope was held, and
// when. It is guarded by its session's lock.
type ledger struct {
	began time.Time // when the journal was told; zero before
	held  protocol.Scopes
	spans []journal.Span // of what is held now, To is zero
}

// note keeps when scopes come and go.
func (l *ledger) note(held protocol.Scopes, now time.Time) {
	for _, name := range (l.held &^ held).Names() {
		l.last(name).To = now
	}
	for _, name := range (held &^ l.held).Names() {
		if s := l.last(name); s != nil && len(l.spans) >= maxSpans {
			s.To = time.Time{}
			continue
		}
		l.spans = append(l.spans, journal.Span{Scope: name, From: now})
	}
	l.held = held
}

// last is the newest span of a scope, or nil.
func (l *ledger) last(name string) *journal.Span {
	for i := range slices.Backward(l.spans) {
		if l.spans[i].Scope == name {
			return &l.spans[i]
		}
	}
	return nil
}

// openJournal opens the file of sessions of this instance.
func openJournal(name string) (*journal.Journal, error) {
	path, err := journal.Path(name)
	if err != nil {
		return nil, fmt.Errorf("agentd: %w", err)
	}
	j, err := journal.Open(path)
	if err != nil {
		return nil, fmt.Errorf("agentd: %w; without the list of sessions nothing is shared: set XDG_STATE_HOME to a folder of yours", err)
	}
	return j, nil
}

// record writes the beginning of a session into the journal, once, before
// anything is granted. A disk that hangs holds up no stop: the session's lock is
// not held meanwhile.
func (d *Daemon) record(s *Session) error {
	d.recording.Lock()
	defer d.recording.Unlock()
	s.mu.Lock()
	begun, entry := !s.ledger.began.IsZero(), journal.Entry{Session: s.id, Agent: s.name, Began: time.Now()}
	s.mu.Unlock()
	if begun {
		return nil
	}
	if err := d.journal.Begin(entry); err != nil {
		d.log.Error("the journal cannot be written, so nothing is shared", "why", err)
		return &panel.Refusal{Status: 503, ID: "no_journal",
			Message: "The list of sessions cannot be written, so nothing is shared. Is the disk full?"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger.began = entry.Began
	return nil
}

// recordEnd writes how a session was and why it ended.
func (d *Daemon) recordEnd(s *Session, why *protocol.Error) {
	s.mu.Lock()
	c, l := s.counts, s.ledger
	entry := journal.Entry{Session: s.id, Agent: s.name, Began: l.began, Ended: time.Now(), Code: int(why.Code),
		Reason: why.Reason, Scopes: l.spans, Refused: c.Refused, Strokes: c.Strokes,
		Injected: journal.Injected{Pointer: c.Pointer, Button: c.Button, Wheel: c.Wheel, Key: c.Key, Text: c.Text}}
	s.mu.Unlock()
	if l.began.IsZero() {
		return // nothing was ever granted
	}
	if err := d.journal.End(entry); err != nil {
		d.log.Error("the end of a session could not be written into the journal", "why", err)
	}
}
