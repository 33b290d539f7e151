package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/encode"
	"telestrator/peer"
	"telestrator/protocol"
)

// patience is how long something may take that takes milliseconds on a machine
// that is idle.
const patience = 60 * time.Second

// watching is the good console. It stays connected; only when the machine is so
// busy that its connection is lost, it comes back.
type watching struct {
	target  *target
	user    *user
	painter *painter

	verified atomic.Uint32 // pictures that were as painted
	torn     atomic.Uint32 // of two moments next to each other
	wrong    atomic.Uint32
	newest   atomic.Uint32 // number of the exact picture shown
	rejoined atomic.Uint32 // connections that were lost
	sentAway atomic.Uint32 // connections that the daemon ended
}

// run watches until ctx ends.
func (w *watching) run(ctx context.Context) {
	for ctx.Err() == nil && resident(w.target.pid) > 0 {
		conn, err := w.target.join(ctx, w.user)
		if err != nil {
			continue
		}
		c := &console{conn: conn, updates: make(chan *protocol.Update)}
		var reading sync.WaitGroup
		reading.Go(func() { c.read(); close(c.updates) })
		leave := context.AfterFunc(ctx, func() { c.send(peer.Ctl, &protocol.Bye{Code: protocol.Left}); _ = conn.Close() })
		w.watch(c)
		reading.Wait()
		leave()
		if ctx.Err() == nil {
			w.lost(c)
		}
	}
}

// lost notes why a connection ended that should not have.
func (w *watching) lost(c *console) {
	_, _, bye := c.told()
	fmt.Fprintf(os.Stderr, "hammer: the good console's connection ended: %v, bye %v\n", c.conn.Err(), bye)
	var ended *peer.Ended
	if bye == 0 && errors.As(c.conn.Err(), &ended) && ended.Code == peer.CodeLost {
		w.rejoined.Add(1)
		return
	}
	w.sentAway.Add(1)
}

// watch asks to see the screen, decodes every update, and compares every picture.
func (w *watching) watch(c *console) {
	c.greet(watcher)
	c.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "to watch"})
	decoder, seen := encode.NewDecoder(), uint32(0)
	for u := range c.updates {
		if err := decoder.Decode(u); err != nil {
			w.wrong.Add(1)
			continue
		}
		if !u.Last {
			continue
		}
		n, is := w.painter.compare(decoder.Picture())
		if n < seen {
			is = wrong
		}
		if is == wrong {
			fmt.Fprintf(os.Stderr, "hammer: a wrong picture, in the middle number %d after %d\n", n, seen)
		}
		seen = n
		w.note(n, is)
		c.send(peer.Screen, &protocol.Ack{Number: u.Number})
	}
}

// note counts a picture.
func (w *watching) note(n uint32, is likeness) {
	switch is {
	case wrong:
		w.wrong.Add(1)
	case torn:
		w.torn.Add(1)
	case exact:
		w.newest.Store(n)
		w.verified.Add(1)
	}
}

// sees waits until the picture of this number is shown, exactly.
func (w *watching) sees(ctx context.Context, n uint32) bool {
	for end := time.Now().Add(patience); time.Now().Before(end) && ctx.Err() == nil; pause(ctx, 20*time.Millisecond) {
		if w.newest.Load() >= n {
			return true
		}
	}
	return false
}
