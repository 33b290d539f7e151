package relay

import (
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// headers are what UDP and IP add to a packet.
const headers = 28

// Count is what has passed one way.
type Count struct {
	Packets, Bytes uint64        // that came through; bytes with headers
	Lost           uint64        // by chance or by a cut
	Dropped        uint64        // because the queue was full
	Longest        time.Duration // that a packet waited in the queue
}

// way is one direction. One goroutine takes packets, another one delivers them.
type way struct {
	flying chan packet
	ending chan struct{}
	once   sync.Once

	mu     sync.Mutex
	link   Link
	chance *rand.Rand
	free   time.Time // when the rate has been used up to
	count  Count
}

// packet is one on its way, until it is due.
type packet struct {
	data []byte
	due  time.Time
}

func newWay(link Link, side uint64) *way {
	return &way{flying: make(chan packet, maxFlying), ending: make(chan struct{}), link: link,
		chance: rand.New(rand.NewPCG(link.Seed, side))}
}

func (w *way) set(link Link) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.link = link
}

func (w *way) counted() Count {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

func (w *way) stop() { w.once.Do(func() { close(w.ending) }) }

// take lets a packet into the link, or not.
func (w *way) take(data []byte, now time.Time) {
	due, passes := w.pass(len(data)+headers, now)
	if !passes {
		return
	}
	select {
	case w.flying <- packet{append([]byte(nil), data...), due}:
	default:
		w.mu.Lock()
		w.count.Dropped++
		w.mu.Unlock()
	}
}

// pass says when a packet that comes now leaves the link, if it does.
func (w *way) pass(size int, now time.Time) (due time.Time, passes bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	wait := max(0, w.free.Sub(now))
	switch {
	case w.link.Cut || w.chance.Float64() < w.link.Loss:
		w.count.Lost++
		return due, false
	case wait > w.link.queue():
		w.count.Dropped++
		return due, false
	}
	w.count.Packets++
	w.count.Bytes += uint64(size)
	w.count.Longest = max(w.count.Longest, wait)
	w.free = now.Add(wait + w.link.takes(size))
	return w.free.Add(w.link.Trip / 2), true
}

// takes is how long the rate is used by so many bytes.
func (l Link) takes(size int) time.Duration {
	if l.Rate == 0 {
		return 0
	}
	return time.Duration(size) * 8 * time.Second / time.Duration(l.Rate)
}

// deliver hands packets over when they are due, to whoever is known by then.
func (w *way) deliver(on *net.UDPConn, to *atomic.Pointer[net.UDPAddr]) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for p := range w.flying {
		if wait := time.Until(p.due); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
			case <-w.ending:
				continue // nothing arrives any more
			}
		}
		if addr := to.Load(); addr != nil {
			_, _ = on.WriteToUDP(p.data, addr)
		}
	}
}

func (w *way) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count.Longest = 0
}
