package fuzz

import (
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// What the targets of the channels seldom reach is deep inside a message that
// is well formed. These two fill the fields of every kind with any values: what
// a writer accepts a reader takes, and what it refuses is out of range.

func FuzzFieldsToDevice(f *testing.F)  { fields(f, protocol.ToDevice) }
func FuzzFieldsToConsole(f *testing.F) { fields(f, protocol.ToConsole) }

func fields(f *testing.F, way protocol.Direction) {
	all := samples(f, way)
	for i := range all {
		f.Add(uint8(i), []byte{0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12})
		f.Add(uint8(i), []byte{1, 255, 255, 255, 2, 127, 255, 255, 255, 3, 64, 0, 3, 1, 1, 2, 16, 0, 'K', 'e', 'y', 'A'})
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		s := all[int(which)%len(all)]
		bound.Check(t, func() { build(t, s, filler{data}) })
	})
}

func build(t *testing.T, s sample, from filler) {
	m := reflect.New(reflect.TypeOf(s.message).Elem())
	from.fill(m.Elem())
	message := m.Interface().(protocol.Message)
	wire, err := protocol.Append(nil, message)
	if err != nil {
		var failure *protocol.Error
		if !errors.As(err, &failure) || failure.Code != protocol.BadRange {
			t.Fatalf("%+v is not written: %v", message, err)
		}
		return
	}
	if read(t, s, wire, message) {
		decide(t, wire, s.way, s.on, s.in)
	}
}

// read reads a message as the other side does, in parts when it is long. It
// returns whether it went whole.
func read(t *testing.T, s sample, wire []byte, m protocol.Message) bool {
	t.Helper()
	if len(wire) <= protocol.MaxToDevice || s.way == protocol.ToConsole && len(wire) <= protocol.MaxWhole {
		got, _, err := protocol.Decode(wire, s.way, s.on, s.in)
		if err != nil || got.Kind() != m.Kind() {
			t.Fatalf("%x is written and not read: %v", wire, err)
		}
		return true
	}
	if s.way == protocol.ToDevice {
		return false // 8 KiB is less than all limits of a message together
	}
	whole := rejoin(t, wire, s)
	got, _, err := protocol.DecodeJoined(whole, s.on, s.in)
	if err != nil {
		t.Fatalf("%d bytes are written and not read: %v", len(wire), err)
	}
	same(t, wire, got)
	return false
}

// rejoin sends a message in parts.
func rejoin(t *testing.T, wire []byte, s sample) (whole []byte) {
	t.Helper()
	parts, _, err := protocol.Split(wire, 1, protocol.MaxPart)
	if err != nil {
		t.Fatalf("%d bytes are not split: %v", len(wire), err)
	}
	joiner := protocol.Joiner{Unordered: s.on == protocol.ChannelEvt}
	for _, part := range parts {
		m, _, err := protocol.Decode(part, s.way, s.on, s.in)
		if err != nil {
			t.Fatal(err)
		}
		if whole, err = joiner.Add(m.(*protocol.Part)); err != nil {
			t.Fatal(err)
		}
	}
	return whole
}

// filler makes values out of bytes, zeros once there are none.
type filler struct{ data []byte }

func (f *filler) bytes(n int) []byte {
	b := make([]byte, n)
	f.data = f.data[copy(b, f.data):]
	return b
}

// number has as many bytes as the first says, so that small ones are frequent.
func (f *filler) number() uint64 {
	var b [8]byte
	n := int(f.bytes(1)[0]) % 8
	copy(b[8-n:], f.bytes(n))
	return binary.BigEndian.Uint64(b[:])
}

// length is mostly short, and at times as long as what is left.
func (f *filler) length() int {
	n := int(binary.BigEndian.Uint16(f.bytes(2)))
	return min(n, len(f.data)+n%8)
}

func (f *filler) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(f.bytes(1)[0]&1 == 1)
	case reflect.String:
		v.SetString(strings.ToValidUTF8(string(f.bytes(f.length())), "?"))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(f.number() & (1<<v.Type().Bits() - 1))
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.number()<<(64-v.Type().Bits())) >> (64 - v.Type().Bits()))
	case reflect.Slice:
		f.fillSlice(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i))
			}
		}
	}
}

func (f *filler) fillSlice(v reflect.Value) {
	n := f.length()
	if v.Type().Elem().Kind() == reflect.Uint8 {
		v.SetBytes(f.bytes(n))
		return
	}
	list := reflect.MakeSlice(v.Type(), n, n)
	for i := range n {
		f.fill(list.Index(i))
	}
	v.Set(list)
}
