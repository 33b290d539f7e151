package protocol_test

import (
	"bytes"
	"testing"

	p "telestrator/protocol"
	"telestrator/protocol/protocoltest"
)

// author writes a conversation. It follows the states by itself, so that a
// message is said where the conversation is.
type author struct {
	p.Conversation
	t      *testing.T
	reader *reader
}

func begun(t *testing.T, name, meaning string) *author {
	return &author{p.Conversation{Name: name, Meaning: meaning}, t, newReader()}
}

// bytes says what is on the wire, and the code that it is refused with.
func (a *author) bytes(way p.Direction, on p.Channel, wire []byte, code p.Code) *author {
	a.Messages = append(a.Messages, p.Say(way, on, a.reader.state(), wire, code))
	if _, err := a.reader.take(wire, way, on); codeOf(a.t, err) != code {
		a.t.Errorf("%s, message %d: %v, meant to be %d", a.Name, len(a.Messages), err, code)
	}
	return a
}

// console and device say a message that is taken or dropped.
func (a *author) console(on p.Channel, m p.Message) *author {
	return a.bytes(p.ToDevice, on, protocoltest.Unchecked(a.t, m), 0)
}

func (a *author) device(on p.Channel, m p.Message) *author {
	return a.bytes(p.ToConsole, on, protocoltest.Unchecked(a.t, m), 0)
}

// wrong says a message that ends the connection.
func (a *author) wrong(way p.Direction, on p.Channel, m p.Message, code p.Code) p.Conversation {
	return a.bytes(way, on, protocoltest.Unchecked(a.t, m), code).Conversation
}

func hello() p.Message { return &p.Hello{Version: 1, Capabilities: []uint32{1, 2, 3}, Name: "Ada"} }

func welcome() p.Message {
	return &p.Welcome{Version: 1, Capabilities: []uint32{1, 2, 3}, Session: "0123456789abcdef", Device: "kiosk", Limits: p.WelcomeLimits()}
}

// greeted is a conversation until welcome, waiting until the first grants,
// opened until view is held.
func greeted(t *testing.T, name, meaning string) *author {
	return begun(t, name, meaning).console(p.ChannelCtl, hello()).device(p.ChannelEvt, welcome())
}

func waiting(t *testing.T, name, meaning string) *author {
	return greeted(t, name, meaning).console(p.ChannelCtl, &p.Ready{}).device(p.ChannelEvt, &p.Grants{Number: 1, Generation: 1})
}

func opened(t *testing.T, name, meaning string) *author {
	return waiting(t, name, meaning).console(p.ChannelCtl, &p.Request{Number: 1, Scopes: p.AllScopes, Reason: "to help"}).
		device(p.ChannelEvt, &p.Grants{Number: 2, Generation: 1, Asked: p.AllScopes}).
		device(p.ChannelEvt, &p.Grants{Number: 3, Generation: 2, Scopes: p.AllScopes, Answered: 1})
}

func pointer(n uint32) p.Message { return &p.Pointer{Number: n, Generation: 2, X: 10, Y: 10} }

func black(number uint32) *p.Update {
	return &p.Update{Number: number, Moment: number, Last: true, Reset: []uint32{2, 64, 64, 0, 0, 64, 64}}
}

// sessions are whole conversations, good ones and bad ones.
func sessions(t *testing.T) []p.Conversation {
	return append(append(append(goodSessions(t), worked(t)), badSessions(t)...), partSessions(t)...)
}

// worked is the example of SPEC.md 7.4. Its pictures are painted here by hand.
func worked(t *testing.T) p.Conversation {
	a := opened(t, "the example of SPEC.md 7.4", "a tile in a stored block, and a copy of it")
	a.device(p.ChannelScreen, &p.Update{Number: 1, Moment: 1, Last: true, Time: 1000, Reset: []uint32{2, 68, 2, 0, 0, 68, 2},
		Inflated: 15, Tiles: unhex(t, "000f00f0ff004000000004000255c1feff0000e3000000ffff")})
	white, red := bytes.Repeat([]byte{255}, 9), []byte{255, 0, 0}
	tile, rest := append(white, red...), make([]byte, 3*60)
	first := bytes.Repeat(append(make([]byte, 3*64), tile...), 2)
	a.Messages[len(a.Messages)-1].Shown = pictureOf(t, first)
	a.console(p.ChannelScreen, &p.Ack{Number: 1, Decode: 900})
	a.device(p.ChannelScreen, &p.Update{Number: 2, Moment: 2, Last: true, Time: 18000, Copies: []uint32{64, 0, 0, 0, 4, 2}})
	second := bytes.Repeat(bytes.Join([][]byte{tile, rest, tile}, nil), 2)
	a.Messages[len(a.Messages)-1].Shown = pictureOf(t, second)
	return a.Conversation
}

// pictureOf describes a picture of 68 x 2 pixels.
func pictureOf(t *testing.T, rgb []byte) []byte {
	t.Helper()
	if len(rgb) != 3*68*2 {
		t.Fatalf("%d bytes are no picture", len(rgb))
	}
	return []byte(`{"width":68,"height":2,"sha256":"` + sum(rgb) + `"}`)
}

