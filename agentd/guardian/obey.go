package guardian

import (
	"context"
	"errors"
	"fmt"

	"telestrator/ink"
	"telestrator/input"
	"telestrator/protocol"
)

// obey takes orders one after another.
func (k *keeper) obey(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case o := <-k.orders:
			if err := k.take(o); err != nil {
				return err
			}
		}
	}
}

// take obeys one order, and answers it if an answer is wanted. An error ends
// the guardian.
func (k *keeper) take(o order) error {
	err := k.do(o)
	if o.Number == 0 {
		return err
	}
	done := report{Kind: reportDone, Number: o.Number}
	if err != nil {
		done.Error = err.Error()
	}
	k.tell(done)
	return nil
}

func (k *keeper) do(o order) error {
	switch o.Kind {
	case orderPermit:
		return k.permit(o)
	case orderAsk:
		return k.Gate.Ask(o.On)
	case orderSign:
		return k.sign(o.Sign)
	case orderHidden:
		return k.hide(o.Areas)
	case orderWire:
		return k.wire(o)
	case orderObeyed:
		k.obeyed()
		return nil
	}
	return fmt.Errorf("guardian: no such order: %q", o.Kind)
}

var errStopped = errors.New("guardian: the user has ended everything")

// permit changes what a session may do. None ends it here.
func (k *keeper) permit(o order) error {
	p := input.Permit{Scopes: o.Scopes, Generation: o.Generation}
	if err := k.keep(o.Session, p); err != nil {
		return err
	}
	if p.Scopes&protocol.Ink == 0 {
		return k.sheet.give(inked{owner: o.Session})
	}
	return nil
}

// keep notes a permit and gives it to the gate. The lock is held for both, so
// that no permit passes the user's stop.
func (k *keeper) keep(name string, p input.Permit) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	known := k.sessions[name]
	switch {
	case p.Scopes == 0:
		delete(k.sessions, name)
	case k.stopped:
		return errStopped
	case known != nil:
		known.permit = p
	case len(k.sessions) >= maxSessions:
		return errors.New("guardian: more sessions than there may be")
	default:
		k.sessions[name] = &session{permit: p}
	}
	k.busy.Store(len(k.sessions) > 0)
	return k.Gate.Permit(name, p)
}

// sign shows who sees the screen, or takes everything off it.
func (k *keeper) sign(s *ink.Sign) error {
	if s == nil {
		k.onDuty.Store(false)
		if err := k.sheet.give(inked{}); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped && s != nil {
		return errStopped
	}
	if s == nil && k.resting {
		k.resting = false
		k.tell(report{Kind: reportHand})
	}
	err := k.Overlay.Sign(s)
	k.onDuty.Store(err == nil && s != nil)
	k.vigil.keep(k.onDuty.Load())
	return err
}

// wire lets a message of a console take effect, if it may.
func (k *keeper) wire(o order) error {
	m, _, err := protocol.Decode(o.Wire, protocol.ToDevice, protocol.Channel(o.Channel), protocol.Live)
	if err != nil {
		return fmt.Errorf("guardian: %w", err)
	}
	if input.Needs(m) != 0 {
		verdict := k.Gate.Inject(o.Session, m)
		k.count(o.Session, m, verdict == input.Injected || verdict == input.Waiting)
		return nil
	}
	if !k.mayDraw(o.Session) {
		return nil
	}
	k.count(o.Session, m, true)
	return k.sheet.give(inked{o.Session, m})
}

func (k *keeper) count(name string, m protocol.Message, effect bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s := k.sessions[name]; s != nil {
		s.counts.note(m, effect)
	}
}

func (k *keeper) mayDraw(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sessions[name]
	return s != nil && s.permit.Scopes&protocol.Ink != 0 && !k.stopped
}

// obeyed notes that the daemon has done what the user wants.
func (k *keeper) obeyed() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kill != nil {
		k.kill.Stop()
		k.kill = nil
	}
	k.stopped = false
}
