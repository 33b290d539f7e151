package peer

import (
	"encoding/binary"
	"errors"
	"sync"
	"testing"
)

// fill sends messages on Screen until no more is taken and says how many were.
func fill(t *testing.T, device Conn, size int) int {
	t.Helper()
	for n := 0; ; n++ {
		err := device.Send(Screen, number(n, size))
		if errors.Is(err, ErrFull) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if n > 2*(MaxQueued+WindowConsole)/size+2*MaxQueuedMessages {
			t.Fatal("the queue has no end")
		}
	}
}

// drain takes count messages in order.
func drain(t *testing.T, console Conn, count int) {
	t.Helper()
	for n := range count {
		if got := binary.BigEndian.Uint32(next(t, console).Data); got != uint32(n) {
			t.Fatalf("message %d came as number %d", got, n)
		}
	}
}

// With nobody reading, the queue takes its limit and not a byte more, and loses nothing of it.
func testQueuedBytes(t *testing.T, device, console Conn) {
	const size = MaxToConsole
	count := fill(t, device, size)
	if b := device.Buffered(); b > MaxQueued {
		t.Fatalf("%d bytes are queued, at most %d", b, MaxQueued)
	}
	if count < MaxQueued/size {
		t.Fatalf("full after %d bytes, want %d", count*size, MaxQueued)
	}
	drain(t, console, count)
	mustSend(t, device, Screen, []byte("there is room again"))
	next(t, console)
}

// queueToTheByte needs a connection on which nothing is acknowledged for now.
func queueToTheByte(t *testing.T, device Conn) {
	t.Helper()
	for range MaxQueued / MaxToConsole {
		mustSend(t, device, Screen, make([]byte, MaxToConsole))
	}
	const rest = MaxQueued % MaxToConsole
	if err := device.Send(Evt, make([]byte, rest+1)); !errors.Is(err, ErrFull) {
		t.Errorf("one byte too many: %v, want ErrFull", err)
	}
	if err := device.Send(Evt, make([]byte, rest)); err != nil {
		t.Errorf("exactly as much as fits: %v", err)
	}
	if err := device.Send(Ping, make([]byte, 1)); !errors.Is(err, ErrFull) {
		t.Errorf("one byte more: %v, want ErrFull", err)
	}
}

// queueToTheMessage is the same for the number of messages.
func queueToTheMessage(t *testing.T, device Conn) {
	t.Helper()
	for n := range MaxQueuedMessages {
		mustSend(t, device, []Channel{Screen, Evt, Ping}[n%3], []byte{1})
	}
	if err := device.Send(Evt, []byte{1}); !errors.Is(err, ErrFull) {
		t.Errorf("message %d: %v, want ErrFull", MaxQueuedMessages+1, err)
	}
}

func testQueuedMessages(t *testing.T, device, console Conn) {
	count := fill(t, device, 4)
	if count < MaxQueuedMessages {
		t.Fatalf("full after %d messages, want %d", count, MaxQueuedMessages)
	}
	drain(t, console, count)
	mustSend(t, device, Screen, []byte("there is room again"))
	next(t, console)
}

func testBufferedAndLow(t *testing.T, device, console Conn) {
	const size, mark = 32 << 10, 256 << 10
	count := fill(t, device, size)
	device.SetLow(mark)
	if b := device.Buffered(); b <= mark {
		t.Fatalf("only %d bytes are buffered of a full queue", b)
	}
	mustBeQuiet(t, device.Low())
	console.SetLow(0)
	<-console.Low() // nothing was ever sent: the mark is reached already
	var reader sync.WaitGroup
	reader.Go(func() { drain(t, console, count) })
	<-device.Low()
	if b := device.Buffered(); b > mark {
		t.Errorf("%d bytes are buffered at the low mark of %d", b, mark)
	}
	device.SetLow(0)
	for device.Buffered() > 0 {
		<-device.Low()
	}
	reader.Wait()
}

// Raising the mark above what is buffered signals: nothing else would wake the sender.
func testLowMarkRaised(t *testing.T, device, console Conn) {
	fill(t, device, 16<<10)
	device.SetLow(1000)
	mustBeQuiet(t, device.Low())
	device.SetLow(MaxQueued)
	<-device.Low()
}
