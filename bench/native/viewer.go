package main

import (
	"fmt"
	"image"
	"time"

	"telestrator/encode"
	"telestrator/peer"
	"telestrator/protocol"
)

// viewer is the console's side of one session: it only looks.
type viewer struct {
	conn    peer.Conn
	caps    []protocol.Capability
	state   protocol.State
	device  protocol.Receiver
	decoder *encode.Decoder
	over    bool // the user stopped the session: the result may be asked for
	bytes   int64
	log     log
}

func newViewer(conn peer.Conn, jpeg bool) *viewer {
	v := &viewer{conn: conn, caps: []protocol.Capability{protocol.CapabilityCopy}, decoder: encode.NewDecoder(), log: newLog()}
	if jpeg {
		v.caps = append(v.caps, protocol.CapabilityJPEG)
	}
	v.decoder.Postpone(func(area image.Rectangle) bool { return area.Overlaps(counterA) || area.Overlaps(counterB) })
	return v
}

// watch takes messages until somebody asks for the result.
func (v *viewer) watch(asked <-chan struct{}) error {
	if err := v.send(peer.Ctl, &protocol.Hello{Version: protocol.Version1, Name: "bench", Capabilities: v.caps}); err != nil {
		return err
	}
	for {
		select {
		case <-asked:
			return nil
		case m, ok := <-v.conn.Messages():
			if !ok && v.over {
				<-asked
				return nil
			}
			if !ok {
				return v.conn.Err()
			}
			if err := v.message(m); err != nil {
				return err
			}
		}
	}
}

func (v *viewer) send(on peer.Channel, m protocol.Message) error {
	wire, err := protocol.Append(nil, m)
	if err != nil {
		return err
	}
	return v.conn.Send(on, wire)
}

// message takes one message of the device.
func (v *viewer) message(raw peer.Message) error {
	v.bytes += int64(len(raw.Data))
	m, drop, err := v.device.Read(raw.Data, protocol.Channel(raw.Channel), v.state)
	if err != nil || drop || m == nil {
		return err
	}
	return v.take(m)
}

func (v *viewer) take(m protocol.Message) error {
	switch m := m.(type) {
	case *protocol.Welcome:
		v.state = protocol.Waiting
		if err := v.send(peer.Ctl, &protocol.Ready{}); err != nil {
			return err
		}
		return v.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View})
	case *protocol.Ping:
		if !m.Reply {
			_ = v.send(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time}) // the next one will do
		}
	case *protocol.Bye:
		v.over = true
		if m.Code != protocol.Stopped {
			return fmt.Errorf("the device ended the session: %s (%s)", m.Text, m.Code)
		}
	case *protocol.Update:
		return v.update(m)
	}
	return nil
}

// update decodes, notes what is seen now, and acknowledges it.
func (v *viewer) update(m *protocol.Update) error {
	began := time.Now()
	if err := v.decoder.Decode(m); err != nil || !m.Last {
		return err
	}
	v.log.picture(v.decoder, v.bytes)
	return v.send(peer.Screen, &protocol.Ack{Number: m.Number, Decode: uint32(time.Since(began).Microseconds())})
}
