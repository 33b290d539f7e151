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
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

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
