// Package relay is a bad network on loopback, for tests: a UDP relay between a console and a device with a rate, a
// delay, loss and a queue, since the kernel has nothing of the kind everywhere.
//
//	console ══▶ front ── loss ▶ queue ▶ rate ▶ delay ── back ══▶ device
//
// Each way has the whole rate to itself. The console is given the relay's address in place of the device's, the device
// none at all, and learns it from the first packet:
//
//	r, _ := relay.Open(relay.DSL)
//	device, answer, _ := peer.Answer(ctx, cfg, relay.Bare(offering.SDP()))
//	answer, _ = r.Between(answer)
//	console, _ := offering.Accept(ctx, answer)
//
// A Relay has four goroutines. It ends with Close, or by itself when nothing has passed for Idle.
package relay

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Limits of a relay.
const (
	Idle       = time.Minute // without a packet, after which a relay ends by itself
	maxPacket  = 2048        // bytes; longer ones are cut, which nobody survives
	maxFlying  = 8192        // packets one way; more are dropped
	socketSize = 4 << 20     // of the buffers of its sockets, as far as the system allows
)

// Relay is one relay between one console and one device.
type Relay struct {
	front, back    *net.UDPConn // towards console and device
	up, down       *way         // console to device, and back
	caller, callee atomic.Pointer[net.UDPAddr]
	loops          sync.WaitGroup
}

// Open makes a relay over a link. It carries nothing before Between.
func Open(link Link) (*Relay, error) {
	here := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}
	front, err := net.ListenUDP("udp4", here)
	if err != nil {
		return nil, err
	}
	back, err := net.ListenUDP("udp4", here)
	if err != nil {
		_ = front.Close()
		return nil, err
	}
	r := &Relay{front: front, back: back, up: newWay(link, 1), down: newWay(link, 2)}
	r.start()
	return r, nil
}

func (r *Relay) start() {
	for _, socket := range []*net.UDPConn{r.front, r.back} {
		_ = socket.SetReadBuffer(socketSize) // what the system allows has to do
		_ = socket.SetWriteBuffer(socketSize)
	}
	r.loops.Go(func() { read(r.front, r.up, &r.caller, nil) })
	r.loops.Go(func() { read(r.back, r.down, nil, &r.callee) })
	r.loops.Go(func() { r.up.deliver(r.back, &r.callee) })
	r.loops.Go(func() { r.down.deliver(r.front, &r.caller) })
}

// read takes packets into a way until the socket is closed or idle. It learns whose they are, or takes those of one
// address only.
func read(from *net.UDPConn, into *way, learn, only *atomic.Pointer[net.UDPAddr]) {
	defer close(into.flying)
	packet := make([]byte, maxPacket)
	for {
		_ = from.SetReadDeadline(time.Now().Add(Idle))
		n, addr, err := from.ReadFromUDP(packet)
		switch {
		case err != nil:
			return
		case learn != nil:
			learn.Store(addr)
		case !known(only.Load(), addr):
			continue
		}
		into.take(packet[:n], time.Now())
	}
}

// Set has another link from now on. What is on its way arrives as it would have.
func (r *Relay) Set(link Link) {
	r.up.set(link)
	r.down.set(link)
}

// Down is what has passed from the device to the console, Up the other way.
func (r *Relay) Down() Count { return r.down.counted() }

// Up is Down the other way.
func (r *Relay) Up() Count { return r.up.counted() }

// Close ends the relay and waits for its goroutines. What is on its way is lost.
func (r *Relay) Close() {
	_ = r.front.Close()
	_ = r.back.Close()
	r.up.stop()
	r.down.stop()
	r.loops.Wait()
}

func known(only, addr *net.UDPAddr) bool {
	return only != nil && only.Port == addr.Port && only.IP.Equal(addr.IP)
}

// Forget begins to look for the longest wait anew.
func (r *Relay) Forget() {
	r.up.forget()
	r.down.forget()
}
