package agentd

import (
	"context"
	"slices"
	"time"

	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// Daemon is the panel's Control.
var _ panel.Control = (*Daemon)(nil)

// Grant answers the request of one session with what the user allows.
func (d *Daemon) Grant(session string, names []string) error {
	scopes, ok := protocol.ParseScopes(names)
	if !ok || scopes&^Served != 0 {
		return &panel.Refusal{ID: "not_offered", Message: "This version cannot grant that."}
	}
	s, err := d.session(session)
	if err != nil {
		return err
	}
	return d.grant(s, scopes)
}

// session finds a session by its id.
func (d *Daemon) session(id string) (*Session, error) {
	for _, s := range d.present() {
		if s.id == id {
			return s, nil
		}
	}
	return nil, &panel.Refusal{Status: 404, ID: "no_session", Message: "That agent is not connected any more."}
}

// grant puts the user's answer into effect. A yes needs that it was the user's
// own hand, and that the user will be shown that somebody sees the screen.
func (d *Daemon) grant(s *Session, scopes protocol.Scopes) error {
	if scopes == 0 {
		return s.answer(0)
	}
	if err := d.ownHand(); err != nil {
		return err
	}
	if d.screen.keeper.Load() == nil {
		return &panel.Refusal{Status: 503, ID: "no_sign", Message: "The sign that your screen is seen cannot be shown, so it is not."}
	}
	if err := d.record(s); err != nil {
		return err
	}
	return s.answer(scopes)
}

// actedWithin says whether any agent, also one who has left, used mouse or
// keyboard within so long.
func (d *Daemon) actedWithin(within time.Duration) bool {
	d.mu.Lock()
	last := d.acted
	d.mu.Unlock()
	return time.Since(last) < within || slices.ContainsFunc(d.present(), func(s *Session) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return !s.acted.IsZero() && time.Since(s.acted) < within
	})
}

// Revoke takes a scope from every session.
func (d *Daemon) Revoke(name string) error {
	scope, ok := protocol.ParseScopes([]string{name})
	if !ok {
		return &panel.Refusal{Status: 404, ID: "no_scope", Message: "There is no such permission."}
	}
	for _, s := range d.present() {
		s.revoke(scope)
	}
	return nil
}

// Pause holds every picture back.
func (d *Daemon) Pause() error { return d.hold(true) }

// Resume lets the pictures go on.
func (d *Daemon) Resume() error { return d.hold(false) }

func (d *Daemon) hold(paused bool) error {
	d.mu.Lock()
	sessions := slices.Clone(d.sessions)
	d.paused = paused && len(sessions) > 0
	d.mu.Unlock()
	if len(sessions) == 0 {
		return &panel.Refusal{ID: "no_session", Message: "Nobody is connected."}
	}
	for _, s := range sessions {
		s.hold(paused)
	}
	return nil
}

// Stop ends every session at once, and the call for help.
func (d *Daemon) Stop() error {
	for _, s := range d.present() {
		s.stop(protocol.Stopped, "The user has ended the session.")
	}
	d.mu.Lock()
	waiting := d.code.Text != ""
	d.mu.Unlock()
	if waiting {
		return d.Cancel()
	}
	return nil
}

// Wait returns the state once its number is above after. While somebody waits,
// it looks what privacy knows of windows.
func (d *Daemon) Wait(ctx context.Context, after uint64) panel.State {
	look := time.NewTicker(factsEvery)
	defer look.Stop()
	for {
		d.renew(d.privacy(), time.Now())
		d.mu.Lock()
		number, news := d.number, d.news
		d.mu.Unlock()
		if number > after {
			return d.State()
		}
		select {
		case <-news:
		case <-look.C:
		case <-ctx.Done():
			return d.State()
		}
	}
}

// State is the daemon as the panel shows it.
func (d *Daemon) State() panel.State {
	d.mu.Lock()
	state := panel.State{Number: d.number, Name: d.config.Name, Display: d.config.Display, Screen: panel.ScreenOK,
		Desk: panel.Desk{URL: d.config.Desk, Connected: d.connected}, Sessions: []panel.Session{},
		Over: d.over, Policy: d.config.Policy.shown()}
	d.tellCode(&state)
	sessions, paused := slices.Clone(d.sessions), d.paused
	d.mu.Unlock()
	state.Privacy = d.privacy()
	if d.screen.isGone() {
		state.Screen = panel.ScreenGone
	}
	for _, s := range sessions {
		if shown := s.snapshot(); shown != nil {
			state.Sessions = append(state.Sessions, *shown)
		}
	}
	state.Session = first(state.Sessions)
	state.State = overall(&state, paused)
	if state.Session != nil {
		state.Over = nil
	}
	return state
}

// tellCode fills in the pairing code while it lives. The lock is held.
func (d *Daemon) tellCode(state *panel.State) {
	if left := time.Until(d.code.Expires); d.code.Text != "" && left > 0 {
		state.Code, state.CodeLeft = d.code.Text, int(left.Seconds())
		state.CodeAge = int(time.Since(d.rung).Seconds())
		state.Console = d.config.Desk + "/#" + d.code.Text
	}
}

// first is the session that matters most: one that asks, else the oldest.
func first(sessions []panel.Session) *panel.Session {
	for i := range sessions {
		if sessions[i].State == panel.Asked {
			return &sessions[i]
		}
	}
	if len(sessions) > 0 {
		return &sessions[0]
	}
	return nil
}

// overall is the state of the device.
func overall(state *panel.State, paused bool) string {
	switch {
	case state.Session != nil && state.Session.State == panel.Asked:
		return panel.Asked
	case state.Session != nil && paused:
		return panel.Paused
	case state.Session != nil:
		return panel.Live
	case state.Code != "":
		return panel.Waiting
	case state.Over != nil:
		return panel.Over
	}
	return panel.Idle
}

// present is the sessions there are now.
func (d *Daemon) present() []*Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.sessions)
}

func (p Policy) shown() panel.Policy {
	return panel.Policy{ConsentDelay: int(p.ConsentDelay.Seconds()), ControlDelay: int(p.delay(control).Seconds()),
		AnswerWithin: int(p.AnswerWithin.Seconds())}
}
