package x11

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"net"
	"strings"
	"testing"
)

// server plays an X server: it reads what Conn sends and answers by script.
func server(t *testing.T) (*Conn, net.Conn) {
	t.Helper()
	ours, theirs := net.Pipe()
	c := newConn(ours)
	c.Setup = Setup{Root: 77, idBase: 0x400000, idMask: 0x1fffff, Depth: 24}
	t.Cleanup(func() { c.Close(); theirs.Close() })
	return c, theirs
}

// answer is a reply, an error or an event for the request of this number.
func answer(kind, detail byte, number uint16, body ...byte) []byte {
	m := make([]byte, headSize)
	m[0], m[1] = kind, detail
	le.PutUint16(m[2:], number)
	if kind == kindReply || kind == kindGeneric {
		le.PutUint32(m[4:], uint32(len(body)/4))
	}
	return append(m, body...)
}

// TestWait: events, and errors of requests without a reply, come in between.
func TestWait(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go func() {
		io.ReadFull(far, make([]byte, 3*8)) // three requests of two words
		far.Write(answer(kindError, 8, 1))
		far.Write(answer(22, 0, 1))
		far.Write(answer(kindGeneric, 9, 1, make([]byte, 400)...))
		far.Write(answer(kindReply, 0, 2, 1, 2, 3, 4))
		far.Write(answer(kindError, 3, 3))
	}()
	c.send(200, 1, 0)
	c.ask(200, 2, 0)
	c.ask(200, 3, 0)
	m, err := c.Wait()
	if err != nil || !bytes.Equal(m[headSize:], []byte{1, 2, 3, 4}) {
		t.Errorf("reply %v, error %v", m, err)
	}
	var refused *Error
	if _, err := c.Wait(); !errors.As(err, &refused) || refused.Code != 3 {
		t.Errorf("second request: %v", err)
	}
	if err := c.Settle(); err == nil || !strings.Contains(err.Error(), "BadMatch") {
		t.Errorf("first request: %v", err)
	}
	if err := c.Settle(); err != nil {
		t.Errorf("the error stayed: %v", err)
	}
}

// TestPump: replies reach Wait in order and whole, events reach the handler.
func TestPump(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	c.Handover()
	events, ended := make(chan byte, 10), make(chan error, 1)
	go func() { ended <- c.Pump(func(e Event) { events <- e[0] }) }()
	go func() {
		io.ReadFull(far, make([]byte, 2*4))
		far.Write(answer(kindReply, 0, 1, []byte("onetwothree!")...))
		far.Write(answer(22, 0, 1))
		far.Write(answer(kindReply, 0, 2, []byte("four")...))
		io.ReadFull(far, make([]byte, 4))
		far.Write(answer(kindReply, 0, 3))
		far.Close()
	}()
	c.ask(1, 0)
	c.ask(2, 0)
	for _, want := range []string{"onetwothree!", "four"} {
		if m, err := c.Wait(); err != nil || string(m[headSize:]) != want {
			t.Errorf("reply %q, error %v, want %q", m, err, want)
		}
	}
	c.ask(3, 0)
	if _, err := c.Wait(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, ErrClosed) || len(events) != 1 {
		t.Errorf("Pump ended with %v after %d events", err, len(events))
	}
	c.ask(4, 0)
	if _, err := c.Wait(); !errors.Is(err, ErrClosed) {
		t.Errorf("Wait after the end: %v", err)
	}
}

// TestReplyLimit: the largest reply is read, one that is larger is skipped
// without memory for it, and the connection goes on.
func TestReplyLimit(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go io.Copy(io.Discard, far)
	go func() {
		far.Write(answer(kindReply, 0, 1, make([]byte, maxBody)...))
		far.Write(answer(kindReply, 0, 2, make([]byte, maxBody+4)...))
		far.Write(answer(kindReply, 0, 3))
	}()
	for range 3 {
		c.ask(1, 0)
	}
	if m, err := c.Wait(); err != nil || len(m) != headSize+maxBody {
		t.Errorf("largest reply: %d bytes, error %v", len(m), err)
	}
	if _, err := c.Wait(); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("larger reply: %v", err)
	}
	if _, err := c.Wait(); err != nil || cap(c.buf) > headSize+maxBody {
		t.Errorf("afterwards: %v, buffer of %d bytes", err, cap(c.buf))
	}
}

