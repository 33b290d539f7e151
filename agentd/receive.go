package agentd

import (
	"fmt"
	"slices"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// receive reads what the console says until the connection ends or something
// in it ends the session.
func (s *Session) receive() error {
	r := receiver{Session: s, meter: newMeter(time.Now()), pace: newPace(time.Now())}
	for m := range s.conn.Messages() {
		if err := r.message(m); err != nil {
			return err
		}
	}
	return s.conn.Err()
}

// receiver is what the receive loop alone knows.
type receiver struct {
	*Session
	meter     meter
	pings     rate
	pace      pace
	forbidden int       // input and ink without permission
	moved     time.Time // when input last went out that may move the focus
	opened    time.Time // so that may bring up a field
	chord     bool      // a modifier other than Shift is held
	unknown   time.Time // until then nobody is asked where keys go
	withheld  time.Time // when the console was last told that a key was
}

// message judges one message and lets it take effect. SPEC.md 3.1.
func (r *receiver) message(raw peer.Message) error {
	now := time.Now()
	r.tape.note(protocol.Channel(raw.Channel), protocol.ToDevice, raw.Data)
	pass, err := r.meter.pass(len(raw.Data), now)
	if err != nil || !pass {
		return err
	}
	typed, err := r.judge(raw, now)
	if err != nil || typed == nil {
		return err
	}
	return r.enter(typed, raw)
}

// judge lets a message take effect unless it is one that types: where that would
// go has to be asked first, without the lock, so it is returned.
func (r *receiver) judge(raw peer.Message, now time.Time) (typed protocol.Message, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = now
	if r.base == protocol.Over {
		return nil, nil
	}
	m, drop, err := protocol.Decode(raw.Data, protocol.ToDevice, protocol.Channel(raw.Channel), r.state())
	if err != nil {
		return nil, err
	}
	if drop {
		return nil, r.forbid(m)
	}
	scope := needs(m)
	switch {
	case scope == 0:
		return nil, r.dispatch(m, now)
	case types(m) && r.consent.held&scope != 0:
		return m, nil
	}
	return nil, r.work(m, scope, raw, now)
}

// dispatch is the one place where a message of a console has an effect. The
// lock is held.
func (r *receiver) dispatch(m protocol.Message, now time.Time) error {
	switch m := m.(type) {
	case *protocol.Hello:
		return r.hello(m)
	case *protocol.Ready:
		r.ready(now)
	case *protocol.Request:
		return r.request(m, now)
	case *protocol.Refresh:
		r.renew = true // the stream loop merges them
		wake(r.awake)
	case *protocol.Look:
		r.look(m)
	case *protocol.Ack:
		return r.ack(m)
	case *protocol.Rate:
		r.slow(m)
	case *protocol.Ping:
		r.ping(m, now)
	case *protocol.Bye:
		return &protocol.Error{Code: protocol.Left, Reason: "The agent has left."}
	}
	return nil
}

// capabilities are what this device can make use of. SPEC.md 5.1.
var capabilities = []protocol.Capability{protocol.CapabilityCopy, protocol.CapabilityJPEG, protocol.CapabilityCursor,
	protocol.CapabilityInk, protocol.CapabilityPrivate, protocol.CapabilityView, protocol.CapabilityRate}

// hello greets the console. SPEC.md 5.1.
func (r *receiver) hello(m *protocol.Hello) error {
	if m.Version != protocol.Version1 {
		return &protocol.Error{Code: protocol.Version, Reason: fmt.Sprintf("This device speaks version %d.", protocol.Version1)}
	}
	r.name, r.base = m.Name, protocol.Greeted
	for _, c := range m.Capabilities {
		if slices.Contains(capabilities, c) {
			r.caps = append(r.caps, c)
		}
	}
	r.view.stream.Use(slices.Contains(r.caps, protocol.CapabilityCopy), slices.Contains(r.caps, protocol.CapabilityJPEG))
	return r.tell(peer.Evt, &protocol.Welcome{Version: protocol.Version1, Capabilities: r.caps,
		Session: r.id, Device: r.device, Limits: protocol.WelcomeLimits()})
}

// ready answers with the first snapshots, and asks how far the console is, so
// that this is known before the first picture. SPEC.md 5.3.
func (r *receiver) ready(now time.Time) {
	r.base = protocol.Waiting
	r.sendGrants()
	r.sendPaused(protocol.Runs)
	r.probe(now)
}

// request puts a request before the user. SPEC.md 6.1.
func (r *receiver) request(m *protocol.Request, now time.Time) error {
	refusal, err := r.consent.ask(m, now, r.policy)
	if err != nil {
		return err
	}
	if refusal != "" {
		r.Session.refuse(protocol.Refused, refusal)
	}
	r.sendGrants()
	r.settle() // nothing is injected while the user is asked
	r.changed()
	return nil
}

// ack notes what the console shows. SPEC.md 7.6.
func (r *receiver) ack(m *protocol.Ack) error {
	if m.Number > r.sent {
		return &protocol.Error{Code: protocol.Sequence, Reason: "an update was acknowledged that was never sent"}
	}
	r.acked = max(r.acked, m.Number)
	r.link.shown(time.Duration(m.Decode) * time.Microsecond)
	r.stir()
	wake(r.awake)
	return nil
}

// ping echoes, or notes an echo. SPEC.md 9.1.
func (r *receiver) ping(m *protocol.Ping, now time.Time) {
	if m.Reply {
		r.echo(m, now)
		return
	}
	if r.pings.pass(2*protocol.RatePing, now) {
		_ = r.tell(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time}) // the next one will do
	}
}
