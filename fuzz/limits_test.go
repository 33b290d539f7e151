package fuzz

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
	"telestrator/protocol/protocoltest"
)

// limit is a message at one of its limits, and the same one past it.
type limit struct {
	name     string
	way      protocol.Direction
	at, past protocol.Message
}

// many is n of the same.
func many[T any](n int, of T) []T { return slices.Repeat([]T{of}, n) }

func long(n int) string { return strings.Repeat("n", n) }

// numbers are 1 to n.
func numbers(n int) (list []uint32) {
	for i := range uint32(n) {
		list = append(list, i+1)
	}
	return list
}

// codes are n different names of keys.
func codes(n int) (list []string) {
	for i := range n {
		list = append(list, "Key"+string(rune('A'+i)))
	}
	return list
}

const toDevice, toConsole = protocol.ToDevice, protocol.ToConsole

var limits = []limit{
	{"a name", toDevice, &protocol.Hello{Version: 1, Name: long(protocol.MaxName)}, &protocol.Hello{Version: 1, Name: long(protocol.MaxName + 1)}},
	{"capabilities", toDevice, &protocol.Hello{Version: 1, Capabilities: numbers(protocol.MaxCaps)}, &protocol.Hello{Version: 1, Capabilities: numbers(protocol.MaxCaps + 1)}},
	{"a reason", toDevice, &protocol.Request{Number: 1, Scopes: 1, Reason: long(protocol.MaxReason)}, &protocol.Request{Number: 1, Scopes: 1, Reason: long(protocol.MaxReason + 1)}},
	{"a running number", toDevice, &protocol.Refresh{Number: protocol.MaxNumber}, &protocol.Refresh{Number: protocol.MaxNumber + 1}},
	{"a button", toDevice, &protocol.Button{Number: 1, Generation: 1, Button: protocol.MaxButton}, &protocol.Button{Number: 1, Generation: 1, Button: protocol.MaxButton + 1}},
	{"a wheel", toDevice, &protocol.Wheel{Number: 1, Generation: 1, DY: -protocol.MaxWheel}, &protocol.Wheel{Number: 1, Generation: 1, DY: -protocol.MaxWheel - 1}},
	{"a key's code", toDevice, &protocol.Key{Number: 1, Generation: 1, Code: long(protocol.MaxCode)}, &protocol.Key{Number: 1, Generation: 1, Code: long(protocol.MaxCode + 1)}},
	{"keys held", toDevice, &protocol.Held{Number: 1, Generation: 1, Codes: codes(protocol.MaxHeld)}, &protocol.Held{Number: 1, Generation: 1, Codes: codes(protocol.MaxHeld + 1)}},
	{"a text", toDevice, &protocol.Text{Number: 1, Generation: 1, Text: long(protocol.MaxTyped)}, &protocol.Text{Number: 1, Generation: 1, Text: long(protocol.MaxTyped + 1)}},
	{"a width", toDevice, &protocol.StrokeBegin{Stroke: 1, Generation: 1, Width: protocol.MaxWidth}, &protocol.StrokeBegin{Stroke: 1, Generation: 1, Width: protocol.MaxWidth + 1}},
	{"a fade", toDevice, &protocol.StrokeBegin{Stroke: 1, Generation: 1, Width: 1, Fade: protocol.MaxFade}, &protocol.StrokeBegin{Stroke: 1, Generation: 1, Width: 1, Fade: protocol.MaxFade + 1}},
	{"points", toDevice, &protocol.StrokePoints{Stroke: 1, Points: many(2*protocol.MaxPoints, uint16(9))}, &protocol.StrokePoints{Stroke: 1, Points: many(2*protocol.MaxPoints+2, uint16(9))}},
	{"a stroke", toDevice, &protocol.StrokeEnd{Stroke: 1, Points: protocol.MaxStroke}, &protocol.StrokeEnd{Stroke: 1, Points: protocol.MaxStroke + 1}},
	{"a time", toDevice, &protocol.Ping{Number: 1, Time: protocol.MaxInteger}, &protocol.Ping{Number: 1, Time: protocol.MaxInteger + 1}},
	{"a part", toConsole, &protocol.Part{Message: 1, Count: 2, Bytes: make([]byte, protocol.MaxPart)}, &protocol.Part{Message: 1, Count: 2, Bytes: make([]byte, protocol.MaxPart+1)}},
	{"parts", toConsole, &protocol.Part{Message: 1, Count: protocol.MaxParts, Bytes: []byte{1}}, &protocol.Part{Message: 1, Count: protocol.MaxParts + 1, Bytes: []byte{1}}},
	{"copies", toConsole, copies(protocol.MaxCopies), copies(protocol.MaxCopies + 1)},
	{"tiles", toConsole, &protocol.Update{Number: 1, Moment: 1, Inflated: protocol.MaxInflated, Tiles: []byte{1}}, &protocol.Update{Number: 1, Moment: 1, Inflated: protocol.MaxInflated + 1, Tiles: []byte{1}}},
	{"JPEGs", toConsole, pictures(protocol.MaxJPEGs), pictures(protocol.MaxJPEGs + 1)},
	{"a cursor", toConsole, &protocol.Cursor{Number: 1, W: protocol.MaxCursor, H: 1, Pixels: []byte{1}}, &protocol.Cursor{Number: 1, W: protocol.MaxCursor + 1, H: 1, Pixels: []byte{1}}},
	{"private areas", toConsole, private(protocol.MaxMasks), private(protocol.MaxMasks + 1)},
}

