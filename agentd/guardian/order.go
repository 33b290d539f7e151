package guardian

import (
	"errors"
	"time"

	"telestrator/ink"
	"telestrator/input"
	"telestrator/protocol"
)

// Pending is an order that is being obeyed.
type Pending struct {
	g    *Guardian
	done <-chan error
}

// Wait returns when the order has been obeyed, and ends a guardian that does
// not obey.
func (p Pending) Wait() error {
	if p.done == nil {
		return nil
	}
	late := time.NewTimer(answerIn)
	defer late.Stop()
	select {
	case err := <-p.done:
		return err
	case <-p.g.ended:
		return ErrGone
	case <-late.C:
		p.g.fail(errors.New("guardian: an order was not obeyed in time"))
		return ErrGone
	}
}

// Sign shows who sees the screen, or takes everything off it.
func (g *Guardian) Sign(s *ink.Sign) Pending {
	g.mu.Lock()
	if s != nil && !g.onDuty {
		g.heard = time.Now()
	}
	g.onDuty = s != nil
	g.mu.Unlock()
	return g.ask(order{Kind: orderSign, Sign: s})
}

// Permit changes what a session may do; nothing ends it for the guardian. When
// it has been obeyed, nothing that is not permitted happens any more, and what
// was pressed has been released.
func (g *Guardian) Permit(session string, p input.Permit) Pending {
	return g.ask(order{Kind: orderPermit, Session: session, Scopes: p.Scopes, Generation: p.Generation})
}

// Ask says whether the user is being asked: nothing is injected meanwhile.
func (g *Guardian) Ask(asking bool) Pending { return g.ask(order{Kind: orderAsk, On: asking}) }

// Wire hands over a message of a console as it came. It is not kept.
func (g *Guardian) Wire(session string, on protocol.Channel, wire []byte) {
	g.send(order{Kind: orderWire, Session: session, Channel: uint8(on), Wire: wire})
}

// Obeyed says that what the user did on the device's screen has been done.
func (g *Guardian) Obeyed() { g.send(order{Kind: orderObeyed}) }

// ask sends an order that is answered.
func (g *Guardian) ask(o order) Pending {
	done := make(chan error, 1)
	g.mu.Lock()
	g.number++
	o.Number = g.number
	g.pending[o.Number] = done
	g.mu.Unlock()
	g.send(o)
	return Pending{g, done}
}

// send queues an order. A guardian that leaves so many behind is given up.
func (g *Guardian) send(o order) {
	select {
	case g.out <- o:
	default:
		g.fail(errors.New("guardian: it does not keep up"))
	}
}

// fail ends it; the first reason counts.
func (g *Guardian) fail(why error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.gone == nil {
		g.gone = why
		close(g.ended)
		_ = g.conn.Close()
	}
}
