package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// attackers is how many connect at a time: as many as a daemon takes beside the
// good console.
const attackers = 3

// attack is what all attackers do together.
type attack struct {
	target   *target
	user     *user
	messages int64 // to be sent in all
	each     int   // on a connection, about

	sent, connections, malformed, ended atomic.Int64

	mu      sync.Mutex
	reasons map[protocol.Code]int // of the daemon's farewells
}

// run attacks until all has been sent, the daemon has died or ctx ends.
func (a *attack) run(ctx context.Context, seed uint64) {
	var all sync.WaitGroup
	for i := range uint64(attackers) {
		all.Go(func() {
			rnd := rand.New(rand.NewPCG(seed, i))
			for ctx.Err() == nil && a.sent.Load() < a.messages && resident(a.target.pid) > 0 {
				a.once(ctx, rnd)
			}
		})
	}
	all.Wait()
}

// once is the life of one connection.
func (a *attack) once(ctx context.Context, rnd *rand.Rand) {
	conn, err := a.target.join(ctx, a.user)
	if err != nil {
		return
	}
	a.connections.Add(1)
	c := &console{conn: conn}
	var reading sync.WaitGroup
	reading.Go(c.read)
	s := &speaker{Rand: rnd, forbidden: rnd.IntN(90)}
	if rnd.IntN(10) == 0 {
		s.forbidden = 1000 // more than is borne (L26)
	}
	if rnd.IntN(20) > 0 {
		c.greet("Attacker")
		c.await(ctx)
	}
	a.talk(ctx, c, s)
	a.part(c, s)
	_ = conn.Close()
	reading.Wait()
	a.note(c)
}

// talk says as much as one connection does, unless it is ended before.
func (a *attack) talk(ctx context.Context, c *console, s *speaker) {
	for range a.each/2 + s.IntN(a.each+1) {
		if a.sent.Load() >= a.messages || ctx.Err() != nil {
			return
		}
		grants, shown, bye := c.told()
		if bye != 0 {
			return
		}
		s.generation, s.scopes, s.shown = grants.Generation, grants.Scopes, shown
		on, m := s.say()
		if !a.send(ctx, c, on, s.wire(m)) {
			return
		}
		if s.IntN(100) == 0 {
			pause(ctx, 10*time.Millisecond) // others, and answers, come in between
		}
	}
}

// send sends, and waits while the connection has no room.
func (a *attack) send(ctx context.Context, c *console, on peer.Channel, wire []byte) bool {
	for {
		err := c.conn.Send(on, wire)
		if err == nil {
			a.sent.Add(1)
			return true
		}
		if !errors.Is(err, peer.ErrFull) || ctx.Err() != nil {
			return false
		}
		pause(ctx, time.Millisecond)
	}
}

// part ends a connection: with something malformed, a farewell, or neither.
func (a *attack) part(c *console, s *speaker) {
	switch s.IntN(4) {
	case 0:
		c.send(peer.Ctl, &protocol.Bye{Code: protocol.Left})
	case 1:
	default:
		on, wire := s.malformed()
		if _, _, bye := c.told(); bye == 0 && c.conn.Send(on, wire) == nil {
			a.sent.Add(1)
			a.malformed.Add(1)
			a.waitEnd(c)
		}
	}
}

// waitEnd waits until the daemon has ended a connection.
func (a *attack) waitEnd(c *console) {
	select {
	case <-c.conn.Done():
		a.ended.Add(1)
	case <-time.After(patience):
	}
}

// note counts why the daemon ended a connection.
func (a *attack) note(c *console) {
	if _, _, bye := c.told(); bye != 0 {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.reasons[bye]++
	}
}
