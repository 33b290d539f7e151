package peer

import (
	"encoding/binary"
	"fmt"
	"net"
	"reflect"
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
	mute            atomic.Bool                 // the console's encrypted data is lost, the rest passes
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
		case w.mute.Load() && n > 0 && packet[0] == 23: // DTLS application data
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
	offering, device, answer, w := answerByWire(t, loopback)
	console, err := offering.Accept(t.Context(), answer)
	must(t, err)
	<-device.(*conn).opened
	return device, console, w
}

// answerByWire has a device answer an offer. The two only know the way over the wire.
func answerByWire(t *testing.T, cfg Config) (offering *Offering, device Conn, answer []byte, w *wire) {
	t.Helper()
	offering, err := Offer(t.Context(), cfg)
	must(t, err)
	t.Cleanup(func() { _ = offering.Close() })
	device, answer, err = Answer(t.Context(), cfg, candidateLine.ReplaceAll(offering.SDP(), nil))
	must(t, err)
	t.Cleanup(func() { _ = device.Close() })
	w = newWire(t, addressIn(t, answer))
	port := w.console.LocalAddr().(*net.UDPAddr).Port
	ours := fmt.Sprintf("a=candidate:1 1 udp 2130706431 127.0.0.1 %d typ host\r\n", port)
	bare := candidateLine.ReplaceAllString(string(answer), "")
	return offering, device, []byte(strings.Replace(bare, "a=mid:", ours+"a=mid:", 1)), w
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

// A console that encrypts and then says nothing has 10 s like everyone else.
func TestDoesNotOpenEncrypted(t *testing.T) {
	t.Parallel()
	soon := Config{Loopback: true, OpenWithin: time.Second}
	offering, device, answer, w := answerByWire(t, soon)
	offering.within = patience // or its farewell may come before the device's own verdict
	w.mute.Store(true)
	if _, err := offering.Accept(t.Context(), answer); err == nil {
		t.Error("accepted without a word")
	}
	wantCode(t, device, CodeTimeout)
}

// drop sends a message into the cut wire and waits until it has been lost.
func (w *wire) drop(t *testing.T, console Conn, ch Channel, n int) {
	t.Helper()
	const size = 700 // two do not fit into a packet
	mustSend(t, console, ch, number(n, size))
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

// What is lost on the way comes later on the reliable channels, and not at all on those that send once. What follows
// waits for it on an ordered channel only.
func TestLoss(t *testing.T) {
	t.Parallel()
	device, console, w := connectByWire(t)
	w.cut.Store(true)
	for _, ch := range []Channel{Move, Ping, Ctl, Ink} {
		w.drop(t, console, ch, 1)
	}
	w.cut.Store(false)
	came := map[Channel][]uint32{}
	for _, ch := range []Channel{Ctl, Ink, Ping} {
		mustSend(t, console, ch, number(2, 4))
	}
	for range 5 {
		m := next(t, device)
		came[m.Channel] = append(came[m.Channel], binary.BigEndian.Uint32(m.Data))
	}
	want := map[Channel][]uint32{Ctl: {1, 2}, Ink: {2, 1}, Ping: {2}}
	if !reflect.DeepEqual(came, want) {
		t.Errorf("came: %v, want %v", came, want)
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
