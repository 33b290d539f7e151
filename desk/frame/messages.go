package frame

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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

func (f *Hello) check() error   { return checkName(f.Name) }
func (f *Welcome) check() error { return nil }
func (f *Ring) check() error    { return checkNumber(f.Number) }
func (f *Cancel) check() error  { return checkNumber(f.Number) }
func (f *Leave) check() error   { return checkID(f.ID) }
func (f *Bye) check() error     { return checkReason(f.Reason) }

func (f *Code) check() error {
	if len(f.Code) != CodeLength || strings.Trim(f.Code, CodeAlphabet) != "" {
		return refuse(ReasonRange, "a code is %d characters of Crockford's alphabet", CodeLength)
	}
	if f.Seconds < 1 || f.Seconds > MaxLife {
		return refuse(ReasonRange, "a code lives 1 to %d seconds", MaxLife)
	}
	return checkNumber(f.Number)
}

func (f *Void) check() error {
	if err := checkNumber(f.Number); err != nil {
		return err
	}
	return checkReason(f.Reason)
}

func (f *Offer) check() error  { return checkSession(f.ID, f.SDP) }
func (f *Answer) check() error { return checkSession(f.ID, f.SDP) }

func (f *Refuse) check() error {
	if err := checkID(f.ID); err != nil {
		return err
	}
	return checkReason(f.Reason)
}

func checkSession(id string, sdp []byte) error {
	if len(sdp) < 1 || len(sdp) > MaxSDP {
		return refuse(ReasonRange, "a session description is 1 to %d bytes", MaxSDP)
	}
	return checkID(id)
}

func checkID(id string) error {
	if len(id) != IDLength || strings.Trim(id, "0123456789abcdef") != "" {
		return refuse(ReasonRange, "an id is %d hexadecimal digits", IDLength)
	}
	return nil
}

func checkNumber(number uint32) error {
	if number == 0 {
		return refuse(ReasonRange, "rings count from 1")
	}
	return nil
}

func checkReason(r Reason) error {
	if r.String() == "" {
		return refuse(ReasonRange, "reason %d", uint(r))
	}
	return nil
}

func checkName(name string) error {
	if len(name) > MaxName || strings.ContainsFunc(name, unprintable) {
		return refuse(ReasonRange, "a name is at most %d bytes without control characters", MaxName)
	}
	return nil
}

// CleanName makes a name that a hello may carry from any text.
func CleanName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for len(name) > MaxName {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return name
}

// unprintable tells the characters that could change how the text around
// them is shown: controls and marks of direction.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
