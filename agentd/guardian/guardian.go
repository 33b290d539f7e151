package guardian

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"telestrator/ink"
	"telestrator/input"
	"telestrator/protocol"
)

// Guardian is the daemon's end: it gives orders and hears reports. Its methods
// may be called by any goroutine and never wait, but for Pending.Wait.
type Guardian struct {
	conn    net.Conn
	reap    func() // waits for its process to end
	in      *bufio.Reader
	windows []uint32
	out     chan order
	events  chan Event

	mu      sync.Mutex
	number  uint64
	pending map[uint64]chan error
	asked   time.Time // when the heartbeat was sent that has no answer; zero without one
	onDuty  bool
	gone    error // why it ended
	ended   chan struct{}
}

// Event is what a guardian tells. One of the fields is set.
type Event struct {
	Stop    bool   // the user ends everything; call Obeyed when that is done
	Pause   bool   // the user pauses, or goes on; call Obeyed when that is done
	Hand    *bool  // the user's own hand has taken over, or rests
	Session string // what became of its messages
	Counts  Counts
}

// Pending is an order that is being obeyed.
type Pending struct {
	g    *Guardian
	done <-chan error
}

// Wait returns when the order has been obeyed, and ends a guardian that does
// not obey.
func (p Pending) Wait() error {
	if p.done == nil {
		return nil
	}
	late := time.NewTimer(answerIn)
	defer late.Stop()
	select {
	case err := <-p.done:
		return err
	case <-p.g.ended:
		return ErrGone
	case <-late.C:
		p.g.fail(errors.New("guardian: an order was not obeyed in time"))
		return ErrGone
	}
}

// Attach takes the guardian at the other end of conn once that says that it is
// ready. It starts nothing; see Run.
func Attach(conn net.Conn) (*Guardian, error) {
	g := &Guardian{conn: conn, reap: func() {}, in: bufio.NewReaderSize(conn, 4+maxFrame), out: make(chan order, maxOrders),
		events: make(chan Event, maxReports), pending: map[uint64]chan error{}, ended: make(chan struct{})}
	_ = conn.SetReadDeadline(time.Now().Add(readyWithin))
	var r report
	err := readFrame(g.in, &r)
	_ = conn.SetReadDeadline(time.Time{})
	switch {
	case err != nil:
		return nil, fmt.Errorf("guardian: it does not begin: %w", err)
	case r.Kind != reportReady:
		return nil, fmt.Errorf("guardian: it begins with %q", r.Kind)
	case r.Error != "":
		return nil, errors.New(r.Error)
	}
	g.windows = r.Windows
	return g, nil
}

// Run speaks with the guardian until ctx ends or the guardian does.
func (g *Guardian) Run(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { g.fail(context.Cause(ctx)) })
	defer stop()
	var loops sync.WaitGroup
	loops.Go(func() { g.fail(g.write()) })
	loops.Go(func() { g.fail(g.read()) })
	loops.Wait()
	g.reap()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return fmt.Errorf("%w: %w", ErrGone, g.gone)
}

// Close ends the guardian, also one that does not run, and returns when its
// process has ended.
func (g *Guardian) Close() error {
	g.fail(ErrGone)
	g.reap()
	return nil
}

// Windows are the overlay's windows: ink, border, bar.
func (g *Guardian) Windows() []uint32 { return g.windows }

// Events tells what happens; it is never closed.
func (g *Guardian) Events() <-chan Event { return g.events }

// Sign shows who sees the screen, or takes everything off it.
func (g *Guardian) Sign(s *ink.Sign) Pending {
	g.mu.Lock()
	g.onDuty, g.asked = s != nil, time.Time{}
	g.mu.Unlock()
	return g.ask(order{Kind: orderSign, Sign: s})
}

// Permit changes what a session may do; nothing ends it for the guardian. When
// it has been obeyed, nothing that is not permitted happens any more, and what
// was pressed has been released.
func (g *Guardian) Permit(session string, p input.Permit) Pending {
	return g.ask(order{Kind: orderPermit, Session: session, Scopes: p.Scopes, Generation: p.Generation})
}

