package x11

import (
	"image"
	"io"
	"reflect"
	"testing"
)

// inputEvent is an event of XInput, as long as that kind's, with each field
// given by its place and its bytes.
func inputEvent(kind uint16, size int, fields map[int][]byte) Event {
	e := make(Event, size)
	e[0], e[1] = kindGeneric, 131
	le.PutUint16(e[8:], kind)
	for at, bytes := range fields {
		copy(e[at:], bytes)
	}
	return e
}

// TestRaw: what devices did is read, and nothing else taken for it.
func TestRaw(t *testing.T) {
	t.Parallel()
	d := &Devices{ext: extension{major: 131}}
	fields := map[int][]byte{10: {3, 0}, 12: {1, 2, 3, 4}, 16: {38, 0, 0, 0}, 20: {7, 0}}
	want := Raw{Device: 3, Source: 7, Time: 0x04030201, Detail: 38}
	for kind := range uint16(70) {
		got, ok := d.Raw(inputEvent(kind, headSize, fields))
		want.Kind = RawKind(kind)
		switch known := kind >= 13 && kind <= 17 || kind >= 22 && kind <= 24; {
		case ok != known:
			t.Errorf("kind %d: raw %v", kind, ok)
		case ok && got != want:
			t.Errorf("kind %d: %+v, want %+v", kind, got, want)
		}
	}
	other := inputEvent(13, headSize, fields)
	other[1] = 130
	if _, ok := d.Raw(other); ok {
		t.Error("took another extension's event")
	}
	if _, ok := d.Raw(answer(22, 131, 1)); ok {
		t.Error("took a core event")
	}
}

// TestPress: buttons and fingers, left and above of the root too; one byte less
// is none.
func TestPress(t *testing.T) {
	t.Parallel()
	d := &Devices{ext: extension{major: 131}}
	fields := map[int][]byte{
		16: {1, 0, 0, 0}, 24: {0x20, 0, 0x40, 0}, 32: {0xff, 0x80, 0x99, 1}, 36: {0, 0x80, 0xfe, 0xff}, 52: {6, 0},
	}
	want := Press{Source: 6, Window: 0x400020, At: image.Pt(0x199, -2), Button: 1}
	if got, ok := d.Press(inputEvent(4, 56, fields)); !ok || got != want {
		t.Errorf("button: %+v, %v, want %+v", got, ok, want)
	}
	want.Button = 0
	if got, ok := d.Press(inputEvent(18, 80, fields)); !ok || got != want {
		t.Errorf("finger: %+v, %v, want %+v", got, ok, want)
	}
	for kind, size := range map[uint16]int{4: 55, 18: 55, 5: 80, 6: 80, 15: 80, 19: 80} {
		if _, ok := d.Press(inputEvent(kind, size, fields)); ok {
			t.Errorf("kind %d of %d bytes is a press", kind, size)
		}
	}
}

// TestRearranged: devices that came or went, and not those that were only
// switched on or off or moved to another master; cut anywhere.
func TestRearranged(t *testing.T) {
	t.Parallel()
	d := &Devices{ext: extension{major: 131}}
	e := inputEvent(11, headSize, nil)
	for flag := range 8 {
		one := make([]byte, rearranged)
		one[0], one[8] = byte(flag+20), 1<<flag
		e = append(e, one...)
	}
	if got, ok := d.Rearranged(e); !ok || !reflect.DeepEqual(got, []uint16{20, 21, 22, 23}) {
		t.Errorf("%v, %v", got, ok)
	}
	for n := headSize; n < len(e); n++ {
		if got, ok := d.Rearranged(e[:n]); !ok || len(got) > (n-headSize)/rearranged {
			t.Errorf("%d bytes: %v, %v", n, got, ok)
		}
	}
	if _, ok := d.Rearranged(inputEvent(1, headSize, nil)); ok {
		t.Error("took another event")
	}
}

