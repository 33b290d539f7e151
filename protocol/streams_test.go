package protocol_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"telestrator/protocol"
	"telestrator/protocol/protocoltest"
)

// stream is what encode/testdata/stream.json has: updates that a decoder of
// pictures is given, and what it shows.
type stream struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Updates []struct {
		Number   uint32   `json:"number"`
		Moment   uint32   `json:"moment"`
		Last     bool     `json:"last"`
		Time     uint64   `json:"time"`
		Reset    []uint32 `json:"reset"`
		Copies   []uint32 `json:"copies"`
		Inflated uint32   `json:"inflated"`
		Tiles    string   `json:"tiles"`
		JPEGs    []struct {
			X, Y, Width, Height uint16
			Data                string
		} `json:"jpegs"`
		Error protocol.Code   `json:"error"`
		Shown json.RawMessage `json:"shown"`
	} `json:"updates"`
}

// streams are those updates as messages on the wire of whole sessions.
func streams(t *testing.T) (list []protocol.Conversation) {
	text, err := os.ReadFile("../encode/testdata/stream.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []stream
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		a := opened(t, "stream "+s.Name, s.Meaning)
		for i, u := range s.Updates {
			m := &protocol.Update{Number: u.Number, Moment: u.Moment, Last: u.Last, Time: u.Time,
				Reset: u.Reset, Copies: u.Copies, Inflated: u.Inflated, Tiles: unhex(t, u.Tiles)}
			for _, j := range u.JPEGs {
				m.JPEGs = append(m.JPEGs, protocol.JPEG{X: j.X, Y: j.Y, W: j.Width, H: j.Height, Data: unhex(t, j.Data)})
			}
			a.update(uint32(i+1), m, u.Error)
			if u.Last && u.Error == 0 && string(u.Shown) != "null" {
				a.Messages[len(a.Messages)-1].Shown = u.Shown
			}
		}
		list = append(list, a.Conversation)
	}
	return list
}

// update says an update, in parts if it is long. One that its sender may not
// make is refused for its range before its picture is looked at.
func (a *author) update(number uint32, m *protocol.Update, code protocol.Code) {
	wire, err := protocol.Append(nil, m)
	if err != nil {
		wire, code = protocoltest.Unchecked(a.t, m), protocol.BadRange
	}
	pieces, _, err := protocol.Split(wire, number, protocol.MaxPart)
	if err != nil {
		a.t.Fatal(err)
	}
	for i, piece := range pieces {
		if i < len(pieces)-1 {
			a.bytes(protocol.ToConsole, protocol.ChannelScreen, piece, 0)
		} else {
			a.bytes(protocol.ToConsole, protocol.ChannelScreen, piece, code)
		}
	}
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
