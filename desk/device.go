// Package desk connects to a desk, the server where devices ring and agents
// wait. SIGNALLING.md is its specification.
//
// A [Device] keeps one WebSocket to the desk, rings for pairing codes and
// answers offers. [Connect] and [Leave] are the console's two requests. The
// frames on the WebSocket are in desk/frame, the desk itself in desk/server.
//
//	Ring    -> ring           ... code                 -> Code
//	Answer  <- offer(console) ... answer or refuse     -> console
package desk

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"telestrator/desk/frame"
)

// The limits of a device's side.
const (
	MaxAnswering = 4                // offers being answered at once (L7)
	answerWithin = 10 * time.Second // for Config.Answer
	dialWithin   = 10 * time.Second // for the WebSocket and the desk's welcome

	firstDelay = 250 * time.Millisecond // before the second attempt to connect
	lastDelay  = 10 * time.Second       // the longest delay
	steady     = 10 * time.Second       // a link that lived so long starts the delays anew
)

// What Config.Answer may return to say why; other errors mean that the device
// failed.
var (
	ErrBusy  = errors.New("desk: too many connections are being made already")
	ErrOffer = errors.New("desk: the offer is not acceptable")
)

// Config tells a Device what it is.
type Config struct {
	// URL is the desk's origin, http://HOST:PORT, on loopback.
	URL string

	// Name is shown to agents. It is cut to what a hello may carry.
	Name string

	// Answer, if set, turns a console's offer into the answer; nil refuses every
	// offer. Up to MaxAnswering run at once, each in its own goroutine. Its ctx
	// ends after 10 s, when the console has left and when the link is lost, and
	// Answer must return soon after.
	Answer func(ctx context.Context, offer []byte) (answer []byte, err error)

	// State, if set, hears of every change between connected and not. It is
	// called by Run's goroutine, which it must not hold up; nor may Void or Left.
	State func(connected bool)

	// Void, if set, hears that the code of the last Ring no longer opens
	// anything: used, burnt by wrong tries, or lost with the link. Expiry is
	// not told: Code.Expires knows it.
	Void func(why frame.Reason)

	// Left, if set, hears that nobody is at the other end of an answered
	// connection: the console has left through the desk, or the answer came too
	// late for it. Connection, within Answer, gives the same id. Calls come from
	// several goroutines.
	Left func(connection string)

	// Dial, if set, opens the desk's TCP connection instead of a net.Dialer
	// that refuses everything beyond loopback. For tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	// Log, if set, is told of links and their ends. Codes never appear in it.
	Log *slog.Logger
}

// Device is one device's connection to its desk. Run keeps it; the other
// methods may be called at any time, by any goroutine.
type Device struct {
	config Config
	asking chan struct{} // holds one token: the right to ring or cancel

	mu   sync.Mutex
	live *session      // the link that the desk has welcomed, nil without one
	came chan struct{} // closed when live is set; a new one when it is lost
}

// NewDevice makes a device. It connects once Run runs.
func NewDevice(c Config) *Device {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Device{config: c, asking: make(chan struct{}, 1), came: make(chan struct{})}
}

// Run keeps the device connected until ctx ends, and returns once everything
// it started has ended. It fails at once when the URL is none it may use.
func (d *Device) Run(ctx context.Context) error {
	url, err := origin(d.config.URL)
	if err != nil {
		return err
	}
	client := newClient(d.config.Dial)
	defer client.CloseIdleConnections()
	for delay := firstDelay; ctx.Err() == nil; delay = min(2*delay, lastDelay) {
		began := time.Now()
		err := d.serve(ctx, client, url.JoinPath("api", "device").String())
		if time.Since(began) >= steady {
			delay = firstDelay
		}
		d.config.Log.Info("desk: not connected", "why", err, "desk", url.Host)
		pause(ctx, jitter(delay))
	}
	return ctx.Err()
}

// jitter keeps devices that lost the same desk from coming back all at once.
func jitter(d time.Duration) time.Duration {
	return d/2 + rand.N(d/2)
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// welcomed publishes a session that the desk has welcomed.
func (d *Device) welcomed(s *session) {
	d.mu.Lock()
	d.live = s
	close(d.came)
	d.mu.Unlock()
	d.tell(true)
}

// lost takes it back.
func (d *Device) lost(s *session) {
	d.mu.Lock()
	d.live = nil
	d.came = make(chan struct{})
	close(s.gone)
	d.mu.Unlock()
	d.tell(false)
}

func (d *Device) tell(connected bool) {
	if d.config.State != nil {
		d.config.State(connected)
	}
}

// session waits for a live session.
func (d *Device) session(ctx context.Context) (*session, error) {
	for {
		d.mu.Lock()
		live, came := d.live, d.came
		d.mu.Unlock()
		if live != nil {
			return live, nil
		}
		select {
		case <-came:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}
