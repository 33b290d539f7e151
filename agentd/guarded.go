package agentd

import (
	"telestrator/agentd/guardian"
	"telestrator/protocol"
)

// What the daemon hears from its guardian, and what it tells it about all
// sessions together.

// guarded hears what happens on the screen.
func (d *Daemon) guarded(e guardian.Event) {
	switch {
	case e.Stop:
		_ = d.Stop() // an alarm that finds nobody is no error
		d.obeyed()
	case e.Pause:
		_ = d.hold(!d.isPaused())
		d.obeyed()
	case e.Hand != nil:
		d.hand.Store(*e.Hand)
		d.changed()
		d.wakeSessions()
	default:
		d.count(e.Session, e.Counts)
	}
}

func (d *Daemon) obeyed() {
	if g := d.screen.keeper.Load(); g != nil {
		g.Obeyed()
	}
}

func (d *Daemon) isPaused() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.paused
}

// count notes what became of a session's input.
func (d *Daemon) count(session string, c guardian.Counts) {
	for _, s := range d.present() {
		if s.id == session {
			s.mu.Lock()
			s.counts = c // no news for the panel, which asks for counts by itself
			s.mu.Unlock()
		}
	}
}

// asks keeps count of the sessions about which the user is being asked. While
// there are any, nothing is injected.
func (d *Daemon) asks(asking bool) {
	if asking {
		d.asking.Add(1)
	} else {
		d.asking.Add(-1)
	}
	d.tellAsking()
	d.wakeSessions()
}

// tellAsking tells the guardian whether the user is being asked. Of two at
// once, the later tells the newer.
func (d *Daemon) tellAsking() {
	d.telling.Lock()
	defer d.telling.Unlock()
	if g := d.screen.keeper.Load(); g != nil {
		g.Ask(d.asking.Load() > 0)
	}
}

// screenChanged hears that the screen went or came. A new guardian knows
// nothing of the user's hand yet, nor that the user is being asked.
func (d *Daemon) screenChanged() {
	d.hand.Store(false)
	d.tellAsking()
	d.changed()
}

// rest is why no input has an effect now. SPEC.md 6.4.
func (d *Daemon) rest() uint8 {
	switch {
	case d.asking.Load() > 0:
		return protocol.UserAsked
	case d.hand.Load():
		return protocol.LocalHand
	}
	return protocol.HandRests
}

// wakeSessions has every session look at rest.
func (d *Daemon) wakeSessions() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		wake(s.awake)
	}
}
