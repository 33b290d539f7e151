package main

import (
	"bytes"
	"errors"

	"telestrator/peer"
	"telestrator/protocol"
)

// malformed makes a message that ends its connection in any state in which it
// can have come so far, and the channel for it.
func (s *speaker) malformed() (peer.Channel, []byte) {
	switch s.IntN(8) {
	case 0:
		return peer.Ctl, s.wire(&protocol.Hello{Version: protocol.Version1, Name: "again"})
	case 1:
		return peer.Ctl, s.wire(&protocol.Ready{})
	case 2:
		return peer.Screen, s.wire(&protocol.Ack{Number: protocol.MaxNumber})
	case 3:
		return peer.Ink, s.wire(&protocol.Refresh{Number: 1})
	case 4:
		return peer.Ctl, s.wire(&protocol.Grants{Number: 1, Generation: 1})
	case 5:
		return peer.Input, bytes.Repeat([]byte{byte(s.IntN(256))}, s.upTo(protocol.MaxToDevice))
	}
	return s.spoilt()
}

// spoilt changes bytes of a message until no state takes it.
func (s *speaker) spoilt() (peer.Channel, []byte) {
	for {
		on, m := s.anything()
		if on == peer.Move || on == peer.Ping {
			continue // it might be lost on the way
		}
		wire := s.wire(m)
		for range 1 + s.IntN(3) {
			wire[s.IntN(len(wire))] ^= 1 << s.IntN(8)
		}
		if wire = wire[:len(wire)-s.IntN(2)*s.IntN(len(wire))]; refused(on, wire) {
			return on, wire
		}
	}
}

// refused says whether a message is refused for itself, in all states alike.
func refused(on peer.Channel, wire []byte) bool {
	for in := protocol.Opening; in < protocol.Over; in++ {
		_, _, err := protocol.Decode(wire, protocol.ToDevice, protocol.Channel(on), in)
		var failure *protocol.Error
		if !errors.As(err, &failure) || failure.Code == protocol.BadState && in >= protocol.Waiting {
			return false
		}
	}
	return true
}

// wire encodes a message that this program has made, which is in range.
func (s *speaker) wire(m protocol.Message) []byte {
	wire, err := protocol.Append(nil, m)
	if err != nil {
		panic(err)
	}
	return wire
}