// sizes are those of a picture at a limit, on what our encoder begins with.
func sizes(t *testing.T) []limit {
	reset := func(w, h uint32) protocol.Message {
		u := first(t)
		u.Reset = slices.Clone(u.Reset)
		u.Reset[1], u.Reset[2] = w, h
		u.Reset[5], u.Reset[6] = min(w, protocol.MaxSide), h // the part that is shown
		return u
	}
	const most = protocol.MaxArea / protocol.MaxSide
	return []limit{
		{"a side", toConsole, reset(protocol.MaxSide, 1), reset(protocol.MaxSide+1, 1)},
		{"an area", toConsole, reset(protocol.MaxSide, most), reset(protocol.MaxSide, most+1)},
	}
}

func copies(n int) protocol.Message {
	return &protocol.Update{Number: 1, Moment: 1, Copies: many(6*n, uint32(1))}
}

func pictures(n int) protocol.Message {
	return &protocol.Update{Number: 1, Moment: 1, JPEGs: many(n, protocol.JPEG{W: 1, H: 1, Data: []byte{1}})}
}

func private(n int) protocol.Message {
	return &protocol.Masks{Number: 1, Generation: 1, Areas: many(5*n, uint32(1))}
}

// A message at a limit is read and costs little memory; one past it is written
// by nobody, and refused by whoever is sent it, for as little.
func TestMessagesAtTheLimits(t *testing.T) {
	for _, l := range append(sizes(t), limits...) {
		s, ok := taken(protocoltest.Unchecked(t, l.at), l.way)
		if !ok {
			t.Errorf("%s is not taken at its limit", l.name)
			continue
		}
		if _, err := protocol.Append(nil, l.past); err == nil {
			t.Errorf("%s is written one past its limit", l.name)
		}
		wire := protocoltest.Unchecked(t, l.past)
		bound.CheckMemory(t, 64<<10+16*uint64(len(wire)), func() {
			_, _, err := protocol.Decode(wire, l.way, s.on, s.in)
			var failure *protocol.Error
			if !errors.As(err, &failure) || failure.Code != protocol.BadRange && failure.Code != protocol.Form {
				t.Errorf("%s one past its limit: %v", l.name, err)
			}
			if m, _, err := protocol.Decode(s.wire, l.way, s.on, s.in); err != nil || m.Kind() != l.at.Kind() {
				t.Errorf("%s at its limit: %v", l.name, err)
			}
		})
	}
}

// The longest message in each direction is decided, one byte more is refused
// for its size, and neither costs more than its bytes.
func TestSizesAtTheLimit(t *testing.T) {
	for _, way := range []struct {
		way  protocol.Direction
		on   protocol.Channel
		size int
	}{{toDevice, protocol.ChannelCtl, protocol.MaxToDevice}, {toConsole, protocol.ChannelScreen, protocol.MaxToConsole}} {
		bound.CheckMemory(t, 8*protocol.MaxToConsole, func() {
			if got := sizeVerdict(t, make([]byte, way.size), way.way, way.on); got == protocol.Size {
				t.Errorf("%d bytes are too many", way.size)
			}
			if got := sizeVerdict(t, make([]byte, way.size+1), way.way, way.on); got != protocol.Size {
				t.Errorf("%d bytes are refused for %v", way.size+1, got)
			}
		})
	}
}

func sizeVerdict(t *testing.T, wire []byte, way protocol.Direction, on protocol.Channel) protocol.Code {
	t.Helper()
	_, v := verdictOf(t, wire, way, on, protocol.Live)
	return v.code
}
