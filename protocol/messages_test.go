package protocol

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// samples has one valid message of every kind; a kind without one fails.
func samples() map[Kind]Message {
	list := []Message{
		&Hello{1, []Capability{1, 2, 3}, "Ada"},
		&Welcome{1, []Capability{1}, "0123456789abcdef", "kiosk", WelcomeLimits()},
		&Ready{},
		&Request{1, View | Ink, "to help"},
		&Grants{1, 2, View, Ink, 1},
		&Refresh{1},
		&Paused{1, UserPaused},
		&Hand{1, LocalHand},
		&Rate{1, 32000}, &Meter{1, 32000, 123456},
		&Masks{1, 2, FieldsMasked, []uint32{SecretField, 10, 20, 300, 40, UnknownWindow, 0, 100, 640, 380}},
		&Refusal{1, Refused, "not now"},
		&Bye{Stopped, "the user ended it"},
		&Ping{1, false, 123456},
		&Look{1, 1920, 0, 1280, 1024, 640, 0},
		&Part{1, 0, 2, []byte("half")},
		&Update{1, 1, true, 5, []uint32{1, 640, 480, 0, 0, 640, 480, 0, 0, 640, 480}, []uint32{0, 0, 8, 8, 16, 16}, 10, []byte("deflate"), []JPEG{{X: 1, Y: 2, W: 3, H: 4, Data: []byte("jpeg")}}},
		&Ack{1, 900},
		&Cursor{1, 10, 20, 16, 16, 1, 2, []byte("pixels")},
		&Pointer{7, 4, 640, 400},
		&Button{8, 4, 640, 400, 2, true},
		&Wheel{9, 4, 640, 400, -1, 10},
		&Key{10, 4, "Enter", true},
		&Held{11, 4, []string{"ShiftLeft"}},
		&Text{12, 4, "Zwölf €"},
		&StrokeBegin{1, 4, 0xe53935, 4, 0},
		&StrokePoints{1, 0, []uint16{1, 2, 3, 4}},
		&StrokeEnd{1, 2},
		&Undo{1},
		&Clear{1},
	}
	byKind := map[Kind]Message{}
	for _, m := range list {
		byKind[m.Kind()] = m
	}
	return byKind
}

// where returns a way, channel and state in which a kind is taken.
func where(k Kind) (Direction, Channel, State) {
	for _, way := range []Direction{ToDevice, ToConsole} {
		for on := ChannelCtl; on <= ChannelScreen; on++ {
			for in := Opening; in < Over; in++ {
				if kinds[k].channels[way]&(1<<on) != 0 && Judge(way, in, k) == Take {
					return way, on, in
				}
			}
		}
	}
	panic("no way for kind")
}

// TestEveryKind goes through all kinds: there and back, every prefix refused,
// one byte more refused, another channel refused.
func TestEveryKind(t *testing.T) {
	all := samples()
	for k := range kinds {
		m, ok := all[k]
		if !ok {
			t.Errorf("no sample of %s", k)
			continue
		}
		t.Run(k.String(), func(t *testing.T) { roundTrip(t, m) })
	}
}

func roundTrip(t *testing.T, m Message) {
	wire, err := Append(nil, m)
	if err != nil {
		t.Fatal(err)
	}
	way, on, in := where(m.Kind())
	back, drop, err := Decode(wire, way, on, in)
	if err != nil || drop || !reflect.DeepEqual(back, m) {
		t.Fatalf("%+v came back as %+v, drop %v, %v", m, back, drop, err)
	}
	for n := range wire {
		wantCode(t, wire[:n], way, on, in, Form)
	}
	wantCode(t, append(wire[:len(wire):len(wire)], 0), way, on, in, Form)
	for other := ChannelCtl; other <= ChannelScreen; other++ {
		if kinds[m.Kind()].channels[way]&(1<<other) == 0 {
			wantCode(t, wire, way, other, in, BadWay)
		}
	}
}

func wantCode(t *testing.T, wire []byte, way Direction, on Channel, in State, code Code) {
	t.Helper()
	_, _, err := Decode(wire, way, on, in)
	var failure *Error
	if !errors.As(err, &failure) || failure.Code != code {
		t.Errorf("%x: %v, want code %s", wire, err, code)
	}
}

