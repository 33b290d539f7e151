package fuzz

import (
	"bytes"
	"errors"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// FuzzRecording reads any file as a recording: it is one, or it is refused, and
// what was read before says the same when it is written and read again.
func FuzzRecording(f *testing.F) {
	f.Add([]byte{})
	f.Add(recording(f, nil))
	var all []protocol.Record
	for _, way := range ways {
		for _, s := range samples(f, way) {
			all = append(all, protocol.Record{Channel: s.on, Direction: way, Bytes: s.wire})
		}
	}
	f.Add(recording(f, all))
	f.Add(recording(f, all)[:100])
	f.Add(append(recording(f, nil), 4, 0, 0, 0)) // a record of 64 MiB
	f.Fuzz(func(t *testing.T, file []byte) {
		bound.Check(t, func() { replay(t, file) })
	})
}

func replay(t *testing.T, file []byte) {
	list, err := records(file)
	if err != nil && !errors.Is(err, protocol.ErrRecording) {
		t.Fatal(err)
	}
	for _, r := range list {
		_, _ = protocol.KindOf(r.Bytes)
		_, _ = protocol.Diagnose(r.Bytes)
	}
	again, err := records(recording(t, list))
	if err != nil || len(again) != len(list) {
		t.Fatalf("%d records were written and %d read: %v", len(list), len(again), err)
	}
	for i, r := range again {
		if r.Channel != list[i].Channel || r.Direction != list[i].Direction || !bytes.Equal(r.Bytes, list[i].Bytes) {
			t.Fatalf("record %d was %+v and is %+v", i, list[i], r)
		}
	}
}

func records(file []byte) (list []protocol.Record, err error) {
	err = protocol.ReadRecording(bytes.NewReader(file), func(r protocol.Record) bool {
		list = append(list, r)
		return true
	})
	return list, err
}

func recording(tb testing.TB, list []protocol.Record) []byte {
	tb.Helper()
	var file bytes.Buffer
	r, err := protocol.NewRecorder(&file)
	for i := 0; err == nil && i < len(list); i++ {
		err = r.Write(list[i].Channel, list[i].Direction, list[i].Bytes)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}
