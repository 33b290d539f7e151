package agentd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"slices"
	"sync"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture"
	"telestrator/desk"
	"telestrator/peer"
	"telestrator/privacy"
)

// Config is what a daemon is started with.
type Config struct {
	Name    string // of this instance; empty means "agentd"
	Device  string // name shown to agents; empty means the host's
	Display string // X display, such as ":0"; empty means $DISPLAY
	Desk    string // URL of the desk
	Listen  string // address of the panel; empty means 127.0.0.1:0
	Policy  Policy
	Ring    bool // ring as soon as the desk is there
	Log     *slog.Logger

	// Screen opens the screen; nil means Display. For tests.
	Screen func() (capture.Source, *privacy.Guard, error)
}

// Daemon is one device being helped. Run serves it.
type Daemon struct {
	config   Config
	log      *slog.Logger
	instance *Instance
	screen   *Screen
	desk     *desk.Device
	panel    *panel.Server
	listener net.Listener
	arrivals chan arrival

	mu        sync.Mutex
	number    uint64 // of the state, for the panel
	news      chan struct{}
	sessions  []*Session
	paused    bool
	code      desk.Code
	rung      time.Time
	connected bool
	over      *panel.Ending
}

// arrival is a connection on its way to becoming a session.
type arrival struct{ session *Session }

// New takes the instance's name, opens the screen and the panel's port, and
// says in one sentence what is wrong with them. It starts nothing.
func New(c Config) (*Daemon, error) {
	c = c.withDefaults()
	if u, err := url.Parse(c.Desk); err != nil || u.Host == "" {
		return nil, fmt.Errorf("agentd: the desk's URL %q is none: give http://HOST:PORT with --desk", c.Desk)
	} else if err := desk.Loopback(u.Hostname()); err != nil {
		return nil, err
	}
	d := &Daemon{config: c, log: c.Log, number: 1, news: make(chan struct{}), arrivals: make(chan arrival)}
	var err error
	if d.instance, err = TakeInstance(c.Name); err != nil {
		return nil, err
	}
	if err = d.build(); err != nil {
		d.instance.Release()
		return nil, err
	}
	return d, nil
}

func (d *Daemon) build() error {
	var err error
	if d.screen, err = newScreen(d.config.Screen, d.log); err != nil {
		return err
	}
	d.screen.changed = d.changed
	if d.listener, err = listen(d.config.Listen); err != nil {
		return err
	}
	d.desk = desk.NewDevice(desk.Config{URL: d.config.Desk, Name: d.config.Device, Log: d.log,
		Answer: d.answer, State: d.deskState, Void: d.void})
	d.panel, err = panel.New(panel.Config{Control: d, Token: d.instance.Token(),
		Addr: d.listener.Addr().String(), Log: d.log})
	if err != nil {
		return err
	}
	return d.instance.Publish("http://" + d.listener.Addr().String())
}

// listen opens the panel's port on loopback.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("agentd: the panel cannot listen on %s: %w; choose another address with --listen", address, errors.Unwrap(err))
	}
	return l, nil
}

// Run serves the device until ctx ends, and returns when everything it started
// has ended.
func (d *Daemon) Run(ctx context.Context) error {
	defer d.instance.Release()
	ctx, end := context.WithCancelCause(ctx)
	var parts sync.WaitGroup
	parts.Go(func() { end(d.screen.Run(ctx)) })
	parts.Go(func() { end(d.panel.Run(ctx, d.listener)) })
	parts.Go(func() { end(d.desk.Run(ctx)) })
	parts.Go(func() { d.serve(ctx) })
	if d.config.Ring {
		parts.Go(func() { d.ringFirst(ctx) })
	}
	<-ctx.Done()
	parts.Wait()
	return context.Cause(ctx)
}

// serve runs a session for each arrival. All have ended when it returns.
func (d *Daemon) serve(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case a := <-d.arrivals:
			running.Go(func() { d.ended(a.session, a.session.Run(ctx)) })
		}
	}
}

// answer makes a connection out of a console's offer. A desk calls it.
func (d *Daemon) answer(ctx context.Context, offer []byte) ([]byte, error) {
	if d.full() {
		return nil, desk.ErrBusy
	}
	conn, answer, err := peer.Answer(ctx, peer.Config{Loopback: true}, offer)
	if err != nil {
		d.log.Info("an offer was refused", "why", err)
		return nil, fmt.Errorf("%w: %v", desk.ErrOffer, err)
	}
	s := newSession(conn, d.screen.view(), d.config.Policy, d.config.Device, d.log)
	s.changed = d.changed
	if !d.enter(ctx, s) {
		s.view.close()
		_ = conn.Close()
		return nil, desk.ErrBusy
	}
	return answer, nil
}

// enter hands a session to serve.
func (d *Daemon) enter(ctx context.Context, s *Session) bool {
	d.mu.Lock()
	s.paused, s.gone = d.paused, d.screen.isGone()
	full := len(d.sessions) >= d.config.Policy.Sessions
	if !full {
		d.sessions = append(d.sessions, s)
	}
	d.mu.Unlock()
	if full {
		return false
	}
	select {
	case d.arrivals <- arrival{s}:
		return true
	case <-ctx.Done():
		d.forget(s)
		return false
	}
}

func (d *Daemon) full() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.sessions) >= d.config.Policy.Sessions
}

// ended takes a session off, and notes why for the panel.
func (d *Daemon) ended(s *Session, why error) {
	d.forget(s)
	end := reason(why)
	d.mu.Lock()
	d.over = &panel.Ending{Code: int(end.Code), Reason: end.Reason, Name: s.name}
	if len(d.sessions) == 0 {
		d.paused = false
	}
	d.mu.Unlock()
	d.changed()
}

func (d *Daemon) forget(s *Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions = slices.DeleteFunc(d.sessions, func(other *Session) bool { return other == s })
}

// changed tells the panel that there is something new. It takes no session's
// lock, so that a session may call it with its own.
func (d *Daemon) changed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.number++
	close(d.news)
	d.news = make(chan struct{})
}

// withDefaults fills in what was left open.
func (c Config) withDefaults() Config {
	if c.Name == "" {
		c.Name = "agentd"
	}
	if c.Device == "" {
		c.Device, _ = os.Hostname()
	}
	if c.Display == "" {
		c.Display = os.Getenv("DISPLAY")
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Policy = c.Policy.withDefaults()
	if c.Screen == nil {
		c.Screen = func() (capture.Source, *privacy.Guard, error) { return openScreen(c.Display, c.Policy.Privacy) }
	}
	return c
}

// openScreen opens capture and privacy on one display.
func openScreen(display string, policy privacy.Policy) (capture.Source, *privacy.Guard, error) {
	guard, err := privacy.Open(display, policy)
	if err != nil {
		return nil, nil, err
	}
	source, err := capture.Open(display)
	if err != nil {
		_ = guard.Close()
		return nil, nil, err
	}
	return source, guard, nil
}

// Link returns a link to the panel that opens it once, within a minute.
func (d *Daemon) Link() string { return d.panel.Link() }

// TokenFile is where the panel's master token is kept.
func (d *Daemon) TokenFile() string { return d.instance.TokenFile() }
