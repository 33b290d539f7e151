// Package frame is what a device and the desk say to each other: small CBOR
// frames over one WebSocket for each device, as SIGNALLING.md tells them.
//
// A [Frame] is one of the structs of messages.go; [Encode] and [Decode] turn
// it into bytes and back, refusing whatever is not in the table. A [Link] is
// one WebSocket that carries frames, with its limits.
//
//	device                            desk
//	hello{version, name}         ->
//	                             <-   welcome{version}
//	ring{number}                 ->
//	                             <-   code{number, code, seconds}
//	                             <-   offer{id, sdp}       a console gave the code
//	answer{id, sdp}              ->                        or refuse{id, reason}
//	                             <-   leave{id}            the console has left
//	bye{reason}                  <->                       the last frame
package frame

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// The limits of the frames, fixed by SIGNALLING.md.
const (
	Version = 1 // of this table of frames

	MaxFrame = 32 << 10 // bytes of one frame (L23)
	MaxSDP   = 16 << 10 // bytes of one offer or answer (L20)
	MaxName  = 64       // bytes of a device's name
	MaxLife  = 3600     // seconds that a code may be promised to live
	IDLength = 32       // hexadecimal digits of a connection's id
	maxItems = 16       // of any CBOR array or map in a frame
	maxDepth = 4        // of nested CBOR items in a frame, the least the library takes
)

// Frame is one frame: a pointer to one of the structs of messages.go.
type Frame interface {
	check() error // names the field that is outside its limits
}

// Side is one of the two ends of a link.
type Side uint8

// The ends of a link. A frame may be allowed from both.
const (
	Device Side = 1 << iota
	Desk
)

// envelope is the outer array of every frame.
type envelope struct {
	_    struct{} `cbor:",toarray"`
	Kind uint64
	Body cbor.RawMessage
}

// Encode gives the bytes of a frame. It fails only for a frame that its own
// side should not have made.
func Encode(f Frame) ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return encode(f)
}

func encode(f Frame) ([]byte, error) {
	kind, ok := kindOf(f)
	if !ok {
		return nil, refuse(ReasonKind, "%T is not a frame", f)
	}
	body, err := encoding.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("frame: encode %s: %w", kind.name, err)
	}
	data, err := encoding.Marshal(envelope{Kind: kind.number, Body: body})
	if err != nil {
		return nil, fmt.Errorf("frame: encode %s: %w", kind.name, err)
	}
	return data, nil
}

// Decode reads a frame that came from the given side. Every error is an
// *Error whose reason tells what is wrong. Bytes that Decode takes are
// exactly those that Encode gives.
func Decode(data []byte, from Side) (Frame, error) {
	if len(data) > MaxFrame {
		return nil, refuse(ReasonSize, "%d bytes, at most %d", len(data), MaxFrame)
	}
	var outer envelope
	if err := decoding.Unmarshal(data, &outer); err != nil {
		return nil, refuse(ReasonForm, "not a frame: %v", err)
	}
	kind, ok := kindNumbered(outer.Kind)
	if !ok {
		return nil, refuse(ReasonKind, "kind %d", outer.Kind)
	}
	if kind.from&from == 0 {
		return nil, refuse(ReasonDirection, "%s goes the other way", kind.name)
	}
	return kind.decode(outer.Body, data)
}

// decode reads the body of a frame. Encoding it again must give the whole
// frame: so keys are complete, sorted and single, and lengths are shortest.
func (k kind) decode(body cbor.RawMessage, whole []byte) (Frame, error) {
	f := k.make()
	if err := decoding.Unmarshal(body, f); err != nil {
		return nil, refuse(ReasonForm, "%s: %v", k.name, err)
	}
	again, err := encode(f)
	if err != nil || !bytes.Equal(again, whole) {
		return nil, refuse(ReasonForm, "%s is not in its canonical form", k.name)
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	return f, nil
}

// The two modes are made once. The library alone still takes null, missing
// keys and long integers; Decode's comparison refuses those.
var (
	encoding = must(cbor.EncOptions{
		Sort:          cbor.SortCoreDeterministic,
		IndefLength:   cbor.IndefLengthForbidden,
		TagsMd:        cbor.TagsForbidden,
		NilContainers: cbor.NilContainerAsEmpty,
	}.EncMode())
	decoding = must(cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		UTF8:              cbor.UTF8RejectInvalid,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxNestedLevels:   maxDepth,
		MaxArrayElements:  maxItems,
		MaxMapPairs:       maxItems,
	}.DecMode())
)

func must[M any](mode M, err error) M {
	if err != nil {
		panic(err) // the options above contradict each other
	}
	return mode
}
