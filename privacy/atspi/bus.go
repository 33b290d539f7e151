package atspi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"
)

// What can go wrong.
var (
	// ErrGone says that the accessibility bus or its registry has ended, or that
	// the Bus was closed. It is permanent; the caller opens a new Bus.
	ErrGone = errors.New("atspi: the accessibility bus is gone; open it again")

	// ErrNoProgram says that there is no such program, or no more.
	ErrNoProgram = errors.New("atspi: no such program on the accessibility bus")

	// ErrNonsense says that a program gave an answer that makes no sense.
	ErrNonsense = errors.New("atspi: the program's answer makes no sense")
)

// Bus is a connection to the accessibility bus of one desktop session. All its
// methods may be called at the same time.
type Bus struct {
	conn    *dbus.Conn
	enabled bool      // before Open
	at      time.Time // when Open had switched it on
	changed chan struct{}
	listed  chan struct{} // the registry's list has changed
	lost    chan struct{} // closed when the registry has ended
	losing  sync.Once

	mu       sync.Mutex
	registry string // the connection of the registry
	programs map[string]*program
}

// Open switches accessibility on in the session whose D-Bus address is given,
// "" for that in DBUS_SESSION_BUS_ADDRESS, and connects to its accessibility
// bus. Programs that were started before do not notice, some of them; see
// [Bus.Since].
func Open(session string) (*Bus, error) {
	ctx, done := context.WithTimeout(context.Background(), openPatience)
	defer done()
	b := &Bus{
		changed:  make(chan struct{}, 1),
		listed:   make(chan struct{}, 1),
		lost:     make(chan struct{}),
		programs: map[string]*program{},
	}
	address, before, err := enable(ctx, session)
	if err != nil {
		return nil, err
	}
	b.enabled, b.at = before, time.Now()
	if b.conn, err = dial(ctx, address, dbus.WithSignalHandler(listener{b})); err != nil {
		return nil, fmt.Errorf("atspi: connect to the accessibility bus %s: %w", address, err)
	}
	if err := b.register(ctx); err != nil {
		b.conn.Close()
		return nil, fmt.Errorf("atspi: ask the registry for events: %w", err)
	}
	return b, nil
}

// dial connects, and gives up when ctx ends.
func dial(ctx context.Context, address string, options ...dbus.ConnOption) (*dbus.Conn, error) {
	life, end := context.WithCancel(context.Background())
	late := context.AfterFunc(ctx, end)
	c, err := dbus.Connect(address, append(options, dbus.WithContext(life), dbus.WithSerialGenerator(&serial{}))...)
	if !late() {
		return nil, errors.Join(context.Cause(ctx), err)
	}
	if err != nil {
		end()
	}
	return c, err
}

// serial numbers messages. Unlike the library's own it keeps no account of the
// numbers in use, which would grow with every question that is never answered.
type serial struct{ last atomic.Uint32 }

// GetSerial implements dbus.SerialGenerator.
func (s *serial) GetSerial() uint32 {
	for {
		if n := s.last.Add(1); n != 0 {
			return n
		}
	}
}

// RetireSerial implements dbus.SerialGenerator.
func (s *serial) RetireSerial(uint32) {}

// Since says whether accessibility had been on before Open switched it on, and
// when Open did. Of a program that was started before that time, and while it
// was not on, nothing can be known.
func (b *Bus) Since() (enabled bool, at time.Time) { return b.enabled, b.at }

// Changed returns a channel with a signal in it when a program has come or
// gone, or has said that something of it has changed. Signals are merged. They
// are hints: much changes without one.
func (b *Bus) Changed() <-chan struct{} { return b.changed }

// Ping returns nil when the registry answers.
func (b *Bus) Ping(ctx context.Context) error {
	q := b.questions(ctx)
	q.askProperty(b.registryRoot(), accessible[:len(accessible)-1], "ChildCount")
	_, err := q.all()
	if err != nil && ctx.Err() == nil {
		return ErrGone
	}
	return err
}

// Close ends the connection. Run and every Scan end with ErrGone.
func (b *Bus) Close() error {
	if err := b.conn.Close(); err != nil && !errors.Is(err, dbus.ErrClosed) {
		return fmt.Errorf("atspi: close the accessibility bus: %w", err)
	}
	return nil
}

func (b *Bus) questions(ctx context.Context) questions {
	return questions{ctx: ctx, line: wire{b.conn}}
}

func (b *Bus) registryRoot() ref {
	b.mu.Lock()
	defer b.mu.Unlock()
	return ref{b.registry, root}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
