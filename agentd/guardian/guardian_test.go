package guardian_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/agentd/guardian/guardiantest"
	"telestrator/ink"
	"telestrator/input"
	"telestrator/protocol"
)

// guarded runs a test with a guardian on a screen, in virtual time.
func guarded(t *testing.T, test func(g *guardian.Guardian, s *guardiantest.Screen)) {
	synctest.Test(t, func(t *testing.T) {
		g, s := guardiantest.Start(t)
		var run sync.WaitGroup
		ctx, end := context.WithCancel(t.Context())
		run.Go(func() { _ = g.Run(ctx) })
		test(g, s)
		end()
		run.Wait()
		<-s.Done()
	})
}

// works is a session that may do everything, with a key held and ink drawn.
func works(t *testing.T, g *guardian.Guardian, s *guardiantest.Screen) {
	t.Helper()
	if err := g.Sign(&ink.Sign{Agents: []string{"Ada"}, Scopes: protocol.AllScopes}).Wait(); err != nil {
		t.Fatal(err)
	}
	if err := g.Permit("s", input.Permit{Scopes: protocol.AllScopes &^ protocol.View, Generation: 1}).Wait(); err != nil {
		t.Fatal(err)
	}
	send(t, g, protocol.ChannelInput, &protocol.Key{Number: 1, Generation: 1, Code: "ShiftLeft", Down: true})
	send(t, g, protocol.ChannelInk, &protocol.StrokeBegin{Stroke: 1, Generation: 1, Width: 4})
	send(t, g, protocol.ChannelInk, &protocol.StrokePoints{Stroke: 1, Points: []uint16{10, 10, 90, 90}})
	synctest.Wait()
	if !s.Holds() || len(s.Marks()) == 0 || s.Sign() == nil {
		t.Fatal("nothing is held, drawn or shown")
	}
}

func send(t *testing.T, g *guardian.Guardian, on protocol.Channel, m protocol.Message) {
	t.Helper()
	wire, err := protocol.Append(nil, m)
	if err != nil {
		t.Fatal(err)
	}
	g.Wire("s", on, wire)
}

// clear wants nothing held, drawn or shown.
func clear(t *testing.T, s *guardiantest.Screen) {
	t.Helper()
	if s.Holds() || len(s.Marks()) > 0 || s.Sign() != nil || len(s.Hidden()) > 0 {
		t.Errorf("held: %t, marks: %d, sign: %+v, outlines: %d", s.Holds(), len(s.Marks()), s.Sign(), len(s.Hidden()))
	}
}

// TestDaemonGone closes the socket, as the kernel does for a killed process.
func TestDaemonGone(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		works(t, g, s)
		g.Hidden([]image.Rectangle{image.Rect(0, 0, 9, 9)})
		synctest.Wait()
		_ = g.Close()
		<-s.Done()
		clear(t, s)
	})
}

// TestDaemonSilent lets no heartbeat through any more.
func TestDaemonSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var silent muted
		g, s := guardiantest.StartOver(t, &silent)
		var run sync.WaitGroup
		run.Go(func() { _ = g.Run(t.Context()) })
		works(t, g, s)
		time.Sleep(10 * guardian.Silence)
		synctest.Wait()
		if s.Sign() == nil {
			t.Fatal("let go although the heart beats")
		}
		silent.on()
		time.Sleep(guardian.Silence + guardian.Silence*2/5 + time.Millisecond)
		synctest.Wait()
		clear(t, s)
		<-s.Done()
		run.Wait()
	})
}

// muted is a connection on which nothing is sent any more once it is on.
type muted struct {
	net.Conn
	mu     sync.Mutex
	silent bool
	writes int
	reads  int
}

// count is how many frames were written and read.
func (m *muted) count() (writes, reads int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writes, m.reads
}

func (m *muted) Read(p []byte) (int, error) {
	n, err := m.Conn.Read(p)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	return n, err
}

// Set implements guardiantest.Over.
func (m *muted) Set(c net.Conn) { m.Conn = c }

func (m *muted) on() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.silent = true
}

func (m *muted) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writes++
	if m.silent {
		return len(p), nil
	}
	return m.Conn.Write(p)
}

// TestOffDutyWantsNoHeartbeat: a screen that nobody sees costs nothing.
func TestOffDutyWantsNoHeartbeat(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		time.Sleep(time.Hour)
		works(t, g, s)
		if err := g.Sign(nil).Wait(); err != nil {
			t.Fatal(err)
		}
		if s.Sign() != nil || len(s.Marks()) > 0 {
			t.Error("still shown")
		}
		time.Sleep(time.Hour)
		if err := g.Sign(&ink.Sign{}).Wait(); err != nil {
			t.Error(err)
		}
	})
}

