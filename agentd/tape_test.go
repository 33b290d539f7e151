package agentd

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/panel"
	"telestrator/encode"
	"telestrator/peer"
	"telestrator/protocol"
)

// recordedRig is a rig whose session is recorded, with room for so many bytes.
func recordedRig(t *testing.T, room int64, test func(r *rig)) (path string) {
	t.Helper()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := newRigWith(t, Policy{}, func(s *Session) {
			var left atomic.Int64
			left.Store(room)
			s.record(newTape(filepath.Join(folder, "all.rec"), s.id, &left, slog.New(slog.DiscardHandler), s.changed))
		})
		path = filepath.Join(folder, "all-"+r.session.id+".rec")
		test(r)
		r.end()
	})
	return path
}

// readTape reads a recording whole.
func readTape(t *testing.T, path string) (all []protocol.Record) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	err = protocol.ReadRecording(bytes.NewReader(file), func(r protocol.Record) bool { all = append(all, r); return true })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTape: a recording has what was sent while view was allowed, in a file for
// this user alone, and its pictures are those that the console was shown.
func TestTape(t *testing.T) {
	t.Parallel()
	var shown, last []byte
	path := recordedRig(t, RecordMost, func(r *rig) {
		r.live()
		if got := r.session.snapshot().Recording; got != panel.RecordingOn {
			t.Errorf("the user is told %q", got)
		}
		if s := sign([]*Session{r.session}, false); s == nil || !s.Recorded {
			t.Errorf("the bar is told %+v", s)
		}
		r.paint(30)
		r.pass(time.Second)
		shown = bytes.Clone(r.picture().Pix)
		r.session.revoke(protocol.View)
		r.pass(time.Second)
	})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	all := readTape(t, path)
	first, _ := protocol.KindOf(all[0].Bytes)
	end, _ := protocol.KindOf(all[len(all)-1].Bytes)
	if first != protocol.KindGrants || end != protocol.KindGrants || all[0].Time != 0 {
		t.Errorf("it begins with %s at %d µs and ends with %s", first, all[0].Time, end)
	}
	decoder := encode.NewDecoder()
	for _, record := range all {
		if m, _, err := protocol.Decode(record.Bytes, record.Direction, record.Channel, protocol.Live); err != nil {
			t.Fatal(err)
		} else if update, ok := m.(*protocol.Update); ok {
			if err := decoder.Decode(update); err != nil {
				t.Fatal(err)
			}
			last = decoder.Picture().Pix
		}
	}
	if !bytes.Equal(last, shown) || len(last) == 0 {
		t.Error("the recording shows another picture")
	}
}

// TestTapeKeepsNothingTyped: not in any form, at any time.
func TestTapeKeepsNothingTyped(t *testing.T) {
	t.Parallel()
	path := recordedRig(t, RecordMost, func(r *rig) {
		r.working(protocol.Keyboard)
		g := r.session.generation
		r.send(peer.Input, &protocol.Text{Number: 1, Generation: g, Text: "geheim"})
		r.send(peer.Input, &protocol.Key{Number: 2, Generation: g, Code: "KeyG", Down: true})
		r.send(peer.Input, &protocol.Held{Number: 3, Generation: g, Codes: []string{"KeyG"}})
		r.pass(time.Second)
		r.raw(peer.Input, []byte("geheim"))
		r.pass(time.Second)
	})
	kinds := map[protocol.Kind]int{}
	withheld := 0
	for _, record := range readTape(t, path) {
		kind, _ := protocol.KindOf(record.Bytes)
		kinds[kind]++
		if len(record.Bytes) == 0 {
			withheld++
		}
		if bytes.Contains(record.Bytes, []byte("geheim")) || bytes.Contains(record.Bytes, []byte("KeyG")) {
			t.Errorf("%x", record.Bytes)
		}
	}
	if kinds[protocol.KindText] != 1 || kinds[protocol.KindKey] != 1 || kinds[protocol.KindHeld] != 1 || withheld != 1 {
		t.Errorf("%v, %d withheld", kinds, withheld)
	}
}

// TestTapeEnds: a recording that may not get larger ends with a whole record,
// and the user is told; the session goes on.
func TestTapeEnds(t *testing.T) {
	t.Parallel()
	const room = 1000
	path := recordedRig(t, room, func(r *rig) {
		r.live()
		for i := range 20 {
			r.paint(uint8(i))
			r.pass(time.Second)
		}
		if got := r.session.snapshot().Recording; got != panel.RecordingFull {
			t.Errorf("the user is told %q", got)
		}
		if s := sign([]*Session{r.session}, false); s == nil || s.Recorded {
			t.Errorf("the bar is told %+v", s)
		}
		r.same()
	})
	readTape(t, path)
	if info, err := os.Stat(path); err != nil || info.Size() > room || info.Size() == 0 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestTapeOfNothing: who is never allowed to see leaves no file.
func TestTapeOfNothing(t *testing.T) {
	t.Parallel()
	path := recordedRig(t, RecordMost, func(r *rig) {
		r.join()
		if err := r.session.answer(0); err != nil {
			t.Error(err)
		}
		r.pass(time.Second)
	})
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// TestTapeIsBounded: what waits for a disk that does not write is bounded, at
// the limit and one past it.
func TestTapeIsBounded(t *testing.T) {
	t.Parallel()
	var left atomic.Int64
	told := 0
	fresh := func() *tape {
		one := newTape("x.rec", "id", &left, slog.New(slog.DiscardHandler), func() { told++ })
		one.allow(true)
		return one
	}
	large, many := fresh(), fresh()
	for range maxTaped / (32 << 10) {
		large.note(protocol.ChannelScreen, protocol.ToConsole, make([]byte, 32<<10))
	}
	for range maxWaiting {
		many.note(protocol.ChannelScreen, protocol.ToConsole, []byte{0})
	}
	if large.told() != panel.RecordingOn || many.told() != panel.RecordingOn || told != 0 {
		t.Error("it ends too early")
	}
	for _, full := range []*tape{large, many} {
		full.note(protocol.ChannelScreen, protocol.ToConsole, []byte{0})
		if full.told() != panel.RecordingFailed || full.waiting != nil {
			t.Errorf("%s with %d messages", full.told(), len(full.waiting))
		}
	}
	if told != 2 {
		t.Errorf("the user was told %d times", told)
	}
}

// TestTapeTakesNoFile: a file that is there is left alone.
func TestTapeTakesNoFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.rec")
	there := filepath.Join(filepath.Dir(path), "a-id.rec")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var left atomic.Int64
	left.Store(RecordMost)
	one := newTape(path, "id", &left, slog.New(slog.DiscardHandler), func() {})
	one.allow(true)
	one.note(protocol.ChannelEvt, protocol.ToConsole, []byte{1})
	one.write()
	if text, err := os.ReadFile(there); err != nil || string(text) != "mine" || one.told() != panel.RecordingFailed {
		t.Errorf("%q, %v, %s", text, err, one.told())
	}
	if recordable(filepath.Join(there, "a.rec")) == nil || recordable(path) != nil || recordable("") != nil {
		t.Error("places for recordings are not told apart")
	}
}