// TestMutations changes bytes of valid messages: whatever is accepted encodes
// to itself, and nothing panics.
func TestMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for k, m := range samples() {
		wire, err := Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		way, on, in := where(k)
		for range 4000 {
			mutant := append([]byte(nil), wire...)
			for range 1 + random.IntN(3) {
				mutant[random.IntN(len(mutant))] = byte(random.Uint32())
			}
			encodesToItself(t, mutant, way, on, in)
		}
	}
}

func encodesToItself(t *testing.T, wire []byte, way Direction, on Channel, in State) {
	t.Helper()
	m, _, err := Decode(wire, way, on, in)
	if err != nil {
		return
	}
	again, err := Append(nil, m)
	if err != nil || string(again) != string(wire) {
		t.Errorf("%x was accepted and encodes to %x (%v)", wire, again, err)
	}
}

// TestSize sees the message limits: the exact size passes the check of size.
func TestSize(t *testing.T) {
	wantCode(t, make([]byte, MaxToDevice+1), ToDevice, ChannelCtl, Live, Size)
	wantCode(t, make([]byte, MaxToDevice), ToDevice, ChannelCtl, Live, Form)
	wantCode(t, make([]byte, MaxToConsole+1), ToConsole, ChannelScreen, Live, Size)
	wantCode(t, make([]byte, MaxToConsole), ToConsole, ChannelScreen, Live, Form)
}

