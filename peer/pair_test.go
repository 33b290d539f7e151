package peer

import (
	"context"
	"testing"
	"time"
)

// patience is how long a test waits for what must come. It only decides how soon a broken test gives up.
const patience = 30 * time.Second

var loopback = Config{Loopback: true}

// connect opens a real connection within this process and closes it after the test.
func connect(tb testing.TB) (device, console Conn) {
	tb.Helper()
	device, console = open(tb)
	tb.Cleanup(func() { _, _ = device.Close(), console.Close() })
	return device, console
}

// open opens a real connection within this process.
func open(tb testing.TB) (device, console Conn) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	offering, err := Offer(ctx, loopback)
	if err != nil {
		tb.Fatal(err)
	}
	device, answer, err := Answer(ctx, loopback, offering.SDP())
	if err != nil {
		tb.Fatal(err)
	}
	console, err = offering.Accept(ctx, answer)
	if err != nil {
		tb.Fatal(err)
	}
	<-device.(*conn).opened // a device would wait for the console's first message
	return device, console
}

// next is the next message, which must come.
func next(tb testing.TB, c Conn) Message {
	tb.Helper()
	select {
	case m, more := <-c.Messages():
		if !more {
			tb.Fatalf("the connection ended: %v", c.Err())
		}
		return m
	case <-time.After(patience):
		tb.Fatal("no message came")
	}
	panic("unreachable")
}

// ended waits for the end of a connection and returns its reason.
func ended(tb testing.TB, c Conn) error {
	tb.Helper()
	select {
	case <-c.Done():
		return c.Err()
	case <-time.After(patience):
		tb.Fatal("the connection did not end")
	}
	panic("unreachable")
}
