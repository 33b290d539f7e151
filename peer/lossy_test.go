package peer

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// wire is a UDP forwarder between a console and a device whose cable can be pulled.
type wire struct {
	console, device *net.UDPConn
	cut             atomic.Bool
	dropped         chan int                    // bytes of each encrypted packet of the console that met the cut
	caller          atomic.Pointer[net.UDPAddr] // the console
}

// newWire forwards between whoever calls its port and a device's address until the test ends.
func newWire(t *testing.T, device *net.UDPAddr) *wire {
	t.Helper()
	front, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(t, err)
	back, err := net.DialUDP("udp4", nil, device)
	must(t, err)
	w := &wire{console: front, device: back, dropped: make(chan int, 1000)}
	var loops sync.WaitGroup
	loops.Go(w.toDevice)
	loops.Go(w.toConsole)
	t.Cleanup(func() {
		_ = front.Close()
		_ = back.Close()
		loops.Wait()
	})
	return w
}

func (w *wire) toDevice() {
	packet := make([]byte, 2000)
	for {
		n, from, err := w.console.ReadFromUDP(packet)
		if err != nil {
			return
		}
		w.caller.Store(from)
		switch {
		case !w.cut.Load():
			_, _ = w.device.Write(packet[:n])
		case n > 0 && packet[0] >= 20 && packet[0] < 64: // DTLS, and neither STUN nor TURN
			w.dropped <- n
		}
	}
}

func (w *wire) toConsole() {
	packet := make([]byte, 2000)
	for {
		n, err := w.device.Read(packet)
		if err != nil {
			return
		}
		if to := w.caller.Load(); to != nil && !w.cut.Load() {
			_, _ = w.console.WriteToUDP(packet[:n], to)
		}
	}
}

var candidateLine = regexp.MustCompile(`(?m)^a=candidate:.*\r\n`)

// connectByWire opens a connection whose only way is over a wire.
func connectByWire(t *testing.T) (device, console Conn, w *wire) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	offering, err := Offer(ctx, loopback)
	must(t, err)
	device, answer, err := Answer(ctx, loopback, candidateLine.ReplaceAll(offering.SDP(), nil))
	must(t, err)
	t.Cleanup(func() { _ = device.Close() })
	w = newWire(t, addressIn(t, answer))
	port := w.console.LocalAddr().(*net.UDPAddr).Port
	ours := fmt.Sprintf("a=candidate:1 1 udp 2130706431 127.0.0.1 %d typ host\r\n", port)
	bare := candidateLine.ReplaceAllString(string(answer), "")
	console, err = offering.Accept(ctx, []byte(strings.Replace(bare, "a=mid:", ours+"a=mid:", 1)))
	must(t, err)
	t.Cleanup(func() { _ = console.Close() })
	<-device.(*conn).opened
	return device, console, w
}

// addressIn is the IPv4 loopback address in a description.
func addressIn(t *testing.T, description []byte) *net.UDPAddr {
	t.Helper()
	for _, line := range candidateLine.FindAllString(string(description), -1) {
		if f := strings.Fields(line); f[4] == "127.0.0.1" {
			address, err := net.ResolveUDPAddr("udp4", f[4]+":"+f[5])
			must(t, err)
			return address
		}
	}
	t.Fatal("no candidate on 127.0.0.1")
	return nil
}

// Silence of a few seconds ends the connection on both sides, without waiting for the transport to give up.
func TestSilenceEnds(t *testing.T) {
	t.Parallel()
	device, console, w := connectByWire(t)
	mustSend(t, console, Ctl, []byte("hello"))
	next(t, device)
	w.cut.Store(true)
	wantCode(t, device, CodeLost)
	wantCode(t, console, CodeLost)
}

// drop sends a message into the cut wire and waits until it has been lost.
func (w *wire) drop(t *testing.T, console Conn, ch Channel) {
	t.Helper()
	const size = 700 // two do not fit into a packet
	mustSend(t, console, ch, number(int(ch), size))
	for {
		select {
		case n := <-w.dropped:
			if n > size {
				return
			}
		case <-time.After(patience):
			t.Fatalf("nothing was sent on %s", ch)
		}
	}
}

// What is lost on the way comes later on the reliable channels, and not at all on those that send once.
func TestLoss(t *testing.T) {
	t.Parallel()
	device, console, w := connectByWire(t)
	w.cut.Store(true)
	for _, ch := range []Channel{Move, Ping, Ctl, Ink} {
		w.drop(t, console, ch)
	}
	w.cut.Store(false)
	for range 2 {
		if m := next(t, device); m.Channel != Ctl && m.Channel != Ink {
			t.Errorf("the lost message on %s came after all", m.Channel)
		}
	}
	mustSend(t, console, Ping, number(100, 4))
	if m := next(t, device); m.Channel != Ping || binary.BigEndian.Uint32(m.Data) != 100 {
		t.Errorf("then came %d bytes on %s, want the new ping", len(m.Data), m.Channel)
	}
}

// The queue ends exactly at its limits. Nothing is acknowledged, because the wire is cut.
func TestConnQueueExactly(t *testing.T) {
	t.Parallel()
	for name, queue := range queues {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			device, _, w := connectByWire(t)
			w.cut.Store(true)
			queue(t, device)
		})
	}
}