// TestLimits takes each message to its limit and one past it.
func TestLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	cases := []struct {
		name     string
		at, past Message
	}{
		{"name", &Hello{1, nil, long(MaxName)}, &Hello{1, nil, long(MaxName + 1)}},
		{"capabilities", &Hello{1, counting(MaxCaps), ""}, &Hello{1, counting(MaxCaps + 1), ""}},
		{"reason", &Request{1, View, long(MaxReason)}, &Request{1, View, long(MaxReason + 1)}},
		{"scopes", &Request{1, AllScopes, ""}, &Request{1, AllScopes + 1, ""}},
		{"number", &Ack{MaxNumber, 0}, &Ack{MaxNumber + 1, 0}},
		{"button", &Button{1, 1, 0, 0, MaxButton, true}, &Button{1, 1, 0, 0, MaxButton + 1, true}},
		{"wheel", &Wheel{1, 1, 0, 0, -MaxWheel, MaxWheel}, &Wheel{1, 1, 0, 0, 0, MaxWheel + 1}},
		{"code", &Key{1, 1, long(MaxCode), true}, &Key{1, 1, long(MaxCode + 1), true}},
		{"text", &Text{1, 1, long(MaxTyped)}, &Text{1, 1, long(MaxTyped + 1)}},
		{"held", &Held{1, 1, make10("KeyA", MaxHeld)}, &Held{1, 1, make10("KeyA", MaxHeld+1)}},
		{"width", &StrokeBegin{1, 1, 0, MaxWidth, MaxFade}, &StrokeBegin{1, 1, 0, MaxWidth + 1, 0}},
		{"fade", &StrokeBegin{1, 1, 0xffffff, 1, MaxFade}, &StrokeBegin{1, 1, 0, 1, MaxFade + 1}},
		{"points", &StrokePoints{1, 0, make([]uint16, 2*MaxPoints)}, &StrokePoints{1, 0, make([]uint16, 2*MaxPoints+2)}},
		{"hand", &Hand{1, UserAsked}, &Hand{1, UserAsked + 1}},
		{"masks", &Masks{1, 1, ChosenOnly, masks(MaxMasks)}, &Masks{1, 1, ChosenOnly, masks(MaxMasks + 1)}},
		{"rate", &Rate{1, MaxInteger}, &Rate{1, MaxInteger + 1}},
		{"cap", &Meter{1, MaxInteger, 0}, &Meter{1, MaxInteger + 1, 0}},
		{"metered", &Meter{1, 0, MaxInteger}, &Meter{1, 0, MaxInteger + 1}},
		{"protection", &Masks{1, 1, ChosenOnly, nil}, &Masks{1, 1, ChosenOnly + 1, nil}},
		{"why of a mask", &Masks{1, 1, 0, []uint32{UnknownWindow, 0, 0, 1, 1}}, &Masks{1, 1, 0, []uint32{UnknownWindow + 1, 0, 0, 1, 1}}},
		{"no why of a mask", &Masks{1, 1, 0, []uint32{SecretField, 0, 0, 1, 1}}, &Masks{1, 1, 0, []uint32{SecretField - 1, 0, 0, 1, 1}}},
		{"place of a mask", &Masks{1, 1, 0, []uint32{1, 65535, 65535, 1, 1}}, &Masks{1, 1, 0, []uint32{1, 65536, 0, 1, 1}}},
		{"size of a mask", &Masks{1, 1, 0, []uint32{1, 0, 0, MaxSide, 1}}, &Masks{1, 1, 0, []uint32{1, 0, 0, MaxSide + 1, 1}}},
		{"width of a mask", &Masks{1, 1, 0, []uint32{1, 0, 0, 1, 1}}, &Masks{1, 1, 0, []uint32{1, 0, 0, 0, 1}}},
		{"whole masks", &Masks{1, 1, 0, masks(1)}, &Masks{1, 1, 0, masks(1)[:4]}},
		{"generation of masks", &Masks{1, MaxNumber, 0, nil}, &Masks{1, MaxNumber + 1, 0, nil}},
		{"stroke", &StrokeEnd{1, MaxStroke}, &StrokeEnd{1, MaxStroke + 1}},
		{"cursor", &Cursor{1, 0, 0, MaxCursor, MaxCursor, 255, 255, nil}, &Cursor{1, 0, 0, MaxCursor + 1, 1, 0, 0, nil}},
		{"part", &Part{1, 255, MaxParts, make([]byte, MaxPart)}, &Part{1, 0, MaxParts + 1, []byte{1}}},
		{"part bytes", &Part{1, 0, 2, make([]byte, MaxPart)}, &Part{1, 0, 2, make([]byte, MaxPart+1)}},
		{"side", &Update{1, 1, true, 0, []uint32{1, MaxSide, 2048, 0, 0, MaxSide, 2048}, nil, 0, nil, nil}, &Update{1, 1, true, 0, []uint32{1, MaxSide, 1, 0, 0, MaxSide + 1, 1}, nil, 0, nil, nil}},
		{"area", &Update{1, 1, true, 0, []uint32{1, 8192, 4096, 0, 0, 8192, 4096}, nil, 0, nil, nil}, &Update{1, 1, true, 0, []uint32{1, 8192, 4096, 0, 0, 8192, 4097}, nil, 0, nil, nil}},
		{"inflated", &Update{1, 1, true, 0, nil, nil, MaxInflated, []byte{0}, nil}, &Update{1, 1, true, 0, nil, nil, MaxInflated + 1, []byte{0}, nil}},
		{"contents", &Update{1, 1, true, 0, nil, nil, 1, make([]byte, MaxUpdate), nil}, &Update{1, 1, true, 0, nil, nil, 1, make([]byte, MaxUpdate+1), nil}},
		{"monitors", &Update{1, 1, true, 0, monitors(MaxMonitors), nil, 0, nil, nil}, &Update{1, 1, true, 0, monitors(MaxMonitors + 1), nil, 0, nil, nil}},
		{"copies", &Update{1, 1, true, 0, nil, copies(MaxCopies), 0, nil, nil}, &Update{1, 1, true, 0, nil, copies(MaxCopies + 1), 0, nil, nil}},
	}
	for _, c := range cases {
		if _, err := Append(nil, c.at); err != nil {
			t.Errorf("%s: at the limit: %v", c.name, err)
		}
		var failure *Error
		if _, err := Append(nil, c.past); !errors.As(err, &failure) || failure.Code != BadRange {
			t.Errorf("%s: past the limit: %v", c.name, err)
		}
	}
}

func counting(n int) []Capability {
	list := make([]Capability, n)
	for i := range list {
		list[i] = Capability(i)
	}
	return list
}

func make10(code string, n int) []string {
	return strings.Split(strings.TrimSuffix(strings.Repeat(code+" ", n), " "), " ")
}

func monitors(n int) []uint32 {
	reset := []uint32{1, 640, 480, 0, 0, 640, 480}
	for range n {
		reset = append(reset, 0, 0, 640, 480)
	}
	return reset
}

func masks(n int) []uint32 {
	var list []uint32
	for range n {
		list = append(list, RuledWindow, 65535, 65535, MaxSide, MaxSide)
	}
	return list
}

func copies(n int) []uint32 {
	var list []uint32
	for range n {
		list = append(list, 0, 0, 8, 8, 16, 16)
	}
	return list
}

func BenchmarkDecodePointer(b *testing.B) {
	wire, _ := Append(nil, &Pointer{7, 4, 640, 400})
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Decode(wire, ToDevice, ChannelMove, Live); err != nil {
			b.Fatal(err)
		}
	}
}
