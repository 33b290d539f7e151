package input

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/protocol"
)

// HandRest is how long the user's own hand keeps the gate shut after it was
// last seen.
const HandRest = 2 * time.Second

// maxSessions is how many sessions a gate knows at a time.
const maxSessions = 16

// Permit is what a session may do now.
type Permit struct {
	Scopes     protocol.Scopes
	Generation uint32 // what it must have aimed at
}

// GateConfig is what a Gate goes by.
type GateConfig struct {
	// Chord is the stop chord as W3C codes. It is not let through. Without
	// one, only the system's own chords are refused.
	Chord []string

	// Now is the clock. Nil is time.Now.
	Now func() time.Time
}

// Errors of a Gate.
var (
	ErrShut     = errors.New("input: the gate is shut for good")
	ErrSessions = errors.New("input: too many sessions")
)

// Gate is the last step before an event. It is safe for concurrent use. What
// shuts it (a narrower permit, Ask, Touch, Shut) has released everything and
// seen the last event happen when it returns without an error; with one, the
// gate is shut all the same. It takes a round trip to the display to shut it,
// and nothing to shut it again; a position takes one write, a press also the
// shield's look.
type Gate struct {
	shield Shield
	chords chords
	now    func() time.Time
	began  time.Time

	hand atomic.Int64 // since began: until when the user's hand has the screen
	calm atomic.Bool  // nothing was let through since everything was released

	mu       sync.Mutex // guards what follows, and held
	held     *Held
	sessions map[string]*session
	asking   bool
	shut     bool
	late     []late
}

// NewGate makes a gate that lets nobody pass yet. The Held, its injector and
// the shield belong to the gate from now on.
func NewGate(next *Held, shield Shield, c GateConfig) *Gate {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Gate{
		shield:   shield,
		chords:   newChords(c.Chord),
		now:      c.Now,
		began:    c.Now(),
		held:     next,
		sessions: make(map[string]*session),
	}
}

// Permit says what a session may do from now on. Without scopes it may do
// nothing, and is forgotten when another needs its place.
func (g *Gate) Permit(name string, p Permit) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut && p.Scopes != 0 {
		return ErrShut
	}
	s, err := g.session(name, p)
	if s == nil {
		return err
	}
	lost := s.permit.Scopes &^ p.Scopes & (protocol.PointerScope | protocol.Keyboard)
	s.permit = p
	if lost == 0 {
		g.sift()
		return nil
	}
	return g.release()
}

// Ask says whether the user is being asked something. Nothing passes meanwhile.
func (g *Gate) Ask(asking bool) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asking = asking
	if !asking {
		return nil
	}
	return g.release()
}

// Touch says that the user's own hand does something. Nothing passes for
// HandRest. It is made to be called for every movement of a real device: only
// the first of many costs more than a look at the clock.
func (g *Gate) Touch() error {
	g.hand.Store(int64(g.since() + HandRest))
	if g.calm.Load() {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.release()
}

// Shut shuts the gate for good.
func (g *Gate) Shut() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	for _, s := range g.sessions {
		s.permit = Permit{}
	}
	return g.release()
}

// Tick is to be called about ten times a second. It releases keys that the
// console no longer names, and goes on with a text that had to wait.
func (g *Gate) Tick() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	err := g.held.Expire(g.now())
	g.drain()
	return errors.Join(err, g.held.Idle())
}

// release releases everything, unless nothing happened since it last did, and
// drops what waits and may no longer pass.
func (g *Gate) release() error {
	defer g.sift()
	if g.calm.Load() {
		return nil
	}
	err := g.held.Release()
	g.calm.Store(err == nil)
	return err
}

// handHas says whether the user's own hand has the screen. If not, the gate is
// not calm any more; and that is noted first, so that a Touch at this moment is
// either seen here, or sees it and waits for us.
func (g *Gate) handHas() bool {
	was := g.calm.Swap(false)
	if g.since() >= g.handUntil() {
		return false
	}
	g.calm.Store(was)
	return true
}

// handUntil is until when, since the gate was made, the user's hand has the screen.
func (g *Gate) handUntil() time.Duration { return time.Duration(g.hand.Load()) }

// since is the time since the gate was made.
func (g *Gate) since() time.Duration { return g.now().Sub(g.began) }
