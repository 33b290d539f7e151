package main

import (
	"context"
	"sync/atomic"
	"time"

	"telestrator/encode"
	"telestrator/peer"
	"telestrator/protocol"
)

// patience is how long something may take that takes milliseconds on a machine
// that is idle.
const patience = 60 * time.Second

// watching is the good console.
type watching struct {
	*console
	painter  *painter
	decoder  *encode.Decoder
	verified atomic.Uint32 // pictures that were as painted
	torn     atomic.Uint32 // of two moments next to each other
	wrong    atomic.Uint32
	newest   atomic.Uint32 // number of the exact picture shown
	seen     uint32        // the verifier's: number of the last picture
	done     chan struct{} // closed when all has been compared
}

// watch connects the good console.
func watch(ctx context.Context, t *target, u *user, p *painter) (*watching, error) {
	conn, err := t.join(ctx, u)
	if err != nil {
		return nil, err
	}
	w := &watching{console: &console{conn: conn, updates: make(chan *protocol.Update)}, painter: p,
		decoder: encode.NewDecoder(), done: make(chan struct{})}
	go func() { w.read(); close(w.updates) }()
	go w.verify()
	w.greet(watcher)
	w.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "to watch"})
	return w, nil
}

// verify decodes every update, and compares every picture.
func (w *watching) verify() {
	defer close(w.done)
	for u := range w.updates {
		if err := w.decoder.Decode(u); err != nil {
			w.wrong.Add(1)
			continue
		}
		if !u.Last {
			continue
		}
		w.compare()
		w.send(peer.Screen, &protocol.Ack{Number: u.Number})
	}
}

// compare holds the picture shown to those that were painted.
func (w *watching) compare() {
	n, is := w.painter.compare(w.decoder.Picture())
	switch {
	case is == wrong || n < w.seen:
		w.wrong.Add(1)
		return
	case is == torn:
		w.torn.Add(1)
	default:
		w.newest.Store(n)
		w.verified.Add(1)
	}
	w.seen = n
}

// sees waits until the picture of this number is shown.
func (w *watching) sees(ctx context.Context, n uint32) bool {
	for end := time.Now().Add(patience); time.Now().Before(end) && ctx.Err() == nil; pause(ctx, 20*time.Millisecond) {
		if w.newest.Load() >= n {
			return true
		}
	}
	return false
}

// leave says goodbye and waits until all that came has been compared.
func (w *watching) leave() {
	w.send(peer.Ctl, &protocol.Bye{Code: protocol.Left})
	_ = w.conn.Close()
	<-w.done
}
