package panel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// fakeControl is a daemon that does as it is told and writes down what it was
// asked.
type fakeControl struct {
	mu      sync.Mutex
	state   State
	changed chan struct{} // closed at the next change
	acts    []string
	asked   chan string // each act as it comes, while somebody listens
	err     error       // answer to every act
	picture Picture
	unseen  error         // answer to every view
	views   int           // calls of View
	gate    chan struct{} // acts return when it is closed, if it is there
}

func newFakeControl() *fakeControl {
	return &fakeControl{state: State{Number: 1, State: Idle, Screen: ScreenOK}, changed: make(chan struct{}), asked: make(chan string, 8)}
}

func (f *fakeControl) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}

func (f *fakeControl) Wait(ctx context.Context, after uint64) State {
	for {
		f.mu.Lock()
		state, changed := f.state, f.changed
		f.mu.Unlock()
		if state.Number > after {
			return state
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return state
		}
	}
}

// show replaces the state; its number follows by itself.
func (f *fakeControl) show(s State) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.Number = f.state.Number + 1
	f.state = s
	close(f.changed)
	f.changed = make(chan struct{})
}

// count changes the first session without a new number, as counters do.
func (f *fakeControl) count(change func(*Session)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	session := f.state.Sessions[0]
	change(&session)
	f.state.Session, f.state.Sessions = &session, []Session{session}
}

func (f *fakeControl) act(what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.acts = append(f.acts, what)
	select {
	case f.asked <- what:
	default:
	}
	err, gate := f.err, f.gate
	f.mu.Unlock()
	if gate != nil {
		<-gate
	}
	f.mu.Lock()
	return err
}

// fail makes every act fail from now on.
func (f *fakeControl) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// hold makes every act wait until the returned function is called.
func (f *fakeControl) hold() (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	gate := make(chan struct{})
	f.gate = gate
	return func() { close(gate) }
}

// done returns the acts so far and forgets them.
func (f *fakeControl) done() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	acts := strings.Join(f.acts, ", ")
	f.acts = nil
	return acts
}

func (f *fakeControl) Grant(session string, scopes []string) error {
	return f.act("grant " + session + " [" + strings.Join(scopes, " ") + "]")
}
func (f *fakeControl) Show(window uint32) error { return f.act(fmt.Sprint("show ", window)) }
func (f *fakeControl) AllowField(session, field string) error {
	return f.act("allow " + session + " [" + field + "]")
}

// View is the picture there is, if it is another one, or waits for it.
func (f *fakeControl) View(ctx context.Context, after uint64) (Picture, error) {
	f.mu.Lock()
	f.views++
	f.mu.Unlock()
	for {
		f.mu.Lock()
		picture, err, changed := f.picture, f.unseen, f.changed
		f.mu.Unlock()
		if err != nil || picture.Number != after {
			return picture, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Picture{}, nil
		}
	}
}

// paint replaces the picture; its number follows by itself.
func (f *fakeControl) paint(p Picture, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p.PNG != nil {
		p.Number = f.picture.Number + 1
	}
	f.picture, f.unseen = p, err
	close(f.changed)
	f.changed = make(chan struct{})
}

func (f *fakeControl) Revoke(scope string) error { return f.act("revoke " + scope) }
func (f *fakeControl) Pause() error              { return f.act("pause") }
func (f *fakeControl) Resume() error             { return f.act("resume") }
func (f *fakeControl) Stop() error               { return f.act("stop") }
func (f *fakeControl) Ring() error               { return f.act("ring") }
func (f *fakeControl) Cancel() error             { return f.act("cancel") }

var errBroken = errors.New("agentd: the journal is full of secrets")