// TestStop plays the chord and End on the bar: all is off at once, nothing is
// permitted until the daemon has obeyed, and one that does not is killed.
func TestStop(t *testing.T) {
	for name, press := range map[string]func(*guardiantest.Screen){
		"chord": (*guardiantest.Screen).Chord,
		"bar":   func(s *guardiantest.Screen) { s.Press(ink.End) },
	} {
		t.Run(name, func(t *testing.T) {
			guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
				works(t, g, s)
				press(s)
				if s.Holds() || s.Sign() != nil {
					t.Error("something is left on the screen")
				}
				if e := <-g.Events(); !e.Stop {
					t.Errorf("the daemon hears %+v", e)
				}
				if err := g.Permit("s", input.Permit{Scopes: protocol.Keyboard, Generation: 1}).Wait(); err == nil {
					t.Error("permitted after the stop")
				}
				if err := g.Sign(&ink.Sign{}).Wait(); err == nil {
					t.Error("shown after the stop")
				}
				g.Obeyed()
				time.Sleep(10 * guardian.ObeyWithin)
				if s.Killed() {
					t.Error("killed although it obeyed")
				}
				works(t, g, s)
				press(s)
				time.Sleep(guardian.ObeyWithin)
				synctest.Wait()
				if !s.Killed() {
					t.Error("not killed although it did not obey")
				}
			})
		})
	}
}

// TestPauseIsOwed: a daemon that does not pause is killed.
func TestPauseIsOwed(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		works(t, g, s)
		s.Press(ink.PauseOrResume)
		if e := <-g.Events(); !e.Pause {
			t.Errorf("the daemon hears %+v", e)
		}
		time.Sleep(guardian.ObeyWithin)
		synctest.Wait()
		if !s.Killed() {
			t.Error("not killed although it did not obey")
		}
	})
}

// TestHandIsTold once when it begins and once when it rests.
func TestHandIsTold(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		works(t, g, s)
		for range 50 {
			s.Move()
			time.Sleep(20 * time.Millisecond)
		}
		began := <-g.Events()
		time.Sleep(2 * input.HandRest)
		synctest.Wait()
		for e := range drain(g) {
			if e.Hand != nil && began.Hand != nil {
				if !*began.Hand || *e.Hand {
					t.Errorf("told %t, then %t", *began.Hand, *e.Hand)
				}
				began.Hand = nil
			} else if e.Hand != nil {
				t.Error("told once too often")
			}
		}
		if began.Hand != nil {
			t.Error("not told that the hand rests")
		}
	})
}

// drain is what has been told so far.
func drain(g *guardian.Guardian) func(func(guardian.Event) bool) {
	return func(yield func(guardian.Event) bool) {
		for {
			select {
			case e := <-g.Events():
				if !yield(e) {
					return
				}
			default:
				return
			}
		}
	}
}

// TestCounts tells what became of a session's messages, and of no other's.
func TestCounts(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		works(t, g, s)
		send(t, g, protocol.ChannelInput, &protocol.Key{Number: 2, Generation: 9, Code: "KeyA", Down: true}) // another generation
		time.Sleep(time.Second)
		synctest.Wait()
		var got guardian.Event
		for e := range drain(g) {
			got = e
		}
		if want := (guardian.Counts{Key: 1, Strokes: 1, Refused: 1}); got.Session != "s" || got.Counts != want {
			t.Errorf("told %+v, want %+v", got, want)
		}
	})
}

// TestSessionLimit takes the limit, and one more.
func TestSessionLimit(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		p := input.Permit{Scopes: protocol.Keyboard, Generation: 1}
		for i := range guardian.MaxSessions {
			if err := g.Permit(fmt.Sprint(i), p).Wait(); err != nil {
				t.Fatal(i, err)
			}
		}
		if err := g.Permit("one more", p).Wait(); err == nil {
			t.Error("one more was taken")
		}
		if err := g.Permit("0", input.Permit{}).Wait(); err != nil {
			t.Error(err)
		}
		if err := g.Permit("one more", p).Wait(); err != nil {
			t.Errorf("there is room again: %v", err)
		}
	})
}

// TestNobodyAnswers ends an order's wait with the guardian.
func TestNobodyAnswers(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		_ = g.Close()
		if err := g.Permit("s", input.Permit{}).Wait(); !errors.Is(err, guardian.ErrGone) {
			t.Errorf("waited for nobody: %v", err)
		}
	})
}