// TestShortReplies: a server that sends less than it should is refused or read
// as empty, never past the end.
func TestShortReplies(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go io.Copy(io.Discard, far)
	monitor := make([]byte, monitorSize)
	le.PutUint16(monitor[6:], 1000)                  // outputs that are not there
	le.PutUint64(monitor[8:], 0x0010_0010_fff8_fff8) // 16x16 at -8,-8
	cursor := answer(kindReply, 0, 3)
	le.PutUint16(cursor[12:], 100) // 100x100 pixels that are not there
	le.PutUint16(cursor[14:], 100)
	go func() {
		far.Write(answer(kindReply, 0, 1, monitor...))
		far.Write(answer(kindReply, 0, 2, 1, 2, 3, 4)) // half a rectangle
		far.Write(cursor)
	}()
	bounds := image.Rect(0, 0, 100, 100)
	r, f := &Randr{c: c}, &Fixes{c: c}
	r.AskMonitors()
	f.AskRegion(1)
	f.AskCursor()
	if all, err := r.Monitors(bounds); err != nil || len(all) != 1 || all[0] != image.Rect(0, 0, 8, 8) {
		t.Errorf("monitors %v, error %v", all, err)
	}
	if all, err := f.Region(nil, bounds, 16); err != nil || len(all) != 0 {
		t.Errorf("region %v, error %v", all, err)
	}
	if s, err := f.Cursor(); err != nil || s.Size != (image.Point{}) {
		t.Errorf("cursor %v, error %v", s.Size, err)
	}
}

// TestRegionLimit: one rectangle more than wanted, and it is the extents.
func TestRegionLimit(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go io.Copy(io.Discard, far)
	f := &Fixes{c: c}
	for n, want := range map[int]int{0: 0, 1: 1, 16: 16, 17: 1, 100000: 1} {
		reply := answer(kindReply, 0, c.seq+1, make([]byte, n*rectSize)...)
		le.PutUint64(reply[8:], 0x0003_0064_0000_0000) // 100x3
		for i := range n {
			le.PutUint64(reply[headSize+i*rectSize:], 0x0001_0001_0000_0000|uint64(i%100))
		}
		go far.Write(reply)
		f.AskRegion(1)
		got, err := f.Region(nil, image.Rect(0, 0, 100, 100), 16)
		if err != nil || len(got) != want {
			t.Errorf("%d rectangles became %v, error %v", n, got, err)
		}
		if n > 16 && got[0] != image.Rect(0, 0, 100, 3) {
			t.Errorf("%d rectangles became %v", n, got)
		}
	}
}

// TestDamagedSetup: every shorter or altered greeting is refused or read, and
// none panics.
func TestDamagedSetup(t *testing.T) {
	t.Parallel()
	good := setupBytes()
	var s Setup
	if err := s.read(good, 0); err != nil || s.Root != 0x500 || s.Depth != 24 || s.Size != image.Pt(640, 480) ||
		s.Format != (Format{32, 32, 0xff0000, 0xff00, 0xff, false}) {
		t.Fatalf("%+v, error %v", s, err)
	}
	for n := range good {
		if err := new(Setup).read(good[:n], 0); err == nil {
			t.Errorf("%d of %d bytes are enough", n, len(good))
		}
		bad := bytes.Clone(good)
		bad[n] = 0xff
		new(Setup).read(bad, 0)
	}
	if err := new(Setup).read(good, 1); err == nil {
		t.Error("found a second screen")
	}
	le.PutUint32(good[8:], 0) // no resource numbers to give out
	if err := new(Setup).read(good, 0); err == nil {
		t.Error("accepted an empty range of resource numbers")
	}
}

// setupBytes is the setup of a server with one screen of 640x480x24.
func setupBytes() (b []byte) {
	u32 := func(all ...uint32) {
		for _, v := range all {
			b = le.AppendUint32(b, v)
		}
	}
	u16 := func(all ...uint16) {
		for _, v := range all {
			b = le.AppendUint16(b, v)
		}
	}
	u32(1, 0x200000, 0x1fffff, 256)
	u16(3, 65535)
	b = append(b, 1, 1, 0, 0, 32, 32, 8, 255, 0, 0, 0, 0)
	b = append(b, "abc\x00"...)
	b = append(b, 24, 32, 32, 0, 0, 0, 0, 0)
	u32(0x500, 0x20, 1, 0, 0)
	u16(640, 480, 100, 80, 1, 1)
	u32(0x21)
	b = append(b, 0, 0, 24, 1)
	b = append(b, 24, 0)
	u16(1)
	u32(0)
	u32(0x21)
	b = append(b, 4, 8)
	u16(256)
	u32(0xff0000, 0xff00, 0xff, 0)
	return b
}

