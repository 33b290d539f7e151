package guardian

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Guardian is the daemon's end: it gives orders and hears reports. Its methods
// may be called by any goroutine and never wait, but for Pending.Wait.
type Guardian struct {
	conn    net.Conn
	reap    func() // waits for its process to end
	in      *bufio.Reader
	windows []uint32
	out     chan order
	hidden  newest // for the overlay
	events  chan Event

	mu      sync.Mutex
	number  uint64
	pending map[uint64]chan error
	heard   time.Time // when a heartbeat was last answered, or going on duty
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

// Attach takes the guardian at the other end of conn once that says that it is
// ready. It starts nothing; see Run.
func Attach(conn net.Conn) (*Guardian, error) {
	g := &Guardian{conn: conn, reap: func() {}, in: bufio.NewReaderSize(conn, 4+maxFrame), out: make(chan order, maxOrders),
		hidden: newNewest(), events: make(chan Event, maxReports), pending: map[uint64]chan error{}, ended: make(chan struct{})}
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

// Windows are the overlay's windows: outlines, ink, border, bar.
func (g *Guardian) Windows() []uint32 { return g.windows }

// Events tells what happens; it is never closed.
func (g *Guardian) Events() <-chan Event { return g.events }