// Ask says whether the user is being asked: nothing is injected meanwhile.
func (g *Guardian) Ask(asking bool) Pending { return g.ask(order{Kind: orderAsk, On: asking}) }

// Wire hands over a message of a console as it came. It is not kept.
func (g *Guardian) Wire(session string, on protocol.Channel, wire []byte) {
	g.send(order{Kind: orderWire, Session: session, Channel: uint8(on), Wire: wire})
}

// Obeyed says that what the user did on the device's screen has been done.
func (g *Guardian) Obeyed() { g.send(order{Kind: orderObeyed}) }

// ask sends an order that is answered.
func (g *Guardian) ask(o order) Pending {
	done := make(chan error, 1)
	g.mu.Lock()
	g.number++
	o.Number = g.number
	g.pending[o.Number] = done
	g.mu.Unlock()
	g.send(o)
	return Pending{g, done}
}

// send queues an order. A guardian that leaves so many behind is given up.
func (g *Guardian) send(o order) {
	select {
	case g.out <- o:
	default:
		g.fail(errors.New("guardian: it does not keep up"))
	}
}

// fail ends it; the first reason counts.
func (g *Guardian) fail(why error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.gone == nil {
		g.gone = why
		close(g.ended)
		_ = g.conn.Close()
	}
}

// write sends orders, and heartbeats while the guardian is on duty.
func (g *Guardian) write() error {
	tick := newBeat()
	defer tick.Stop()
	for {
		tick.keep(g.isOnDuty())
		var err error
		select {
		case <-g.ended:
			return ErrGone
		case o := <-g.out:
			err = writeFrame(g.conn, o)
		case now := <-tick.C:
			err = g.pulse(now)
		}
		if err != nil {
			return err
		}
	}
}

func (g *Guardian) isOnDuty() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.onDuty
}

// pulse sends a heartbeat. The one before must have been answered in time.
func (g *Guardian) pulse(now time.Time) error {
	g.mu.Lock()
	duty, asked := g.onDuty, g.asked
	if duty && asked.IsZero() {
		g.asked = now
	}
	g.mu.Unlock()
	switch {
	case !duty:
		return nil
	case !asked.IsZero() && now.Sub(asked) > answerIn:
		return errors.New("guardian: it is silent")
	}
	return writeFrame(g.conn, order{Kind: orderBeat})
}

// read takes reports.
func (g *Guardian) read() error {
	for {
		var r report
		if err := readFrame(g.in, &r); err != nil {
			return err
		}
		if err := g.take(r); err != nil {
			return err
		}
	}
}

func (g *Guardian) take(r report) error {
	switch r.Kind {
	case reportBeat:
		g.mu.Lock()
		g.asked = time.Time{}
		g.mu.Unlock()
		return nil
	case reportDone:
		g.answered(r)
		return nil
	case reportHand:
		return g.tell(Event{Hand: &r.On})
	case reportStop:
		return g.tell(Event{Stop: true})
	case reportPause:
		return g.tell(Event{Pause: true})
	case reportCounts:
		if r.Counts == nil {
			return errors.New("guardian: counts without any")
		}
		return g.tell(Event{Session: r.Session, Counts: *r.Counts})
	}
	return fmt.Errorf("guardian: no such report: %q", r.Kind)
}

// answered passes an answer on.
func (g *Guardian) answered(r report) {
	g.mu.Lock()
	done := g.pending[r.Number]
	delete(g.pending, r.Number)
	g.mu.Unlock()
	if done == nil {
		return
	}
	var err error
	if r.Error != "" {
		err = errors.New(r.Error)
	}
	done <- err
}

// tell queues an event. Nobody may be slow with them.
func (g *Guardian) tell(e Event) error {
	select {
	case g.events <- e:
		return nil
	default:
		return errors.New("guardian: the daemon does not listen")
	}
}
