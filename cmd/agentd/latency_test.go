//go:build linux

package main

import (
	"context"
	"image"
	"slices"
	"sync"
	"time"
)

// event is that a point came to have a colour.
type event struct {
	colour uint32
	at     time.Time
}

// sight is when a point of the screen came to have a colour, and when it had the
// same for the console; that is zero where the console never saw it.
type sight struct{ drawn, decoded time.Time }

// latencies looks at points, on the screen and at the console.
type latencies struct {
	*observer
	a *agent
}

// of looks at one point while something happens, and a little longer.
func (l latencies) of(p image.Point, happen func()) []sight {
	var drawn, decoded []event
	l.a.mu.Lock()
	l.a.seen = func(img *image.RGBA) {
		c := img.RGBAAt(p.X, p.Y)
		decoded = note(decoded, uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B))
	}
	l.a.mu.Unlock()
	ctx, stop := context.WithCancel(context.Background())
	var look sync.WaitGroup
	look.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(time.Millisecond) {
			drawn = note(drawn, l.pixel(p.X, p.Y))
		}
	})
	happen()
	time.Sleep(2 * time.Second)
	stop()
	look.Wait()
	l.a.mu.Lock()
	defer l.a.mu.Unlock()
	l.a.seen = nil
	return match(drawn[1:], decoded)
}

// note adds a colour that is new.
func note(events []event, colour uint32) []event {
	if n := len(events); n > 0 && events[n-1].colour == colour {
		return events
	}
	return append(events, event{colour, time.Now()})
}

// match finds when what was drawn was decoded, before anything of the same
// colour was drawn again. Whoever looks at the screen may be a little late.
func match(drawn, decoded []event) (all []sight) {
	const late = 20 * time.Millisecond
	for i, d := range drawn {
		s := sight{drawn: d.at}
		again := slices.IndexFunc(drawn[i+1:], func(e event) bool { return e.colour == d.colour })
		for _, e := range decoded {
			if e.colour == d.colour && e.at.After(d.at.Add(-late)) && (again < 0 || e.at.Before(drawn[i+1+again].at)) {
				s.decoded = e.at
				break
			}
		}
		all = append(all, s)
	}
	return all
}

// ends keeps the sights after which nothing was drawn for a while.
func ends(all []sight, while time.Duration) (kept []sight) {
	for i := range all {
		if i+1 == len(all) || all[i+1].drawn.Sub(all[i].drawn) > while {
			kept = append(kept, all[i])
		}
	}
	return kept
}
