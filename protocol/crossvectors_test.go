package protocol

import "testing"

// crossVectors are written by hand: fields that must fit one another, and
// texts with a form of their own.
func crossVectors(t *testing.T) (list []vector) {
	for _, c := range []struct {
		name string
		k    Kind
		with map[int]any
		code Code
	}{
		{"capabilities out of order", KindHello, map[int]any{2: []int{2, 1}}, BadRange},
		{"a capability twice", KindHello, map[int]any{2: []int{1, 1}}, BadRange},
		{"unknown capabilities", KindHello, map[int]any{2: []int{0, 1000, 65535}}, 0},
		{"a name with a byte order mark", KindHello, map[int]any{3: "\ufeffAda"}, 0},
		{"a name with a zero", KindHello, map[int]any{3: "A\x00a"}, 0},
		{"capabilities out of order", KindWelcome, map[int]any{2: []int{2, 1}}, BadRange},
		{"a session of 15 digits", KindWelcome, map[int]any{3: "0123456789abcde"}, BadRange},
		{"a session of 17 digits", KindWelcome, map[int]any{3: "0123456789abcdef0"}, BadRange},
		{"a session in capitals", KindWelcome, map[int]any{3: "0123456789ABCDEF"}, BadRange},
		{"a session with a g", KindWelcome, map[int]any{3: "0123456789abcdeg"}, BadRange},
		{"a session and a line feed", KindWelcome, map[int]any{3: "0123456789abcdef\n"}, BadRange},
		{"no session", KindWelcome, map[int]any{3: ""}, BadRange},
		{"the last of its parts", KindPart, map[int]any{2: 1}, 0},
		{"index is count", KindPart, map[int]any{2: 2}, BadRange},
		{"index past count", KindPart, map[int]any{2: MaxParts - 1}, BadRange},
		{"nothing at all", KindUpdate, map[int]any{5: []int{}, 6: []int{}, 7: 0, 8: []byte{}, 9: []int{}}, 0},
		{"tiles that inflate to nothing", KindUpdate, map[int]any{7: 0}, BadRange},
		{"nothing that inflates", KindUpdate, map[int]any{8: []byte{}}, BadRange},
		{"no cursor", KindCursor, map[int]any{4: 0, 5: 0, 6: 0, 7: 0, 8: []byte{}}, 0},
		{"no cursor with a hot x", KindCursor, map[int]any{4: 0, 5: 0, 6: 1, 7: 0, 8: []byte{}}, BadRange},
		{"no cursor with a hot y", KindCursor, map[int]any{4: 0, 5: 0, 6: 0, 7: 1, 8: []byte{}}, BadRange},
		{"no cursor with pixels", KindCursor, map[int]any{4: 0, 5: 0, 6: 0, 7: 0, 8: []byte{1}}, BadRange},
		{"no width", KindCursor, map[int]any{4: 0, 6: 0}, BadRange},
		{"no height", KindCursor, map[int]any{5: 0, 7: 0}, BadRange},
		{"a plain arrow", KindCursor, map[int]any{8: []byte{}}, 0},
		{"hot x in the last column", KindCursor, map[int]any{6: 15}, 0},
		{"hot x past the last column", KindCursor, map[int]any{6: 16}, BadRange},
		{"hot y in the last row", KindCursor, map[int]any{7: 15}, 0},
		{"hot y past the last row", KindCursor, map[int]any{7: 16}, BadRange},
		{"an empty code among others", KindHeld, map[int]any{3: []string{"KeyA", ""}}, BadRange},
		{"a code twice", KindHeld, map[int]any{3: []string{"KeyA", "KeyA"}}, 0},
		{"a point without its y", KindStrokePoints, map[int]any{3: []int{1, 2, 3}}, BadRange},
		{"points past the last of a stroke", KindStrokePoints, map[int]any{2: MaxStroke - 1}, 0},
		{"an area and four numbers", KindMasks, map[int]any{4: []int{1, 0, 0, 1, 1, 1, 0, 0, 1}}, BadRange},
		{"code 7 is no reason", KindBye, map[int]any{1: 7}, BadRange},
		{"code 9 is no reason", KindBye, map[int]any{1: 9}, BadRange},
		{"code 26 is no reason", KindBye, map[int]any{1: 26}, BadRange},
		{"code 29 is no reason", KindError, map[int]any{2: 29}, BadRange},
		{"a text of two bytes a letter", KindText, map[int]any{3: "éééé"}, 0},
	} {
		way, on, in := where(c.k)
		base := vector{Direction: wayNames[way], Channel: channelNames[on], State: in.String()}
		kind, pairs := apart(t, samples()[c.k])
		for key, value := range c.with {
			pairs = instead(pairs, key, raw(t, value))
		}
		list = append(list, base.with(c.k.String()+" "+c.name, together(t, kind, pairs), verdictName(c.code), c.code))
	}
	return list
}

// sizeVectors are messages of the most bytes that may go each way, and one
// more: the size is checked before anything is read.
func sizeVectors(t *testing.T) (list []vector) {
	long := func(k Kind, size int) []byte {
		short := together(t, raw(t, uint8(k)), []pair{{raw(t, 1), raw(t, make([]byte, 3000))}})
		return together(t, raw(t, uint8(k)), []pair{{raw(t, 1), raw(t, make([]byte, 3000+size-len(short)))}})
	}
	toDevice := vector{Direction: "c>d", Channel: "ctl", State: "live"}
	toConsole := vector{Direction: "d>c", Channel: "screen", State: "live"}
	list = append(list,
		toDevice.with("the most bytes to the device", long(KindRequest, MaxToDevice), "refused", BadKeys),
		toDevice.with("one byte too many to the device", long(KindRequest, MaxToDevice+1), "refused", Size),
		toConsole.with("the most bytes to the console", fullUpdate(t, MaxToConsole), "ok", 0),
		toConsole.with("one byte too many to the console", fullUpdate(t, MaxToConsole+1), "refused", Size))
	return list
}

// fullUpdate is an update of so many bytes on the wire.
func fullUpdate(t *testing.T, size int) []byte {
	t.Helper()
	u := &Update{Number: 1, Moment: 1, Last: true, Inflated: 1, Tiles: make([]byte, size-100)}
	wire, err := Append(nil, u)
	if err == nil {
		u.Tiles = make([]byte, 2*size-100-len(wire))
		wire, err = Append(nil, u)
	}
	if err != nil || len(wire) != size {
		t.Fatalf("%d bytes instead of %d: %v", len(wire), size, err)
	}
	return wire
}
