package peer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
)

// What every Conn does, proved on the real connection and on its twin in memory.
var conformance = []struct {
	name string
	test func(t *testing.T, device, console Conn)
}{
	{"order", testOrder},
	{"unordered reliable", testUnorderedReliable},
	{"sizes", testSizes},
	{"directions", testDirections},
	{"urgent first", testUrgentFirst},
	{"queued bytes", testQueuedBytes},
	{"queued messages", testQueuedMessages},
	{"buffered and low", testBufferedAndLow},
	{"low mark raised", testLowMarkRaised},
	{"data is copied", testCopies},
	{"many senders", testManySenders},
	{"device closes", func(t *testing.T, device, console Conn) { testClose(t, device, console) }},
	{"console closes", func(t *testing.T, device, console Conn) { testClose(t, console, device) }},
	{"close drops what is queued", testCloseDrops},
	{"close while sending", testCloseWhileSending},
}

func TestConn(t *testing.T) {
	t.Parallel()
	for _, c := range conformance {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			device, console := connect(t)
			c.test(t, device, console)
		})
	}
}

func TestPipe(t *testing.T) {
	t.Parallel()
	for _, c := range conformance {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				device, console := Pipe()
				defer device.Close()
				c.test(t, device, console)
			})
		})
	}
}

// number is a message that says which one it is.
func number(n, size int) []byte {
	return binary.BigEndian.AppendUint32(make([]byte, 0, size), uint32(n))[:size]
}

// mustSend sends or fails the test.
func mustSend(t *testing.T, c Conn, ch Channel, data []byte) {
	t.Helper()
	if err := c.Send(ch, data); err != nil {
		t.Fatalf("send %d bytes on %s: %v", len(data), ch, err)
	}
}

func testOrder(t *testing.T, device, console Conn) {
	const count = 500
	for _, way := range []struct {
		from, to Conn
		ch       Channel
	}{{console, device, Ctl}, {console, device, Input}, {console, device, Screen}, {device, console, Screen}} {
		for n := range count {
			mustSend(t, way.from, way.ch, number(n, 4+n))
		}
		for n := range count {
			m := next(t, way.to)
			if m.Channel != way.ch || !bytes.Equal(m.Data, number(n, 4+n)) {
				t.Fatalf("message %d of %s came as %d bytes on %s", n, way.ch, len(m.Data), m.Channel)
			}
		}
	}
}

func testUnorderedReliable(t *testing.T, device, console Conn) {
	const count = 500
	for _, way := range []struct {
		from, to Conn
		ch       Channel
	}{{device, console, Evt}, {console, device, Ink}} {
		for n := range count {
			mustSend(t, way.from, way.ch, number(n, 100))
		}
		seen := map[uint32]bool{}
		for range count {
			seen[binary.BigEndian.Uint32(next(t, way.to).Data)] = true
		}
		if len(seen) != count {
			t.Fatalf("%d of %d messages of %s came", len(seen), count, way.ch)
		}
	}
}

func testSizes(t *testing.T, device, console Conn) {
	for _, way := range []struct {
		from, to Conn
		ch       Channel
		limit    int
	}{{device, console, Screen, MaxToConsole}, {device, console, Evt, MaxToConsole},
		{console, device, Screen, MaxToDevice}, {console, device, Ctl, MaxToDevice}} {
		for _, size := range []int{0, 1, way.limit - 1, way.limit} {
			mustSend(t, way.from, way.ch, number(7, max(4, size))[:size])
			if m := next(t, way.to); len(m.Data) != size || m.Data == nil {
				t.Fatalf("%d bytes on %s came as %d", size, way.ch, len(m.Data))
			}
		}
		if err := way.from.Send(way.ch, make([]byte, way.limit+1)); !errors.Is(err, ErrTooLarge) {
			t.Fatalf("%d bytes on %s: %v, want ErrTooLarge", way.limit+1, way.ch, err)
		}
	}
}

func testDirections(t *testing.T, device, console Conn) {
	toDevice := map[Channel]bool{Ctl: true, Input: true, Move: true, Ink: true, Ping: true, Screen: true}
	toConsole := map[Channel]bool{Evt: true, Ping: true, Screen: true}
	for ch := range Screen + 2 {
		testDirection(t, console, device, ch, toDevice[ch])
		testDirection(t, device, console, ch, toConsole[ch])
	}
}

func testDirection(t *testing.T, from, to Conn, ch Channel, allowed bool) {
	t.Helper()
	err := from.Send(ch, []byte{byte(ch)})
	if !allowed {
		if !errors.Is(err, ErrDirection) {
			t.Fatalf("%s against its direction: %v, want ErrDirection", ch, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s: %v", ch, err)
	}
	if m := next(t, to); m.Channel != ch || !bytes.Equal(m.Data, []byte{byte(ch)}) {
		t.Fatalf("sent on %s, came as %v on %s", ch, m.Data, m.Channel)
	}
}

// What is urgent overtakes what is ordered: it does not wait until a full queue has drained. Far more is queued here
// than a device takes without reading, so that most of it has not left when the stroke is sent.
func testUrgentFirst(t *testing.T, device, console Conn) {
	const count = 100
	for range count {
		mustSend(t, console, Screen, make([]byte, MaxToDevice))
	}
	mustSend(t, console, Ink, []byte("stroke"))
	overtaken := count
	for next(t, device).Channel == Screen {
		overtaken--
	}
	if overtaken < count/2 {
		t.Fatalf("the stroke overtook only %d of %d queued messages", overtaken, count)
	}
}

func testCopies(t *testing.T, device, console Conn) {
	data := []byte("first")
	mustSend(t, device, Evt, data)
	copy(data, "other")
	first := next(t, console)
	mustSend(t, device, Evt, data)
	next(t, console)
	if string(first.Data) != "first" {
		t.Fatalf("got %q", first.Data)
	}
}

func testManySenders(t *testing.T, device, console Conn) {
	const senders, count = 8, 100
	var all sync.WaitGroup
	for range senders {
		all.Go(func() {
			for n := range count {
				if err := console.Send(Ctl, number(n, 64)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range senders * count {
		next(t, device)
	}
	all.Wait()
}
