// Package guardiantest makes guardians that act on a screen that is none. What
// they do is recorded; the user's own hand and presses on the bar are played.
// Guardian, gate and board are the real ones, so that a test in virtual time
// tests them too.
package guardiantest

import (
	"context"
	"image"
	"net"
	"slices"
	"sync"
	"testing"

	"telestrator/agentd/guardian"
	"telestrator/ink"
	"telestrator/input"
	"telestrator/input/inputtest"
)

// Screen is what a guardian acts on. It is safe for concurrent use.
type Screen struct {
	*inputtest.Recorder
	Shield *inputtest.Shield

	mu     sync.Mutex
	acts   int // events that were made, but for releases
	sign   *ink.Sign
	marks  []ink.Mark
	hidden []image.Rectangle
	fail   error
	closed bool // the overlay is; like a real one it shows nothing any more
	killed bool
	events input.HandEvents
	done   chan struct{}
}

// Start starts a guardian on a new screen, and takes it. Closing the one ends
// the other.
func Start(tb testing.TB) (*guardian.Guardian, *Screen) {
	tb.Helper()
	ours, theirs := net.Pipe()
	return start(tb, ours, theirs)
}

// Over is a connection that a test stands in between.
type Over interface {
	net.Conn
	Set(net.Conn) // what it is a connection over
}

// StartOver is Start with a test's own end of the connection.
func StartOver(tb testing.TB, over Over) (*guardian.Guardian, *Screen) {
	tb.Helper()
	ours, theirs := net.Pipe()
	over.Set(ours)
	return start(tb, over, theirs)
}

func start(tb testing.TB, ours, theirs net.Conn) (*guardian.Guardian, *Screen) {
	tb.Helper()
	s := &Screen{Recorder: &inputtest.Recorder{}, Shield: &inputtest.Shield{}, done: make(chan struct{})}
	s.Watch(s.note)
	gate := input.NewGate(input.NewHeld(s.Recorder), s.Shield, input.GateConfig{})
	go func() {
		defer close(s.done)
		_ = guardian.Serve(context.Background(), theirs, guardian.Parts{Gate: gate, Overlay: overlay{s}, Hand: hand{s}, Kill: s.kill, Close: func() {}})
	}()
	g, err := guardian.Attach(ours)
	if err != nil {
		tb.Fatal(err)
	}
	return g, s
}

// note counts what was made.
func (s *Screen) note(e inputtest.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Do != "release" && e.Do != "close" {
		s.acts++
	}
}

// Acts is how many events were made so far; what releases everything is none.
func (s *Screen) Acts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acts
}

// Holds says whether a key or a button is down.
func (s *Screen) Holds() bool {
	keys, buttons := s.Pressed()
	return len(keys)+len(buttons) > 0
}

// Done is closed when the guardian has ended.
func (s *Screen) Done() <-chan struct{} { return s.done }

// Sign is what the user sees now; nil without a sign.
func (s *Screen) Sign() *ink.Sign {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sign
}

// Marks is the ink on the screen.
func (s *Screen) Marks() []ink.Mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.marks)
}

// Hidden is what has an outline on the screen.
func (s *Screen) Hidden() []image.Rectangle {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.hidden)
}

// FailSign makes showing the sign fail from now on; nil ends that.
func (s *Screen) FailSign(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
}

// Killed says whether the guardian killed the daemon.
func (s *Screen) Killed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.killed
}

func (s *Screen) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.killed = true
}

// Move plays the user's own hand.
func (s *Screen) Move() { s.hand().Moved() }

// Chord plays the stop chord.
func (s *Screen) Chord() { s.hand().Stop() }

// Press plays a press on the bar: on its left part is pause, on its right end.
func (s *Screen) Press(what ink.Press) { s.hand().Press(0, image.Pt(int(what), 0)) }

func (s *Screen) hand() input.HandEvents {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events
}

// overlay is the screen as a guardian draws on it.
type overlay struct{ *Screen }

func (overlay) Windows() []uint32             { return []uint32{1, 2, 3, 4} }
func (overlay) Hit(at image.Point) ink.Press  { return ink.Press(at.X) }
func (overlay) Run(ctx context.Context) error { <-ctx.Done(); return context.Cause(ctx) }

func (o overlay) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sign, o.marks, o.hidden = nil, nil, nil
	o.closed = true
	return nil
}

func (o overlay) Sign(s *ink.Sign) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return ink.ErrGone
	}
	if o.fail != nil && s != nil {
		return o.fail
	}
	if o.sign = s; s == nil {
		o.marks, o.hidden = nil, nil
	}
	return nil
}

func (o overlay) Ink(marks []ink.Mark) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return ink.ErrGone
	}
	o.marks = append(o.marks[:0], marks...)
	return nil
}

func (o overlay) Hidden(areas []image.Rectangle) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sign != nil {
		o.hidden = slices.Clone(areas)
	}
	return nil
}

// hand is the user's own hand.
type hand struct{ *Screen }

func (h hand) Run(ctx context.Context, events input.HandEvents) error {
	h.mu.Lock()
	h.events = events
	h.mu.Unlock()
	<-ctx.Done()
	return context.Cause(ctx)
}
