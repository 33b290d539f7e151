package protocol

import (
	"bytes"
	"sync"

	"github.com/fxamacker/cbor/v2"
)

// Message is one of the messages of SPEC.md 4; only this package has them.
type Message interface {
	// Kind returns the number of the message.
	Kind() Kind
	// check returns a range error that names what is out of it, or nil.
	check() *Error
}

var encoding, decoding = modes()

func modes() (cbor.UserBufferEncMode, cbor.DecMode) {
	options := cbor.CoreDetEncOptions()
	options.NilContainers = cbor.NilContainerAsEmpty
	enc, err := options.UserBufferEncMode()
	if err != nil {
		panic(err)
	}
	dec, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: MaxNesting, MaxArrayElements: MaxArray, MaxMapPairs: MaxMap,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return enc, dec
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Append encodes m at the end of dst. It refuses what a reader would refuse
// for its range, so that a mistake shows where it is made.
func Append(dst []byte, m Message) ([]byte, error) {
	if err := m.check(); err != nil {
		return dst, err
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteByte(0x82)
	if err := encoding.MarshalToBuffer(uint8(m.Kind()), buf); err != nil {
		return dst, fail(Internal, "%s: %v", m.Kind(), err)
	}
	if err := encoding.MarshalToBuffer(m, buf); err != nil {
		return dst, fail(Internal, "%s: %v", m.Kind(), err)
	}
	return append(dst, buf.Bytes()...), nil
}

// Decode reads one message as it came on a channel. It returns drop with a
// message that is well formed and comes at a time when it has no effect, and
// an *Error with the code of the first failed check of SPEC.md 3.1. The
// message shares nothing with data.
func Decode(data []byte, way Direction, on Channel, in State) (m Message, drop bool, err error) {
	m, verdict, failure := decode(data, sizeOf(way), way, on, in)
	if failure != nil {
		return nil, false, failure
	}
	return m, verdict == Drop, nil
}

// DecodeJoined reads a message that a Joiner put together on a channel.
func DecodeJoined(data []byte, on Channel, in State) (m Message, drop bool, err error) {
	m, verdict, failure := decode(data, MaxJoined, ToConsole, on, in)
	if failure != nil {
		return nil, false, failure
	}
	if m.Kind() == KindPart {
		return nil, false, fail(BadData, "a part inside parts")
	}
	return m, verdict == Drop, nil
}

// sizeOf returns the longest message that may go this way.
func sizeOf(way Direction) int {
	if way == ToDevice {
		return MaxToDevice
	}
	return MaxToConsole
}

func decode(data []byte, size int, way Direction, on Channel, in State) (Message, Verdict, *Error) {
	if len(data) > size {
		return nil, End, fail(Size, "%d bytes, at most %d", len(data), size)
	}
	number, body, err := form(data)
	if err != nil {
		return nil, End, err
	}
	k, verdict, err := admit(number, way, on, in)
	if err != nil {
		return nil, End, err
	}
	m, err := fill(data, body, kinds[k])
	return m, verdict, err
}

// admit checks kind, channel and state. SPEC.md 3.1, checks 13 to 15.
func admit(number uint64, way Direction, on Channel, in State) (Kind, Verdict, *Error) {
	k := Kind(min(number, 255))
	row, known := kinds[k]
	if !known {
		return 0, End, fail(BadKind, "kind %d", number)
	}
	if on > ChannelScreen || row.channels[way]&(1<<on) == 0 {
		return 0, End, fail(BadWay, "%s does not go this way on channel %d", row.name, on)
	}
	verdict := Judge(way, in, k)
	if verdict == End {
		return 0, End, fail(BadState, "%s while %s", row.name, in)
	}
	return k, verdict, nil
}

// fill makes the message out of the map at body. Checks 16 to 18.
func fill(data []byte, body int, row kind) (Message, *Error) {
	var values [MaxMap]int
	if err := keysOf(data, body, len(row.signature), &values); err != nil {
		err.Reason = row.name + ": " + err.Reason
		return nil, err
	}
	if err := typesOf(data, values[:], row.signature); err != nil {
		err.Reason = row.name + ": " + err.Reason
		return nil, err
	}
	m := row.make()
	if err := decoding.Unmarshal(data[body:], m); err != nil {
		return nil, fail(BadRange, "%s: a number does not fit its field", row.name)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}
