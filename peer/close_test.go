package peer

import (
	"errors"
	"sync"
	"testing"
)

func testClose(t *testing.T, here, there Conn) {
	if here.Err() != nil || there.Err() != nil {
		t.Fatalf("ended before the end: %v, %v", here.Err(), there.Err())
	}
	for range 2 {
		if err := here.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := ended(t, here); !errors.Is(err, ErrClosed) {
		t.Errorf("closed here: %v, want ErrClosed", err)
	}
	wantCode(t, there, CodeLost)
	for _, c := range []Conn{here, there} {
		if m, more := <-c.Messages(); more {
			t.Errorf("a message after the end: %v", m)
		}
		if err := c.Send(Ping, []byte("?")); !errors.Is(err, ErrClosed) {
			t.Errorf("send after the end: %v, want ErrClosed", err)
		}
	}
	if err := there.Close(); err != nil {
		t.Error(err)
	}
	wantCode(t, there, CodeLost)
}

// wantCode waits for the end of a connection, which must be for this reason.
func wantCode(t *testing.T, c Conn, want Code) {
	t.Helper()
	var e *Ended
	if err := ended(t, c); !errors.As(err, &e) || e.Code != want {
		t.Errorf("ended with %v, want code %d", err, want)
	}
}

// Stop means stop: what was queued does not leave any more.
func testCloseDrops(t *testing.T, device, console Conn) {
	count := fill(t, device, 16<<10)
	_ = device.Close()
	came := 0
	for range console.Messages() {
		came++
	}
	if came >= count {
		t.Fatal("everything that was queued still came")
	}
}

func testCloseWhileSending(t *testing.T, device, console Conn) {
	var senders sync.WaitGroup
	for range 4 {
		senders.Go(func() {
			for err := error(nil); !errors.Is(err, ErrClosed); {
				err = device.Send(Screen, make([]byte, 1000))
			}
		})
	}
	next(t, console)
	_ = device.Close()
	senders.Wait()
}
