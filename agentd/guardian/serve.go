package guardian

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/input"
)

// keeper is a guardian at work. Six goroutines meet here: one reads orders, one
// obeys them, one draws the ink, one the outlines, one writes reports and keeps
// time, and the hand's tells what the user does.
type keeper struct {
	Parts
	conn    net.Conn
	orders  chan order
	reports chan report
	sheet   *sheet
	hidden  newest // to be outlined

	vigil   *vigil
	touched atomic.Int64 // when the user's own hand last moved, in ns
	onDuty  atomic.Bool  // the sign is shown
	busy    atomic.Bool  // a session may do more than look

	mu       sync.Mutex
	sessions map[string]*session
	stopped  bool        // the user has ended everything, and the daemon has not obeyed yet
	kill     *time.Timer // ends the daemon; nil while nothing is owed
	resting  bool        // the daemon was told that the hand has taken over
}

// session is what the guardian knows of one.
type session struct {
	permit input.Permit
	counts Counts
	told   Counts // of the last report
}

// Serve obeys the orders that come over conn until the daemon has gone, is
// silent or ctx ends. When it returns, nothing is pressed or shown any more.
func Serve(ctx context.Context, conn net.Conn, p Parts) error {
	k := &keeper{Parts: p, conn: conn, orders: make(chan order, maxOrders), reports: make(chan report, maxReports),
		sheet: newSheet(p.Overlay), hidden: newNewest(), sessions: map[string]*session{}}
	ctx, end := context.WithCancelCause(ctx)
	k.vigil = newVigil(func() { end(errors.New("guardian: the daemon is silent")) })
	defer k.vigil.keep(false)
	var loops sync.WaitGroup
	k.tell(report{Kind: reportReady, Windows: p.Overlay.Windows()})
	loops.Go(func() { end(k.read()) })
	loops.Go(func() { end(k.obey(ctx)) })
	loops.Go(func() { end(k.sheet.run(ctx)) })
	loops.Go(func() { end(k.outline(ctx)) })
	loops.Go(func() { end(k.report(ctx)) })
	loops.Go(func() { end(p.Overlay.Run(ctx)) })
	loops.Go(func() { end(p.Hand.Run(ctx, input.HandEvents{Moved: k.moved, Stop: k.stop, Press: k.press})) })
	<-ctx.Done()
	k.letGo()
	loops.Wait()
	return context.Cause(ctx)
}

// letGo is the end: nothing passes, nothing is pressed, nothing is shown.
func (k *keeper) letGo() {
	_ = k.Gate.Shut()
	_ = k.Overlay.Close()
	k.Close()
	_ = k.conn.Close()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kill != nil {
		k.kill.Stop()
	}
}

// read reads orders. A heartbeat is answered here, so that it never waits
// behind work.
func (k *keeper) read() error {
	in := bufio.NewReaderSize(k.conn, 4+maxFrame)
	for {
		var o order
		if err := readFrame(in, &o); err != nil {
			return fmt.Errorf("guardian: the daemon is gone: %w", err)
		}
		if o.Kind == orderBeat {
			if k.vigil.beat() {
				k.tell(report{Kind: reportBeat})
			}
			continue
		}
		k.vigil.note(o)
		select {
		case k.orders <- o:
		default:
			return errors.New("guardian: more orders than can wait")
		}
	}
}

// tell queues a report. One that finds no room is lost: a daemon that does not
// read is ended by its silence, or by what it owes.
func (k *keeper) tell(r report) {
	select {
	case k.reports <- r:
	default:
	}
}

// report writes reports, and keeps time while a session may do more than look.
func (k *keeper) report(ctx context.Context) error {
	tick := newBeat()
	defer tick.Stop()
	for {
		tick.keep(k.checks())
		select {
		case <-ctx.Done():
			return nil
		case r := <-k.reports: // the answer to each order is one, so what it changed wakes us
			if err := k.write(r); err != nil {
				return err
			}
		case now := <-tick.C:
			if err := k.check(now); err != nil {
				return err
			}
		}
	}
}

// checks is how often there is something to check.
func (k *keeper) checks() time.Duration {
	if k.onDuty.Load() && k.busy.Load() {
		return beatWithin(Silence)
	}
	return 0
}

// write writes one report.
func (k *keeper) write(r report) error {
	if r.Kind == reportBeat {
		return writeBeat(k.conn)
	}
	return writeFrame(k.conn, r)
}

// check sees to what must not last: a held key that nobody names any more, a
// text that waits, a hand that rests again.
func (k *keeper) check(now time.Time) error {
	k.rested(now)
	k.tellCounts()
	return k.Gate.Tick()
}

// tellCounts reports the counts that changed.
func (k *keeper) tellCounts() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, s := range k.sessions {
		if s.counts != s.told {
			s.told = s.counts
			k.tell(report{Kind: reportCounts, Session: name, Counts: &s.told})
		}
	}
}
