package guardian

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"

	"telestrator/ink"
	"telestrator/protocol"
)

// setup is the first frame: what a guardian is started with.
type setup struct {
	Display  string   `json:"display"`
	Chord    []string `json:"chord"`   // W3C codes that end the session
	Escapes  int      `json:"escapes"` // as often Escape ends it too; 0 turns that off
	Language string   `json:"language"`
	Own      []string `json:"own"` // in titles of windows that are never operated
}

// The orders, in which a daemon says what it wants done.
const (
	orderBeat   = ""       // it is alive; an empty frame
	orderPermit = "permit" // what a session may do from now on
	orderAsk    = "ask"    // whether the user is being asked
	orderSign   = "sign"   // who sees the screen; none takes everything off
	orderHidden = "hidden" // what of the screen they do not see
	orderWire   = "wire"   // a message of a console, input or ink
	orderObeyed = "obeyed" // what the user did on the device's own screen has been done
)

// order is one of them.
type order struct {
	Kind       string            `json:"kind"`
	Number     uint64            `json:"number,omitempty"` // to be answered by done; 0 wants no answer
	Session    string            `json:"session,omitempty"`
	Scopes     protocol.Scopes   `json:"scopes,omitempty"`
	Generation uint32            `json:"generation,omitempty"`
	On         bool              `json:"on,omitempty"`
	Sign       *ink.Sign         `json:"sign,omitempty"`
	Areas      []image.Rectangle `json:"areas,omitempty"`
	Channel    uint8             `json:"channel,omitempty"`
	Wire       []byte            `json:"wire,omitempty"`
}

// The reports, in which a guardian says what happens.
const (
	reportReady  = "ready"  // it can be given orders; or why it cannot
	reportBeat   = ""       // it is alive; an empty frame
	reportDone   = "done"   // an order was obeyed; or why it was not
	reportHand   = "hand"   // the user's own hand has taken over, or rests
	reportStop   = "stop"   // the user ends the session
	reportPause  = "pause"  // the user pauses, or goes on
	reportCounts = "counts" // what became of a session's messages
)

// report is one of them.
type report struct {
	Kind    string   `json:"kind"`
	Number  uint64   `json:"number,omitempty"`
	Error   string   `json:"error,omitempty"`
	On      bool     `json:"on,omitempty"`
	Windows []uint32 `json:"windows,omitempty"` // of the overlay: outlines, ink, border, bar
	Session string   `json:"session,omitempty"`
	Counts  *Counts  `json:"counts,omitempty"`
}

var errLong = errors.New("guardian: a frame is longer than it may be")

// empty is a frame without anything in it, a heartbeat.
var empty [4]byte

// writeBeat writes a heartbeat.
func writeBeat(w io.Writer) error {
	_, err := w.Write(empty[:])
	return err
}

// writeFrame writes a length of four bytes and the JSON of v.
func writeFrame(w io.Writer, v any) error {
	frame := bytes.NewBuffer(make([]byte, 4, 256))
	if err := json.NewEncoder(frame).Encode(v); err != nil {
		return fmt.Errorf("guardian: %w", err)
	}
	data := frame.Bytes()
	if len(data)-4 > maxFrame {
		return errLong
	}
	binary.BigEndian.PutUint32(data, uint32(len(data)-4))
	_, err := w.Write(data)
	return err
}

// readFrame reads a frame into v; an empty one leaves v as it is. Unknown keys
// are refused.
func readFrame(r io.Reader, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(head[:])
	switch {
	case size == 0:
		return nil
	case size > maxFrame:
		return errLong
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("guardian: %w", err)
	}
	return nil
}
