package privacy

import (
	"context"
	"image"
	"testing"
	"time"
)

// TestProgramDoesNotAnswer: its windows become flat, others go on, and when it
// answers again they are shown.
func TestProgramDoesNotAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Shown: []WindowRule{{Class: "Terminal"}}}, gtk())
	other := s.other("Terminal", image.Rect(230, 20, 310, 120))
	w := s.vouched()
	s.o.set(func(o *oracle) { o.delay = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() } })
	s.paint(w, fieldArea, blue)
	colour := uint32(0x100000)
	for at(s.release(), 100, 70) != Grey {
		if at(s.release(), 100, 70) == blue {
			t.Fatal("released though its program did not answer")
		}
		colour++
		other.paint(colour)
		if c := at(s.release(), 240, 30); c != colour {
			t.Fatalf("another window is behind: %06x, want %06x", c, colour)
		}
	}
	if s.state(w) != Refused {
		t.Errorf("its state is %d", s.state(w))
	}
	s.o.set(func(o *oracle) { o.delay = func(context.Context) error { return nil } })
	s.woken(100, 70, blue)
}

// TestBusLost: the whole screen is flat until it is back.
func TestBusLost(t *testing.T) {
	t.Parallel()
	o := gtk()
	back := make(chan struct{})
	first := true
	s := openScene(t, Policy{Unknown: Allow}, o, func(string) (asker, error) {
		if first {
			first = false
			return o, nil
		}
		select {
		case <-back:
			return o, nil
		default:
			return nil, errOracle
		}
	})
	s.form()
	o.end <- errOracle
	s.woken(300, 190, Grey)
	s.never(settle, 30, 30, green)
	if facts := s.g.Facts(); facts.Tracking || facts.Why == "" {
		t.Errorf("without the bus: %+v", facts)
	}
	close(back)
	s.woken(30, 30, green)
}

// TestBusSilent: a bus that does not answer is as one that is lost, for as long
// as it does not.
func TestBusSilent(t *testing.T) {
	t.Parallel()
	for name, pong := range map[string]func(context.Context) error{
		"hangs": func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"fails": func(context.Context) error { return errOracle },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			s.form()
			s.quiet(2 * settle)
			s.o.set(func(o *oracle) { o.pong = pong })
			s.untilAt(30, 30, Grey)
			s.never(5*silence, 30, 30, green)
			s.o.set(func(o *oracle) { o.pong = func(context.Context) error { return nil } })
			s.woken(30, 30, green)
		})
	}
}

// TestBusLostIsNoStorm: while it is lost, nobody is woken but by what happens.
func TestBusLostIsNoStorm(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	w, _ := s.form()
	s.quiet(2 * settle)
	defer s.o.hang()()
	s.paint(w, image.Rect(180, 100, 190, 110), blue)
	s.release()
	s.g.fields.mu.Lock()
	s.g.fields.open = func(string) (asker, error) { return nil, errOracle }
	s.g.fields.mu.Unlock()
	s.o.end <- errOracle
	s.untilAt(30, 30, Grey)
	if n := s.wakes(time.Second); n > 30 {
		t.Errorf("%d times woken in a second", n)
	}
}