func goodSessions(t *testing.T) []p.Conversation {
	return []p.Conversation{
		opened(t, "first picture", "opening, a black picture, shown and acknowledged, and the console leaves").
			device(p.ChannelScreen, black(1)).console(p.ChannelScreen, &p.Ack{Number: 1, Decode: 100}).
			console(p.ChannelPing, &p.Ping{Number: 1, Time: 5}).device(p.ChannelPing, &p.Ping{Number: 1, Reply: true, Time: 5}).
			console(p.ChannelCtl, &p.Bye{Code: p.Left, Text: ""}).Conversation,
		waiting(t, "the user says no", "the request is answered, and nothing is held").
			console(p.ChannelCtl, &p.Request{Number: 1, Scopes: p.View, Reason: "to help"}).
			device(p.ChannelEvt, &p.Grants{Number: 2, Generation: 1, Asked: p.View}).
			device(p.ChannelEvt, &p.Refusal{Number: 1, Code: p.Refused, Text: "not now"}).
			device(p.ChannelEvt, &p.Grants{Number: 3, Generation: 1, Answered: 1}).
			console(p.ChannelInput, pointer(1)).console(p.ChannelCtl, &p.Refresh{Number: 1}).Conversation,
		begun(t, "another version", "the device does not speak the version").
			console(p.ChannelCtl, &p.Hello{Version: 2, Name: "Ada"}).
			device(p.ChannelEvt, &p.Bye{Code: p.Version, Text: "this device speaks version 1"}).Conversation,
		begun(t, "a ping before anything", "is dropped while opening, and taken after").
			console(p.ChannelPing, &p.Ping{Number: 1}).console(p.ChannelCtl, hello()).device(p.ChannelEvt, welcome()).
			console(p.ChannelPing, &p.Ping{Number: 2}).Conversation,
		opened(t, "paused and back", "input is dropped while paused; an update that evt overtook is taken").
			device(p.ChannelScreen, black(1)).device(p.ChannelEvt, &p.Paused{Number: 1, Why: p.UserPaused}).
			console(p.ChannelMove, pointer(1)).device(p.ChannelScreen, black(2)).
			device(p.ChannelEvt, &p.Paused{Number: 2, Why: p.Runs}).console(p.ChannelMove, pointer(2)).Conversation,
		opened(t, "view is taken", "and everything that needs it has no effect any more").
			device(p.ChannelEvt, &p.Grants{Number: 4, Generation: 3}).console(p.ChannelInput, pointer(1)).
			console(p.ChannelInk, &p.Clear{Stroke: 1}).console(p.ChannelCtl, &p.Look{Number: 1}).
			console(p.ChannelScreen, &p.Ack{Number: 1}).Conversation,
		opened(t, "view is taken while paused", "and comes back paused").
			device(p.ChannelEvt, &p.Paused{Number: 1, Why: p.ScreenGone}).device(p.ChannelEvt, &p.Grants{Number: 4, Generation: 3}).
			console(p.ChannelInput, pointer(1)).device(p.ChannelEvt, &p.Grants{Number: 5, Generation: 4, Scopes: p.View}).
			console(p.ChannelInput, pointer(2)).Conversation,
		opened(t, "grants overtaken", "a snapshot with a lower number changes nothing").
			device(p.ChannelEvt, &p.Grants{Number: 2, Generation: 1}).console(p.ChannelMove, pointer(1)).
			device(p.ChannelEvt, &p.Paused{Number: 5, Why: p.UserPaused}).device(p.ChannelEvt, &p.Paused{Number: 4, Why: p.Runs}).
			console(p.ChannelMove, pointer(2)).Conversation,
		opened(t, "a stroke", "whose points come before its beginning").
			console(p.ChannelInk, &p.StrokePoints{Stroke: 1, Index: 1, Points: []uint16{5, 5}}).
			console(p.ChannelInk, &p.StrokeEnd{Stroke: 1, Points: 2}).
			console(p.ChannelInk, &p.StrokeBegin{Stroke: 1, Generation: 2, Colour: 0xe53935, Width: 4}).
			console(p.ChannelInk, &p.StrokePoints{Stroke: 1, Points: []uint16{1, 1}}).
			console(p.ChannelInk, &p.Undo{Stroke: 1}).Conversation,
		opened(t, "a click", "the pointer, the button down and up, a key and a text").
			console(p.ChannelMove, pointer(1)).console(p.ChannelInput, &p.Button{Number: 2, Generation: 2, X: 10, Y: 10, Down: true}).
			console(p.ChannelInput, &p.Button{Number: 3, Generation: 2, X: 10, Y: 10}).
			console(p.ChannelInput, &p.Key{Number: 4, Generation: 2, Code: "Enter", Down: true}).
			console(p.ChannelInput, &p.Held{Number: 5, Generation: 2, Codes: []string{"Enter"}}).
			console(p.ChannelInput, &p.Text{Number: 6, Generation: 2, Text: "Zwölf"}).
			device(p.ChannelEvt, &p.Hand{Number: 1, Why: p.LocalHand}).Conversation,
	}
}
