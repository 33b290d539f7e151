package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"telestrator/encode"
	"telestrator/peer"
	"telestrator/protocol"
)

// errRefused says that there was no picture because the user did not want it.
var errRefused = errors.New("probe: the user did not allow it")

// broken is what a device did that SPEC.md does not allow.
type broken struct{ error }

func (b *broken) Unwrap() error { return b.error }

// viewer is the console's side of one session.
type viewer struct {
	name     string
	request  protocol.Scopes
	recorder *protocol.Recorder
	conn     peer.Conn

	state   protocol.State
	device  protocol.Receiver
	decoder *encode.Decoder
	grants  protocol.Grants
	paused  protocol.Paused
	cursor  uint32 // number of the last
	masks   protocol.Masks
	refused bool
	wish    *protocol.Look // that has not been asked for yet
	stats   stats
	script  *script // what the agent does
	hands   hands
	begin   chan struct{} // closed when the script may begin
}

func newViewer(name string, request protocol.Scopes) *viewer {
	return &viewer{name: name, request: request, decoder: encode.NewDecoder(), stats: newStats(),
		script: &script{}, begin: make(chan struct{})}
}

// watch serves the session until it has lasted long enough from the first
// picture on, or has ended.
func (v *viewer) watch(ctx context.Context, conn peer.Conn, wait, length time.Duration) error {
	v.conn = conn
	if err := v.send(peer.Ctl, &protocol.Hello{Version: protocol.Version1, Name: v.name,
		Capabilities: []protocol.Capability{protocol.CapabilityCopy, protocol.CapabilityJPEG, protocol.CapabilityCursor, protocol.CapabilityInk, protocol.CapabilityPrivate, protocol.CapabilityView}}); err != nil {
		return err
	}
	over := time.NewTimer(wait)
	defer over.Stop()
	ping := time.NewTicker(time.Second / protocol.RatePing)
	defer ping.Stop()
	for watching := false; ; {
		select {
		case <-ctx.Done():
			return v.leave(nil)
		case <-over.C:
			if !watching {
				return v.leave(errRefused)
			}
			return v.leave(nil)
		case <-ping.C:
			v.ping()
			v.hold()
		case a, ok := <-v.script.lines:
			if err := v.act(a, ok); err != nil {
				return v.leave(err)
			}
		case m, ok := <-conn.Messages():
			if !ok {
				return conn.Err()
			}
			if err := v.message(m); err != nil {
				return v.leave(err)
			}
		}
		if first := v.stats.frames > 0; first && !watching {
			watching = true
			close(v.begin)
			over.Reset(length)
		}
		if v.refused {
			return v.leave(errRefused)
		}
	}
}

// act does a line of the script; not ok is its end.
func (v *viewer) act(a action, ok bool) error {
	if !ok {
		v.script.lines = nil
		return v.script.err
	}
	list, err := v.hands.messages(a)
	for _, m := range list {
		if err = v.send(channel(m), m); err != nil {
			break
		}
	}
	return err
}

// channel is where a message of the agent's hands goes.
func channel(m protocol.Message) peer.Channel {
	if m.Kind() >= protocol.KindStrokeBegin {
		return peer.Ink
	}
	return peer.Input
}

// hold names the keys that are held, so that they are not released.
func (v *viewer) hold() {
	if m := v.hands.named(); m != nil && v.grants.Scopes&protocol.Keyboard != 0 {
		_ = v.send(peer.Input, m) // the next one will do
	}
}

// leave says bye, with the reason if it is the device's fault.
func (v *viewer) leave(why error) error {
	bye := &protocol.Bye{Code: protocol.Left}
	var fault *protocol.Error
	if errors.As(why, &fault) {
		bye.Code = fault.Code
		why = &broken{why}
	}
	v.stats.end()
	_ = v.send(peer.Ctl, bye) // it may be gone
	return why
}

func (v *viewer) send(on peer.Channel, m protocol.Message) error {
	wire, err := protocol.Append(nil, m)
	if err != nil {
		return err
	}
	v.record(on, protocol.ToDevice, wire)
	return v.conn.Send(on, wire)
}

func (v *viewer) record(on peer.Channel, way protocol.Direction, wire []byte) {
	if v.recorder == nil {
		return
	}
	if v.recorder.Write(protocol.Channel(on), way, wire) != nil {
		v.recorder = nil // the disk is full: the session is worth more
	}
}

// message takes one message of the device.
func (v *viewer) message(raw peer.Message) error {
	v.record(raw.Channel, protocol.ToConsole, raw.Data)
	v.stats.count(raw)
	m, drop, err := v.device.Read(raw.Data, protocol.Channel(raw.Channel), v.state)
	if err != nil || drop || m == nil {
		return err
	}
	return v.take(m)
}

// take lets one message have its effect.
func (v *viewer) take(m protocol.Message) error {
	switch m := m.(type) {
	case *protocol.Welcome:
		v.state = protocol.Waiting
		return errors.Join(v.send(peer.Ctl, &protocol.Ready{}),
			v.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: v.request}))
	case *protocol.Grants:
		v.granted(m)
		return v.look()
	case *protocol.Paused:
		if m.Number > v.paused.Number {
			v.paused = *m
		}
	case *protocol.Refusal:
		v.stats.errors[m.Code.String()]++
	case *protocol.Bye:
		v.state = protocol.Over
		v.stats.errors[m.Code.String()]++
		return fmt.Errorf("probe: the device ended the session: %s (%s)", m.Text, m.Code)
	case *protocol.Ping:
		return v.echo(m)
	case *protocol.Cursor:
		v.cursor = max(v.cursor, m.Number)
	case *protocol.Masks:
		v.masked(m)
	case *protocol.Update:
		return v.update(m)
	}
	return nil
}

func (v *viewer) granted(m *protocol.Grants) {
	if m.Number <= v.grants.Number {
		return
	}
	v.grants = *m
	v.hands.generation = max(v.hands.generation, m.Generation)
	v.refused = m.Answered == 1 && m.Scopes&protocol.View == 0 && v.stats.frames == 0
}

// masked keeps the newest masks and counts them all.
func (v *viewer) masked(m *protocol.Masks) {
	v.stats.masks++
	v.stats.mostMasks = max(v.stats.mostMasks, len(m.Areas)/5)
	if m.Number > v.masks.Number {
		v.masks = *m
	}
}

// update decodes, and acknowledges what is shown.
func (v *viewer) update(m *protocol.Update) error {
	began := time.Now()
	if err := v.decoder.Decode(m); err != nil {
		return &protocol.Error{Code: protocol.BadData, Reason: err.Error()}
	}
	if len(m.Reset) > 0 {
		v.hands.generation = max(v.hands.generation, m.Reset[0])
	}
	if !m.Last {
		return nil
	}
	v.stats.frame()
	return v.send(peer.Screen, &protocol.Ack{Number: m.Number, Decode: uint32(time.Since(began).Microseconds())})
}

// ping asks for an echo, once there is somebody to answer.
func (v *viewer) ping() {
	if v.state >= protocol.Waiting && v.state < protocol.Over {
		_ = v.send(peer.Ping, v.stats.ping()) // the next one will do
	}
}

func (v *viewer) echo(m *protocol.Ping) error {
	if m.Reply {
		v.stats.pong(m)
		return nil
	}
	_ = v.send(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time}) // the next one will do
	return nil
}
