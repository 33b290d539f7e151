package frame

import (
	"reflect"
	"slices"
)

// kind is one row of the table of frames.
type kind struct {
	number uint64
	name   string
	from   Side
	make   func() Frame
}

// kinds is the table of SIGNALLING.md. Numbers are never used again.
var kinds = []kind{
	{1, "hello", Device, func() Frame { return new(Hello) }},
	{2, "welcome", Desk, func() Frame { return new(Welcome) }},
	{3, "ring", Device, func() Frame { return new(Ring) }},
	{4, "code", Desk, func() Frame { return new(Code) }},
	{5, "cancel", Device, func() Frame { return new(Cancel) }},
	{6, "void", Desk, func() Frame { return new(Void) }},
	{7, "offer", Desk, func() Frame { return new(Offer) }},
	{8, "answer", Device, func() Frame { return new(Answer) }},
	{9, "refuse", Device, func() Frame { return new(Refuse) }},
	{10, "leave", Desk, func() Frame { return new(Leave) }},
	{11, "bye", Device | Desk, func() Frame { return new(Bye) }},
}

func kindNumbered(number uint64) (kind, bool) {
	if number < 1 || number > uint64(len(kinds)) {
		return kind{}, false
	}
	return kinds[number-1], true
}

func kindOf(f Frame) (kind, bool) {
	i := slices.IndexFunc(kinds, func(k kind) bool {
		return reflect.TypeOf(k.make()) == reflect.TypeOf(f)
	})
	if i < 0 {
		return kind{}, false
	}
	return kinds[i], true
}

// Hello is the first frame of a device.
type Hello struct {
	Version uint32 `cbor:"1,keyasint"`
	Name    string `cbor:"2,keyasint"` // of the device, to be shown to agents; no control characters
}

// Welcome lets a device in.
type Welcome struct {
	Version uint32 `cbor:"1,keyasint"`
}

// Ring asks for a new pairing code; the device's older one is void.
type Ring struct {
	Number uint32 `cbor:"1,keyasint"` // from 1, one more with every ring of a link
}

// Code answers a ring.
type Code struct {
	Number  uint32 `cbor:"1,keyasint"` // of the ring
	Code    string `cbor:"2,keyasint"` // eight Crockford characters
	Seconds uint32 `cbor:"3,keyasint"` // that the code lives from now
}

// Cancel makes the code of a ring void. The desk answers with Void, also when
// there was nothing left to cancel.
type Cancel struct {
	Number uint32 `cbor:"1,keyasint"` // of the ring
}

// Void says that a ring has no code, or that its code no longer opens anything.
type Void struct {
	Number uint32 `cbor:"1,keyasint"` // of the ring
	Reason Reason `cbor:"2,keyasint"`
}

// Offer is the session description of a console that gave the right code.
type Offer struct {
	ID  string `cbor:"1,keyasint"` // of the connection, also in answer, refuse and leave
	SDP []byte `cbor:"2,keyasint"`
}

// Answer is the device's session description for an offer.
type Answer struct {
	ID  string `cbor:"1,keyasint"`
	SDP []byte `cbor:"2,keyasint"`
}

// Refuse is given instead of an answer.
type Refuse struct {
	ID     string `cbor:"1,keyasint"`
	Reason Reason `cbor:"2,keyasint"`
}

// Leave says that the console of a connection has left, or no longer waits.
type Leave struct {
	ID string `cbor:"1,keyasint"`
}

// Bye is the last frame of either side.
type Bye struct {
	Reason Reason `cbor:"1,keyasint"`
}
