package ink

import (
	"context"
	"errors"
	"sync"
	"time"

	"telestrator/x11"
)

// Run keeps what is shown on top, right and up to date, until ctx or the
// display ends. Then everything is off the screen.
func (o *Overlay) Run(ctx context.Context) error {
	alive, end := context.WithCancel(ctx)
	ended := make(chan error, 2)
	var both sync.WaitGroup
	both.Go(func() { ended <- o.listen() })
	both.Go(func() { ended <- o.work(alive) })
	defer both.Wait()
	defer o.x.Close()
	defer end()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case err := <-ended:
		return gone(err)
	}
}

// listen turns the server's events into flags for the worker.
func (o *Overlay) listen() error {
	o.mu.Lock()
	o.x.Handover()
	o.mu.Unlock()
	o.resized.Store(true) // events until here are lost
	notify(o.woken)
	return o.x.Pump(o.event)
}

// event is called for each event, and must not wait for anything.
func (o *Overlay) event(e x11.Event) {
	switch window := e.Window(); {
	case o.randr != nil && o.randr.Changed(e), window == o.x.Setup.Root:
		o.resized.Store(true)
	case window == 0:
		return
	case window == o.outlines.window, window == o.glass.window, window == o.border.window, window == o.bar.window:
		o.moved.Store(true)
		o.disturbed.Store(true)
	default:
		o.disturbed.Store(true)
	}
	notify(o.woken)
}

// work is the worker: it does what is due and waits for the next.
func (o *Overlay) work(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		next, err := o.step(time.Now())
		if err != nil {
			return err
		}
		if timer.Stop(); !next.IsZero() {
			timer.Reset(time.Until(next))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-o.woken:
		case <-timer.C:
		}
	}
}

// step does what is due, and says when to come again; zero is never.
func (o *Overlay) step(now time.Time) (next time.Time, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sign == nil {
		return time.Time{}, nil
	}
	unrest := o.unrest() && !now.Before(o.pace.due())
	if unrest {
		err = o.settle(now)
	}
	tick := !now.Before(o.tick)
	if tick && err == nil {
		o.renew(now)
	}
	if unrest || tick {
		err = errors.Join(err, o.x.Check())
	}
	return o.next(), err
}

// unrest says whether the screen or its windows changed.
func (o *Overlay) unrest() bool { return o.disturbed.Load() || o.resized.Load() }

// settle answers it.
func (o *Overlay) settle(now time.Time) error {
	o.disturbed.Store(false)
	o.pace.note(now, o.moved.Swap(false))
	if o.resized.Swap(false) {
		return o.fit()
	}
	o.hold()
	return nil
}

// next is when something is due.
func (o *Overlay) next() time.Time {
	if due := o.pace.due(); o.unrest() && due.Before(o.tick) {
		return due
	}
	return o.tick
}

// How soon the windows are put on top again. Whatever is shown above them is
// answered at once. When something goes on in the same moment, it may be
// another program that wants to be on top: then each answer comes later than
// the one before, up to longestPause.
const (
	shortestPause = 15 * time.Millisecond
	longestPause  = 250 * time.Millisecond
	calm          = time.Second // after which the pause is short again
)

// pace spaces out the answers.
type pace struct {
	last  time.Time
	pause time.Duration
}

// due is when the next answer may be given.
func (p *pace) due() time.Time { return p.last.Add(p.pause) }

// note notes an answer, and whether the one before had an effect.
func (p *pace) note(now time.Time, effective bool) {
	if effective && now.Sub(p.last) < calm {
		p.pause = min(2*p.pause, longestPause)
	} else {
		p.pause = shortestPause
	}
	p.last = now
}
