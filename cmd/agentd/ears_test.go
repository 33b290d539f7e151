//go:build linux

package main

import (
	"fmt"
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// ears hear what a console is sent.
type ears struct {
	mu    sync.Mutex
	other time.Time // of the last message that was no ping
	last  *image.RGBA
	period
}

// period is what was heard between two moments.
type period struct {
	pings []ping
	other []string // what was no ping
}

// ping is one of the device's own; echoes go the console's rhythm.
type ping struct {
	at     time.Time
	number uint32
	size   int // without its number, which grows
}

func listen(a *agent) *ears {
	e := &ears{other: time.Now()}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.heard, a.seen = e.hear, e.see
	return e
}

func (e *ears) hear(raw peer.Message) {
	e.mu.Lock()
	defer e.mu.Unlock()
	m, _, err := protocol.Decode(raw.Data, protocol.ToConsole, protocol.Channel(raw.Channel), protocol.Waiting)
	p, ok := m.(*protocol.Ping)
	switch {
	case err != nil || !ok:
		e.other = time.Now()
		e.period.other = append(e.period.other, fmt.Sprintf("%d bytes on %v", len(raw.Data), raw.Channel))
	case !p.Reply:
		e.pings = append(e.pings, ping{time.Now(), p.Number, len(raw.Data) - sizeOf(p.Number)})
	}
}

// see notes where a picture changed.
func (e *ears) see(p *image.RGBA) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last != nil {
		n, where := differences(e.last, p)
		e.period.other = append(e.period.other, fmt.Sprintf("%d pixels in %v", n, where))
	}
	e.last = &image.RGBA{Pix: slices.Clone(p.Pix), Stride: p.Stride, Rect: p.Rect}
}

// sizeOf is how many bytes a number takes in CBOR, besides the first.
func sizeOf(n uint32) int {
	switch {
	case n < 24:
		return 0
	case n < 1<<8:
		return 1
	case n < 1<<16:
		return 2
	}
	return 4
}

// cut ends a period, returns it, and begins the next.
func (e *ears) cut() period {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.period
	e.period = period{}
	return p
}

// awaitQuiet waits until nothing but pings has come for three seconds.
func (e *ears) awaitQuiet(t *testing.T) {
	t.Helper()
	wait(t, "quiet", func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return time.Since(e.other) > 3*time.Second
	})
}

// sizes are the different sizes of pings.
func (p period) sizes() (all []int) {
	for _, ping := range p.pings {
		all = append(all, ping.size)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// String tells how many pings there were, how large and how far apart.
func (p period) String() string {
	var apart []time.Duration
	for i := 1; i < len(p.pings); i++ {
		apart = append(apart, p.pings[i].at.Sub(p.pings[i-1].at).Round(time.Millisecond))
	}
	if len(apart) == 0 {
		return fmt.Sprintf("%d pings of %d bytes", len(p.pings), p.sizes())
	}
	return fmt.Sprintf("%d pings of %d bytes, %v to %v apart", len(p.pings), p.sizes(), slices.Min(apart), slices.Max(apart))
}