// deviceBytes is a device in a reply, with classes of these lengths.
func deviceBytes(id, use byte, name string, classes ...byte) []byte {
	b := []byte{id, 0, use, 0, 2, 0, byte(len(classes)), 0, byte(len(name)), 0, 1, 0}
	b = append(append(b, name...), make([]byte, -len(name)&3)...)
	for _, length := range classes {
		b = append(b, 0, 0, length, 0)
		b = append(b, make([]byte, max(0, int(length)-1)*4)...)
	}
	return b
}

// TestReadDevices: a list is read as far as it is whole, whatever it is cut to
// or altered to.
func TestReadDevices(t *testing.T) {
	t.Parallel()
	b := append(deviceBytes(4, UsePointer, "one", 3, 11, 11), deviceBytes(7, UseKeyboard, "four", 2)...)
	want := []Device{{4, UsePointer, true, "one"}, {7, UseKeyboard, true, "four"}}
	if got := readDevices(b); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for n := range b {
		readDevices(b[:n])
		bad := append([]byte(nil), b...)
		for _, v := range []byte{0, 1, 0xff} {
			bad[n] = v
			readDevices(bad)
		}
	}
}

// TestInjecting: an injecting device has such a name and the mark, set. One that
// has gone, or has a mark that is short, is none.
func TestInjecting(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	d := &Devices{ext: extension{major: 131}, c: c}
	property := func(number uint16, format byte, value ...byte) []byte {
		m := answer(kindReply, 0, number, value...)
		m[20] = format
		return m
	}
	go io.Copy(io.Discard, far)
	go func() {
		far.Write(answer(kindReply, 0, 1)) // the mark is not known
		atom := answer(kindReply, 0, 2)
		atom[8] = 200
		far.Write(atom)
		far.Write(property(3, 8, 1, 0, 0, 0))
		far.Write(property(4, 8, 0, 0, 0, 0))
		far.Write(property(5, 0))
		far.Write(property(6, 8))
		far.Write(answer(kindError, 131, 7))
		far.Write(property(8, 8, 1, 0, 0, 0))
		far.Close()
	}()
	all := []Device{
		{ID: 2, Name: "Virtual core pointer"}, {ID: 4, Name: "Virtual core XTEST pointer"}, {ID: 6, Name: "a XTEST pointer"},
		{ID: 7, Name: "b XTEST pointer"}, {ID: 8, Name: "c XTEST pointer"}, {ID: 9, Name: "d XTEST pointer"},
		{ID: 10, Name: "XTEST pointer of mine"}, {ID: 11, Name: "XTEST pointer"}, {ID: 300, Name: "e XTEST keyboard"},
	}
	if got, err := d.Test(all); err != nil || len(got) != 0 {
		t.Errorf("without a mark: %v, %v", got, err)
	}
	if got, err := d.Test(all); err != nil || !reflect.DeepEqual(got, []uint16{4, 300}) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := d.Test(all); err == nil {
		t.Error("no error after the end")
	}
}

// TestOpenDevices: XInput 2.2 and what is newer, nothing older.
func TestOpenDevices(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		major, minor byte
		good         bool
	}{{2, 2, true}, {2, 4, true}, {3, 0, true}, {2, 1, false}, {1, 9, false}} {
		c, far := server(t)
		go io.Copy(io.Discard, far)
		go func() {
			extension, version := answer(kindReply, 0, 1), answer(kindReply, 0, 2)
			extension[8], extension[9] = 1, 131
			version[8], version[10] = v.major, v.minor
			far.Write(extension)
			far.Write(version)
		}()
		if d, err := OpenDevices(c); err != nil || (d != nil) != v.good {
			t.Errorf("%+v: opened %v, %v", v, d != nil, err)
		}
	}
	c, far := server(t)
	go io.Copy(io.Discard, far)
	go far.Write(answer(kindReply, 0, 1)) // the extension is not there
	if d, err := OpenDevices(c); err != nil || d != nil {
		t.Errorf("without XInput: opened %v, %v", d != nil, err)
	}
}
