package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"telestrator/protocol"
)

// hammer does everything: the picture, the user, the good console, then the
// attackers, and looks at the daemon's memory before, meanwhile and afterwards.
func (o options) hammer(ctx context.Context, tb testing.TB) (result, error) {
	r := result{seed: o.seed}
	t, err := o.aim(tb)
	if err != nil {
		return r, err
	}
	u, err := newUser(t)
	if err != nil {
		return r, err
	}
	p, err := newPainter(t.Display)
	if err != nil {
		return r, err
	}
	defer p.x.Close()
	helping, end := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	defer helpers.Wait()
	defer end()
	helpers.Go(func() { u.allow(helping, rand.New(rand.NewPCG(o.seed, 99))) })
	w := &watching{target: t, user: u, painter: p}
	helpers.Go(func() { w.run(helping) })
	if !w.sees(ctx, 1) {
		return r, errors.New("the good console sees nothing")
	}
	o.strike(ctx, t, u, p, w, &r)
	return r, nil
}

// strike attacks while pictures are painted and watched.
func (o options) strike(ctx context.Context, t *target, u *user, p *painter, w *watching, r *result) {
	painting, calm := context.WithCancel(ctx)
	var painter sync.WaitGroup
	painter.Go(func() { _ = p.run(painting) })
	r.before = steady(ctx, t.pid, 3*time.Second, 20*time.Second)
	a := &attack{target: t, user: u, messages: int64(o.messages), each: max(1, o.messages/max(1, o.connections)),
		reasons: map[protocol.Code]int{}}
	climbing, top := context.WithCancel(ctx)
	var climber sync.WaitGroup
	climber.Go(func() { r.peak = climb(climbing, t.pid) })
	if o.verbose {
		climber.Go(func() { a.report(climbing, w) })
	}
	began, before := time.Now(), w.verified.Load()
	a.run(ctx, o.seed)
	r.took, r.pictures = time.Since(began), int(w.verified.Load()-before)
	top()
	climber.Wait()
	calm()
	painter.Wait()
	r.stalled = !w.sees(ctx, p.shows())
	r.rejoined, r.sentAway = int(w.rejoined.Load()), int(w.sentAway.Load())
	r.torn, r.wrong, r.died = int(w.torn.Load()), int(w.wrong.Load()), resident(t.pid) == 0
	r.messages, r.connections = int(a.sent.Load()), int(a.connections.Load())
	r.malformed, r.ended, r.reasons = int(a.malformed.Load()), int(a.ended.Load()), len(a.reasons)
	r.after = steady(ctx, t.pid, 3*time.Second, 30*time.Second)
}

// report says how it goes.
func (a *attack) report(ctx context.Context, w *watching) {
	for ; ctx.Err() == nil; pause(ctx, 10*time.Second) {
		a.mu.Lock()
		reasons := fmt.Sprint(a.reasons)
		a.mu.Unlock()
		fmt.Fprintf(os.Stderr, "hammer: %d messages, %d connections, %d of %d ended, %.1f MiB, %d pictures, %s\n", a.sent.Load(),
			a.connections.Load(), a.ended.Load(), a.malformed.Load(), float64(resident(a.target.pid))/mib, w.verified.Load(), reasons)
	}
}
