package agentd

import (
	"context"
	"strings"
	"time"

	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// What an agent types never goes into a secret field, nor where nobody can say
// what it would go into, unless the user allows it for that field.

const (
	// focusWithin is how long it may take to find out where keys go. Then they
	// go nowhere.
	focusWithin = 100 * time.Millisecond

	// focusEvery is how often that is asked while the agent holds a key: the X
	// server repeats it, wherever the focus has gone.
	focusEvery = 50 * time.Millisecond

	// unknownFor is how long nobody is asked again where keys go, when that could
	// not be found out.
	unknownFor = 200 * time.Millisecond

	// keptEvery is how often a console is told that keys were kept, at most.
	keptEvery = 2 * time.Second

	// afterText is how long after plain text, which seldom moves the focus, the
	// next is waited with near a secret field.
	afterText = 50 * time.Millisecond

	// maxDown is how many keys are remembered as held (L10).
	maxDown = 10
)

// types says whether a message presses keys.
func types(m protocol.Message) bool {
	switch m := m.(type) {
	case *protocol.Key:
		return m.Down
	case *protocol.Text:
		return true
	}
	return false
}

// enter types what the console wants typed, piece by piece: each goes where the
// one before may have moved the focus.
func (r *receiver) enter(m protocol.Message, raw peer.Message) error {
	text, is := m.(*protocol.Text)
	if !is || !strings.ContainsAny(text.Text, "\t\n") {
		return r.press(m, raw)
	}
	for piece := range pieces(text.Text) {
		part := *text
		part.Text = piece
		wire, err := protocol.Append(nil, &part)
		if err != nil {
			return err
		}
		if err := r.press(&part, peer.Message{Channel: raw.Channel, Data: wire}); err != nil {
			return err
		}
	}
	return nil
}

// pieces cuts a text after each character that may move the focus.
func pieces(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			n := strings.IndexAny(text, "\t\n") + 1
			if n == 0 {
				n = len(text)
			}
			if !yield(text[:n]) {
				return
			}
			text = text[n:]
		}
	}
}

// press lets a key or text take effect if it goes nowhere secret.
func (r *receiver) press(m protocol.Message, raw peer.Message) error {
	focus := r.settled()
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	switch {
	case r.state() != protocol.Live: // it was not any more when this was found out
		return nil
	case !r.open(focus):
		r.keep(focus, now)
		return nil
	}
	err := r.work(m, needs(m), raw, now)
	if key, is := m.(*protocol.Key); is && focus.Near && !modifier(key.Code) {
		r.letGo(key.Code) // held, it would repeat into a secret field before anybody knew
	}
	return err
}

// settled is where keys go. After input that may move the focus, or bring up a
// field, it waits until that must have been told.
func (r *receiver) settled() privacy.Focus {
	if time.Now().Before(r.unknown) {
		return privacy.Focus{} // or a program that does not answer would hold up the mouse too
	}
	f := r.found()
	wait := time.Until(r.opened.Add(f.Lag))
	if f.Near {
		wait = max(wait, time.Until(r.moved.Add(min(f.Lag, afterText))))
	}
	if wait <= 0 {
		return f
	}
	select {
	case <-r.ended.Done():
	case <-time.After(wait):
	}
	return r.found()
}

// found is where keys go, and notes when nobody can say.
func (r *receiver) found() privacy.Focus {
	f := r.where()
	if !f.Known {
		r.unknown = time.Now().Add(unknownFor)
	}
	return f
}

// focus asks where keys go now.
func (s *Session) focus() privacy.Focus {
	guard := s.view.screen.guard.Load()
	if guard == nil {
		return privacy.Focus{}
	}
	ctx, stop := context.WithTimeout(s.ended, focusWithin)
	defer stop()
	return guard.Focus(ctx)
}

// open says whether an agent may type there. The lock is held.
func (s *Session) open(f privacy.Focus) bool {
	return f.Known && (!f.Secret || f.Field != "" && s.fieldAllowed(f.Field))
}

// keep counts what was not typed, and tells the console why. The lock is held.
func (r *receiver) keep(f privacy.Focus, now time.Time) {
	r.kept++
	if f.Known { // or the user's offer would go and come
		r.noteField(f.Field)
	}
	if now.Sub(r.withheld) < keptEvery {
		return
	}
	r.withheld = now
	reason := "Keys do not go into a secret field."
	if !f.Known {
		reason = "Keys do not go where nobody can say whether it is a secret field."
	}
	r.Session.refuse(protocol.Refused, reason)
}

// note keeps in mind what input may have moved the focus, and which keys are
// held. The lock is held.
func (r *receiver) note(m protocol.Message, now time.Time) {
	switch m := m.(type) {
	case *protocol.Button:
		r.moved, r.opened = now, now
	case *protocol.Text:
		if strings.ContainsAny(m.Text, "\t\n") {
			r.moved, r.opened = now, now
		}
	case *protocol.Key:
		r.moved = now
		r.opens(m, now)
		r.presses(m.Code, m.Down)
	}
}

// opens notes whether a key may do more than write a character.
func (r *receiver) opens(k *protocol.Key, now time.Time) {
	switch {
	case strings.HasPrefix(k.Code, "Shift"):
	case modifier(k.Code):
		r.chord = k.Down
	case r.chord || !writes(k.Code):
		r.opened = now
	}
}

// writes says whether a key writes a character and does nothing else, in most
// programs.
func writes(code string) bool {
	return strings.HasPrefix(code, "Key") || strings.HasPrefix(code, "Digit")
}
