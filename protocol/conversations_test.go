package protocol_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"testing"

	"telestrator/encode"
	"telestrator/protocol"
)

// reader follows a conversation as both sides do: SPEC.md 3.2, 4.1 and 7.
type reader struct {
	base    protocol.State
	view    bool
	paused  bool
	grants  uint32 // number of the last message of grants
	pauses  uint32
	device  protocol.Receiver
	decoder *encode.Decoder
}

func newReader() *reader { return &reader{decoder: encode.NewDecoder()} }

func (r *reader) state() protocol.State {
	switch {
	case r.base != protocol.Waiting || !r.view:
		return r.base
	case r.paused:
		return protocol.Suspended
	}
	return protocol.Live
}

// take decides a message and does what it says.
func (r *reader) take(wire []byte, way protocol.Direction, on protocol.Channel) (drop bool, err error) {
	var m protocol.Message
	if way == protocol.ToConsole {
		m, drop, err = r.device.Read(wire, on, r.state())
	} else {
		m, drop, err = protocol.Decode(wire, way, on, r.state())
	}
	if err != nil || drop || m == nil {
		return drop, err
	}
	return false, r.follow(m)
}

func (r *reader) follow(m protocol.Message) error {
	switch m := m.(type) {
	case *protocol.Welcome:
		r.base = protocol.Greeted
	case *protocol.Ready:
		r.base = protocol.Waiting
	case *protocol.Bye:
		r.base = protocol.Over
	case *protocol.Grants:
		if m.Number > r.grants {
			r.grants, r.view = m.Number, m.Scopes&protocol.View != 0
		}
	case *protocol.Paused:
		if m.Number > r.pauses {
			r.pauses, r.paused = m.Number, m.Why != protocol.Runs
		}
	case *protocol.Update:
		return r.decoder.Decode(m)
	}
	return nil
}

// codeOf is the reason of a refusal, whoever refuses.
func codeOf(t *testing.T, err error) protocol.Code {
	var failure *protocol.Error
	var refused *encode.DecodeError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failure):
		return failure.Code
	case errors.As(err, &refused):
		return refused.Code
	}
	t.Fatalf("%T: %v", err, err)
	return 0
}

// TestConversations has every conversation decided: states, verdicts, reasons
// and pictures.
func TestConversations(t *testing.T) {
	if protocol.Updating() {
		protocol.WriteConversations(t, "sessions.json", sessions(t))
		protocol.WriteConversations(t, "streams.json", streams(t))
	}
	all := protocol.ReadConversations(t)
	if len(all) < 40 {
		t.Errorf("%d conversations, expected more", len(all))
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) { t.Parallel(); converse(t, c) })
	}
}

func converse(t *testing.T, c protocol.Conversation) {
	r := newReader()
	for i, m := range c.Messages {
		wire, way, on, in := m.Came(t)
		if r.state() != in {
			t.Fatalf("message %d: %s, the vector says %s", i, r.state(), in)
		}
		drop, err := r.take(wire, way, on)
		expect := map[bool]string{true: "drop", false: "ok"}[drop]
		if err != nil {
			expect = "refused"
		}
		if expect != m.Expect || codeOf(t, err) != m.Code {
			t.Fatalf("message %d: %s %v, the vector says %s %s", i, expect, err, m.Expect, m.Code)
		}
		if m.Shown != nil && !bytes.Equal(m.Shown, shown(t, r.decoder)) {
			t.Fatalf("message %d: shows %s, the vector says %s", i, shown(t, r.decoder), m.Shown)
		}
	}
}

// shown describes a picture as encode/testdata/README.md says.
func shown(t *testing.T, d *encode.Decoder) []byte {
	t.Helper()
	img, lossy := d.Picture(), d.Lossy().Pix
	rgb := make([]byte, 3*len(lossy))
	for i, l := range lossy {
		if lossy[i] = min(l, 1); l == 0 {
			copy(rgb[3*i:], img.Pix[4*i:4*i+3])
		}
	}
	picture := struct {
		Width  int    `json:"width"`
		Height int    `json:"height"`
		SHA256 string `json:"sha256"`
		Lossy  string `json:"lossy,omitempty"`
	}{img.Rect.Dx(), img.Rect.Dy(), sum(rgb), ""}
	if bytes.Contains(lossy, []byte{1}) {
		picture.Lossy = sum(lossy)
	}
	text, err := json.Marshal(picture)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
