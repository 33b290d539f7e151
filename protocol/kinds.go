package protocol

// Kind numbers a message. SPEC.md 4.
type Kind uint8

// The kinds of SPEC.md 4.
const (
	KindHello        Kind = 1
	KindWelcome      Kind = 2
	KindReady        Kind = 3
	KindRequest      Kind = 4
	KindGrants       Kind = 5
	KindRefresh      Kind = 6
	KindPaused       Kind = 7
	KindError        Kind = 8
	KindBye          Kind = 9
	KindPing         Kind = 10
	KindHand         Kind = 11
	KindMasks        Kind = 12
	KindLook         Kind = 13
	KindRate         Kind = 14
	KindMeter        Kind = 15
	KindPart         Kind = 16
	KindUpdate       Kind = 17
	KindAck          Kind = 18
	KindCursor       Kind = 19
	KindPointer      Kind = 32
	KindButton       Kind = 33
	KindWheel        Kind = 34
	KindKey          Kind = 35
	KindHeld         Kind = 36
	KindText         Kind = 37
	KindStrokeBegin  Kind = 48
	KindStrokePoints Kind = 49
	KindStrokeEnd    Kind = 50
	KindUndo         Kind = 51
	KindClear        Kind = 52
)

// Channel is one of the seven data channels, by its id. SPEC.md 2.
type Channel uint8

// The channels of SPEC.md 2.
const (
	ChannelCtl Channel = iota
	ChannelEvt
	ChannelInput
	ChannelMove
	ChannelInk
	ChannelPing
	ChannelScreen
)

// Direction is the way a message goes.
type Direction uint8

// The two directions.
const (
	ToDevice Direction = iota
	ToConsole
)

// Other returns the direction back.
func (d Direction) Other() Direction { return 1 - d }

// kind is a row of the table of SPEC.md 4.
type kind struct {
	name      string
	channels  [2]channels // by direction
	signature string
	make      func() Message
}

// channels is a set of channels, a bit each.
type channels uint8

const (
	onCtl channels = 1 << iota
	onEvt
	onInput
	onMove
	onInk
	onPing
	onScreen
)

// kinds is the table of SPEC.md 4; a test compares the two.
var kinds = map[Kind]kind{
	KindHello:        {"hello", [2]channels{onCtl, 0}, "uUt", func() Message { return new(Hello) }},
	KindWelcome:      {"welcome", [2]channels{0, onEvt}, "uUttU", func() Message { return new(Welcome) }},
	KindReady:        {"ready", [2]channels{onCtl, 0}, "", func() Message { return new(Ready) }},
	KindRequest:      {"request", [2]channels{onCtl, 0}, "uut", func() Message { return new(Request) }},
	KindGrants:       {"grants", [2]channels{0, onEvt}, "uuuuu", func() Message { return new(Grants) }},
	KindRefresh:      {"refresh", [2]channels{onCtl, 0}, "u", func() Message { return new(Refresh) }},
	KindPaused:       {"paused", [2]channels{0, onEvt}, "uu", func() Message { return new(Paused) }},
	KindError:        {"error", [2]channels{0, onEvt}, "uut", func() Message { return new(Refusal) }},
	KindBye:          {"bye", [2]channels{onCtl, onEvt}, "ut", func() Message { return new(Bye) }},
	KindPing:         {"ping", [2]channels{onPing, onPing}, "ubu", func() Message { return new(Ping) }},
	KindHand:         {"hand", [2]channels{0, onEvt}, "uu", func() Message { return new(Hand) }},
	KindMasks:        {"masks", [2]channels{0, onEvt}, "uuuU", func() Message { return new(Masks) }},
	KindLook:         {"look", [2]channels{onCtl, 0}, "uuuuuuu", func() Message { return new(Look) }},
	KindRate:         {"rate", [2]channels{onCtl, 0}, "uu", func() Message { return new(Rate) }},
	KindMeter:        {"meter", [2]channels{0, onEvt}, "uuu", func() Message { return new(Meter) }},
	KindPart:         {"part", [2]channels{0, onEvt | onScreen}, "uuuy", func() Message { return new(Part) }},
	KindUpdate:       {"update", [2]channels{0, onScreen}, "uubuUUuyJ", func() Message { return new(Update) }},
	KindAck:          {"ack", [2]channels{onScreen, 0}, "uu", func() Message { return new(Ack) }},
	KindCursor:       {"cursor", [2]channels{0, onEvt}, "uuuuuuuy", func() Message { return new(Cursor) }},
	KindPointer:      {"pointer", [2]channels{onMove | onInput, 0}, "uuuu", func() Message { return new(Pointer) }},
	KindButton:       {"button", [2]channels{onInput, 0}, "uuuuub", func() Message { return new(Button) }},
	KindWheel:        {"wheel", [2]channels{onInput, 0}, "uuuuii", func() Message { return new(Wheel) }},
	KindKey:          {"key", [2]channels{onInput, 0}, "uutb", func() Message { return new(Key) }},
	KindHeld:         {"held", [2]channels{onInput, 0}, "uuT", func() Message { return new(Held) }},
	KindText:         {"text", [2]channels{onInput, 0}, "uut", func() Message { return new(Text) }},
	KindStrokeBegin:  {"stroke-begin", [2]channels{onInk, 0}, "uuuuu", func() Message { return new(StrokeBegin) }},
	KindStrokePoints: {"stroke-points", [2]channels{onInk, 0}, "uuU", func() Message { return new(StrokePoints) }},
	KindStrokeEnd:    {"stroke-end", [2]channels{onInk, 0}, "uu", func() Message { return new(StrokeEnd) }},
	KindUndo:         {"undo", [2]channels{onInk, 0}, "u", func() Message { return new(Undo) }},
	KindClear:        {"clear", [2]channels{onInk, 0}, "u", func() Message { return new(Clear) }},
}

// String returns the name of SPEC.md 4.
func (k Kind) String() string {
	if row, ok := kinds[k]; ok {
		return row.name
	}
	return "unknown"
}
