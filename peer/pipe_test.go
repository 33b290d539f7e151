package peer

import (
	"bytes"
	"errors"
	"testing"
	"testing/synctest"
)

// A picture sender on a Pipe sees its queue grow while the console rests, and is woken when it has drained.
func TestPipePacesUnderVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, console := Pipe()
		defer device.Close()
		part := make([]byte, 16<<10)
		for range 4 {
			if err := device.Send(Screen, part); err != nil {
				t.Fatal(err)
			}
		}
		device.SetLow(32 << 10)
		synctest.Wait()
		if got := device.Buffered(); got != 64<<10 {
			t.Fatalf("buffered %d with nobody reading, want %d", got, 64<<10)
		}
		<-console.Messages()
		synctest.Wait()
		mustBeQuiet(t, device.Low())
		<-console.Messages()
		synctest.Wait()
		mustBeReady(t, device.Low())
		device.SetLow(1 << 20)
		mustBeReady(t, device.Low())
	})
}

// What is urgent goes before pictures, as in SCTP, also when a picture was next.
func TestPipeSendsUnorderedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, console := Pipe()
		defer device.Close()
		_ = device.Send(Screen, []byte("picture"))
		synctest.Wait()
		_ = device.Send(Evt, []byte("bye"))
		synctest.Wait()
		for _, want := range []string{"bye", "picture"} {
			if m := <-console.Messages(); string(m.Data) != want {
				t.Fatalf("got %q, want %q", m.Data, want)
			}
		}
	})
}

func TestPipeQueueExactly(t *testing.T) {
	t.Parallel()
	for name, queue := range queues {
		t.Run(name, func(t *testing.T) {
			device, _ := Pipe()
			defer device.Close()
			queue(t, device)
		})
	}
}

var queues = map[string]func(*testing.T, Conn){"bytes": queueToTheByte, "messages": queueToTheMessage}

// The sender keeps its buffer, the receiver owns what it got.
func TestPipeCopies(t *testing.T) {
	device, console := Pipe()
	defer console.Close()
	data := []byte("first")
	if err := device.Send(Evt, data); err != nil {
		t.Fatal(err)
	}
	copy(data, "other")
	if m := <-console.Messages(); !bytes.Equal(m.Data, []byte("first")) {
		t.Fatalf("got %q", m.Data)
	}
}

func TestPipeEndsBothSides(t *testing.T) {
	device, console := Pipe()
	_ = device.Send(Evt, []byte("never taken"))
	_ = device.Close()
	<-console.Done()
	if _, more := <-console.Messages(); more {
		t.Error("a message came out of a closed pipe")
	}
	var ended *Ended
	if !errors.As(console.Err(), &ended) || ended.Code != CodeLost {
		t.Errorf("the console ended with %v, want code %d", console.Err(), CodeLost)
	}
	if !errors.Is(device.Err(), ErrClosed) {
		t.Errorf("the device ended with %v, want ErrClosed", device.Err())
	}
	if err := console.Send(Ctl, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("send after the end: %v", err)
	}
}

func mustBeReady(t *testing.T, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
	default:
		t.Fatal("no signal")
	}
}

func mustBeQuiet(t *testing.T, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
		t.Fatal("a signal too early")
	default:
	}
}
