package main

import (
	"math/rand/v2"
	"strings"

	"telestrator/input"
	"telestrator/peer"
	"telestrator/protocol"
)

// speaker makes the messages of one connection: well formed, and hardly any of
// them right at its time.
type speaker struct {
	*rand.Rand
	number     uint32 // of its last input
	stroke     uint32
	requests   uint32
	generation uint32 // the daemon's last
	scopes     protocol.Scopes
	shown      uint32 // number of the last update
	forbidden  int    // how much more it does without permission
}

// say makes one message, and names the channel for it.
func (s *speaker) say() (peer.Channel, protocol.Message) {
	on, m := s.anything()
	if need := scopeOf(m); need != 0 && s.scopes&need == 0 {
		if s.forbidden--; s.forbidden < 0 {
			return s.harmless()
		}
	}
	return on, m
}

// scopeOf is the scope that a message needs beyond view.
func scopeOf(m protocol.Message) protocol.Scopes {
	if m.Kind() >= protocol.KindStrokeBegin {
		return protocol.Ink
	}
	return input.Needs(m)
}

// anything is any message that may be said while others see the screen.
func (s *speaker) anything() (peer.Channel, protocol.Message) {
	switch s.IntN(12) {
	case 0:
		return peer.Move, &protocol.Pointer{Number: s.next(), Generation: s.aim(), X: s.x(), Y: s.y()}
	case 1:
		return peer.Input, &protocol.Pointer{Number: s.next(), Generation: s.aim(), X: s.x(), Y: s.y()}
	case 2:
		return peer.Input, &protocol.Button{Number: s.next(), Generation: s.aim(), X: s.x(), Y: s.y(),
			Button: uint8(s.upTo(protocol.MaxButton)), Down: s.coin()}
	case 3:
		return peer.Input, &protocol.Wheel{Number: s.next(), Generation: s.aim(), X: s.x(), Y: s.y(),
			DX: int8(s.upTo(2*protocol.MaxWheel) - protocol.MaxWheel), DY: protocol.MaxWheel}
	case 4:
		return peer.Input, &protocol.Key{Number: s.next(), Generation: s.aim(), Code: s.code(), Down: s.coin()}
	case 5:
		return peer.Input, &protocol.Held{Number: s.next(), Generation: s.aim(), Codes: s.codes()}
	case 6:
		return peer.Input, &protocol.Text{Number: s.next(), Generation: s.aim(), Text: s.text()}
	case 7, 8:
		return peer.Ink, s.draw()
	}
	return s.harmless()
}

// harmless is a message that needs no permission, over its rate or too early.
func (s *speaker) harmless() (peer.Channel, protocol.Message) {
	switch s.IntN(8) {
	case 0:
		return peer.Ctl, &protocol.Refresh{Number: s.next()}
	case 1:
		if s.shown > 0 {
			return peer.Screen, &protocol.Ack{Number: 1 + uint32(s.upTo(int(s.shown)-1)), Decode: protocol.MaxDecode}
		}
	case 2:
		if s.requests < 5 {
			s.requests++
			return peer.Ctl, &protocol.Request{Number: s.requests, Scopes: protocol.Scopes(1+s.upTo(int(protocol.AllScopes)-1)) | protocol.View,
				Reason: strings.Repeat("r", s.upTo(protocol.MaxReason))}
		}
	case 3:
		return peer.Ctl, &protocol.Look{Number: s.next(), X: s.x(), Y: s.y(), W: uint16(s.upTo(protocol.MaxSide)),
			H: uint16(s.upTo(protocol.MaxSide)), MostW: uint16(s.upTo(protocol.MaxSide)), MostH: uint16(s.upTo(protocol.MaxSide))}
	case 4:
		return peer.Ctl, &protocol.Rate{Number: s.next(), Most: uint64(s.upTo(1 << 20))}
	}
	return peer.Ping, &protocol.Ping{Number: s.next(), Reply: s.coin(), Time: protocol.MaxInteger}
}

// draw is a part of a stroke, of an old one or of one that nobody began.
func (s *speaker) draw() protocol.Message {
	switch s.IntN(8) {
	case 0, 1:
		s.stroke++
		return &protocol.StrokeBegin{Stroke: s.stroke, Generation: s.aim(), Colour: s.Uint32N(1 << 24),
			Width: uint8(1 + s.upTo(protocol.MaxWidth-1)), Fade: uint16(s.upTo(protocol.MaxFade))}
	case 2:
		return &protocol.StrokeEnd{Stroke: s.some(), Points: uint32(1 + s.upTo(protocol.MaxStroke-1))}
	case 3:
		return &protocol.Undo{Stroke: s.some()}
	case 4:
		return &protocol.Clear{Stroke: s.some()}
	}
	points := make([]uint16, 2*(1+s.upTo(protocol.MaxPoints-1)))
	for i := range points {
		points[i] = uint16(s.IntN(700))
	}
	return &protocol.StrokePoints{Stroke: s.some(), Index: uint32(s.upTo(protocol.MaxStroke - len(points)/2)), Points: points}
}

// upTo is a number up to a limit, and often the limit itself.
func (s *speaker) upTo(limit int) int {
	if limit <= 0 || s.IntN(4) == 0 {
		return max(limit, 0)
	}
	return s.IntN(limit + 1)
}

func (s *speaker) coin() bool   { return s.IntN(2) == 0 }
func (s *speaker) next() uint32 { s.number++; return s.number }
func (s *speaker) some() uint32 { return 1 + s.Uint32N(s.stroke+1) }
func (s *speaker) x() uint16    { return uint16(s.IntN(640)) }
func (s *speaker) y() uint16    { return uint16(s.IntN(400)) }

// aim is a generation: the present one, or one of before.
func (s *speaker) aim() uint32 {
	if s.generation > 1 && s.IntN(3) == 0 {
		return s.generation - 1
	}
	return max(1, s.generation)
}

// code is a key's, one that nobody knows, or one that may not be pressed.
func (s *speaker) code() string {
	known := []string{"KeyA", "Enter", "ShiftLeft", "F1", "End", "Power", "ControlLeft", strings.Repeat("K", protocol.MaxCode)}
	return known[s.IntN(len(known))]
}

// codes are different keys, as many as may be held or fewer.
func (s *speaker) codes() (all []string) {
	for i := range s.upTo(protocol.MaxHeld) {
		all = append(all, "Key"+string(rune('A'+i)))
	}
	return all
}

// text is typed: as long as it may be, or short, in several scripts.
func (s *speaker) text() string {
	some := []string{"a", "ä€", "漢字", "\t", "\u202e", "e\u0301"}[s.IntN(6)]
	return strings.Repeat(some, 1+s.upTo(protocol.MaxTyped/len(some)-1))
}
