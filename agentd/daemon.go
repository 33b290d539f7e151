package agentd

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/agentd/journal"
	"telestrator/agentd/panel"
	"telestrator/desk"
	"telestrator/peer"
)

// Daemon is one device being helped. Run serves it.
type Daemon struct {
	config   Config
	log      *slog.Logger
	instance *Instance
	screen   *Screen
	mirror   *mirror
	desk     *desk.Device
	panel    *panel.Server
	journal  *journal.Journal
	listener net.Listener
	arrivals chan *Session // connections on their way to serve
	hand     atomic.Bool   // the user's own hand has taken over
	asking   atomic.Int32  // sessions about which the user is being asked
	telling  sync.Mutex    // held while the guardian is told so

	room      atomic.Int64 // bytes that recordings may still take
	recording sync.Mutex   // held while the journal is told that a session begins

	mu        sync.Mutex
	number    uint64 // of the state, for the panel
	news      chan struct{}
	sessions  []*Session
	paused    bool
	code      desk.Code
	rung      time.Time
	connected bool
	over      *panel.Ending
	known     known
	acted     time.Time // when an agent who has left last used mouse or keyboard
}

// New takes the instance's name, opens the screen and the panel's port, and
// says in one sentence what is wrong with them. It starts nothing.
func New(c Config) (*Daemon, error) {
	c = c.withDefaults()
	if u, err := url.Parse(c.Desk); err != nil || u.Host == "" {
		return nil, fmt.Errorf("agentd: the desk's URL %q is none: give http://HOST:PORT with --desk", c.Desk)
	} else if err := desk.Loopback(u.Hostname()); err != nil {
		return nil, err
	} else if err := recordable(c.Record); err != nil {
		return nil, err
	}
	d := &Daemon{config: c, log: c.Log, number: 1, news: make(chan struct{}), arrivals: make(chan *Session)}
	d.room.Store(c.RecordMost)
	var err error
	if d.instance, err = TakeInstance(c.Name); err != nil {
		return nil, err
	}
	if err = d.build(); err != nil {
		if d.screen != nil && d.screen.Guardian != nil {
			d.screen.Parts.close()
		}
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
	d.screen.changed, d.screen.sign, d.screen.told = d.screenChanged, d.sign, d.guarded
	d.screen.chosen = len(d.config.Policy.Privacy.Only) > 0
	d.mirror = newMirror(d.screen, d.log, d.eyes)
	if d.journal, err = openJournal(d.config.Name); err != nil {
		return err
	}
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

// Run serves the device until ctx ends, and returns when everything it started
// has ended.
func (d *Daemon) Run(ctx context.Context) error {
	defer d.instance.Release()
	ctx, end := context.WithCancelCause(ctx)
	var parts sync.WaitGroup
	parts.Go(func() { end(d.screen.Run(ctx)) })
	parts.Go(func() { d.mirror.run(ctx) })
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
		case s := <-d.arrivals:
			running.Go(func() { d.ended(s, s.Run(ctx)) })
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
	s.changed, s.asks, s.rest = d.changed, d.asks, d.rest
	if d.config.Record != "" {
		s.record(newTape(d.config.Record, s.id, &d.room, s.log, d.changed))
	}
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
	case d.arrivals <- s:
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
	d.recordEnd(s, end)
	d.mu.Lock()
	d.over = &panel.Ending{Code: int(end.Code), Reason: end.Reason, Name: s.name}
	if len(d.sessions) == 0 {
		d.paused = false
	}
	d.mu.Unlock()
	d.changed()
}

func (d *Daemon) forget(s *Session) {
	s.mu.Lock()
	acted := s.acted
	s.mu.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if acted.After(d.acted) {
		d.acted = acted
	}
	d.sessions = slices.DeleteFunc(d.sessions, func(other *Session) bool { return other == s })
}

// changed tells panel and sign that there is something new. It takes no
// session's lock, so that a session may call it with its own.
func (d *Daemon) changed() {
	wake(d.screen.demand)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.number++
	close(d.news)
	d.news = make(chan struct{})
}

// Link returns a link to the panel that opens it once, within a minute.
func (d *Daemon) Link() string { return d.panel.Link() }

// TokenFile is where the panel's master token is kept.
func (d *Daemon) TokenFile() string { return d.instance.TokenFile() }