func TestFindCookie(t *testing.T) {
	t.Parallel()
	entry := func(family uint16, fields ...string) []byte {
		b := binary.BigEndian.AppendUint16(nil, family)
		for _, f := range fields {
			b = append(binary.BigEndian.AppendUint16(b, uint16(len(f))), f...)
		}
		return b
	}
	file := bytes.Join([][]byte{
		entry(familyLocal, "here", "7", "XDM-AUTHORIZATION-1", "no"),
		entry(familyLocal, "elsewhere", "7", cookieName, "no"),
		entry(familyLocal, "here", "7", cookieName, "local"),
		entry(familyInternet, "\x0a\x00\x00\x01", "7", cookieName, "far"),
		entry(familyWild, "", "9", cookieName, "wild"),
	}, nil)
	far := net.IPv4(10, 0, 0, 1)
	for _, c := range []struct {
		p    peer
		want string
	}{
		{peer{"here", nil, "7"}, "local"},
		{peer{"here", net.IPv4(127, 0, 0, 1), "7"}, "local"},
		{peer{"here", far, "7"}, "far"},
		{peer{"here", far, "9"}, "wild"},
		{peer{"here", nil, "8"}, ""},
		{peer{"there", nil, "7"}, ""},
	} {
		if got := findCookie(file, c.p); string(got) != c.want {
			t.Errorf("%v: %q, want %q", c.p, got, c.want)
		}
	}
	for n := range file { // cut anywhere
		findCookie(file[:n], peer{"nobody", nil, "0"})
	}
}

func TestParseName(t *testing.T) {
	t.Parallel()
	for display, want := range map[string]name{
		":0":             {"", 0, 0},
		":12.3":          {"", 12, 3},
		"unix:1":         {"unix", 1, 0},
		"localhost:10.0": {"localhost", 10, 0},
		"[::1]:2":        {"::1", 2, 0},
		"host/unix:4":    {"host", 4, 0},
	} {
		if got, err := parseName(display); err != nil || got != want {
			t.Errorf("%q: %+v, %v", display, got, err)
		}
	}
	for _, display := range []string{"", "0", ":", ":a", ":1.a", ":-1", ":1.-1"} {
		if got, err := parseName(display); err == nil {
			t.Errorf("%q: %+v", display, got)
		}
	}
}

// TestEvents: each event is known by its number, also when another client sent
// it, and by no other.
func TestEvents(t *testing.T) {
	t.Parallel()
	d := &Damage{ext: extension{event: 91}}
	f := &Fixes{ext: extension{event: 87}}
	r := &Randr{ext: extension{event: 89}}
	i := &Input{ext: extension{major: 131}}
	know := map[string]func(Event) bool{
		"configured": Event.Configured, "drawn": d.Drawn, "cursor": f.CursorChanged, "randr": r.Changed, "moved": i.Moved,
	}
	event := func(first, second byte, kind uint16) Event {
		e := make(Event, headSize)
		e[0], e[1] = first, second
		le.PutUint16(e[8:], kind)
		return e
	}
	for _, c := range []struct {
		e    Event
		want string
	}{
		{event(22, 0, 0), "configured"}, {event(22|128, 0, 0), "configured"}, {event(21, 0, 0), ""},
		{event(91, 3, 0), "drawn"}, {event(92, 0, 0), ""},
		{event(88, 0, 0), "cursor"}, {event(87, 0, 0), ""},
		{event(89, 0, 0), "randr"}, {event(90, 0, 0), "randr"},
		{event(35, 131, 17), "moved"}, {event(35, 131, 6), "moved"}, {event(35, 131, 7), ""}, {event(35, 130, 17), ""},
	} {
		for name, is := range know {
			if is(c.e) != (name == c.want) {
				t.Errorf("event %d,%d taken for %s: %v", c.e[0], c.e[1], name, is(c.e))
			}
		}
	}
}
