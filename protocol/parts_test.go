package protocol

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
)

func parts(t *testing.T, data []byte, number uint32, size int) []*Part {
	t.Helper()
	wire, used, err := Split(data, number, size)
	if err != nil || !used {
		t.Fatalf("split: used %v, %v", used, err)
	}
	var list []*Part
	for _, w := range wire {
		if len(w) > MaxWhole {
			t.Errorf("part of %d bytes on the wire", len(w))
		}
		m, _, err := Decode(w, ToConsole, ChannelScreen, Live)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m.(*Part))
	}
	return list
}

func TestSplitAndJoin(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for number := uint32(1); number < 40; number++ {
		data := make([]byte, MaxWhole+1+random.IntN(MaxJoined-MaxWhole))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		j := &Joiner{done: number - 1}
		list := parts(t, data, number, MinPart+random.IntN(MaxPart-MinPart))
		for i, p := range list {
			whole, err := j.Add(p)
			if err != nil || (whole != nil) != (i == len(list)-1) {
				t.Fatalf("part %d of %d: %v", i, len(list), err)
			}
			if whole != nil && !bytes.Equal(whole, data) {
				t.Fatal("joined to something else")
			}
		}
	}
}

func TestJoinUnordered(t *testing.T) {
	data := bytes.Repeat([]byte("evt"), 20000)
	first, second := parts(t, data, 1, MaxPart), parts(t, data, 2, MaxPart)
	j := &Joiner{Unordered: true}
	order := append([]*Part{first[0], second[2]}, first[1:]...)
	order = append(order, second[3], second[0])
	for _, p := range order {
		if whole, err := j.Add(p); whole != nil || err != nil {
			t.Fatalf("message %d part %d: %v", p.Message, p.Index, err)
		}
	}
	if whole, err := j.Add(second[1]); err != nil || !bytes.Equal(whole, data) {
		t.Fatalf("the newer message did not come whole: %v", err)
	}
}

// TestJoinAfterDrop sees that a message which was abandoned in the middle
// makes room for the next, whole or in parts.
func TestJoinAfterDrop(t *testing.T) {
	data := bytes.Repeat([]byte("screen"), 9000)
	first, second, third := parts(t, data, 1, MaxPart), parts(t, data, 2, MaxPart), parts(t, data, 3, MaxPart)
	j := new(Joiner)
	var whole []byte
	var err error
	for _, p := range append(first[:2:2], second[0]) {
		if whole, err = j.Add(p); whole != nil || err != nil {
			t.Fatal(whole, err)
		}
	}
	j.Drop()
	for _, p := range third {
		if whole, err = j.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(whole, data) {
		t.Error("the message after the dropped ones did not come whole")
	}
}

func TestJoinRefuses(t *testing.T) {
	p := func(message, index, count uint32, size int) *Part {
		return &Part{message, index, count, make([]byte, size)}
	}
	cases := map[string][]*Part{
		"other message": {p(1, 0, 2, 9), p(2, 1, 2, 9)},
		"dropped":       {p(1, 0, 2, 9), p(2, 0, 2, 9), p(1, 1, 2, 9)},
		"other count":   {p(1, 0, 2, 9), p(1, 1, 3, 9)},
		"index skipped": {p(1, 0, 3, 9), p(1, 2, 3, 9)},
		"index twice":   {p(1, 0, 3, 9), p(1, 0, 3, 9)},
	}
	tooLong := []*Part{}
	for i := range uint32(17) {
		tooLong = append(tooLong, p(1, i, 17, MaxPart))
	}
	cases["too long"] = tooLong
	for name, list := range cases {
		var err error
		j := new(Joiner)
		for _, part := range list {
			_, err = j.Add(part)
		}
		var failure *Error
		if !errors.As(err, &failure) || failure.Code != BadData {
			t.Errorf("%s: %v", name, err)
		}
	}
}
