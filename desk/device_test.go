package desk_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
)

func TestHello(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		_, stop := f.device(desk.Config{Name: "kiosk\n7"})
		l := <-f.links
		f.want(l, &frame.Hello{Version: frame.Version, Name: "kiosk7"})
		go stop()
		f.wantEnd(l, frame.ReasonShutdown)
	})
}

// A desk that says anything but welcome, or nothing, is left for the next try.
func TestNotWelcome(t *testing.T) {
	for name, x := range map[string]struct {
		say  frame.Frame
		want frame.Reason
	}{
		"another version": {&frame.Welcome{Version: frame.Version + 1}, frame.ReasonVersion},
		"an offer":        {&frame.Offer{ID: id(1), SDP: []byte("v=0")}, frame.ReasonState},
		"nothing":         {nil, frame.ReasonTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			withFake(t, func(t *testing.T, f *fake) {
				f.device(desk.Config{
					Answer: func(context.Context, []byte) ([]byte, error) { panic("asked before the welcome") },
					State:  func(bool) { t.Error("connected without a welcome") },
				})
				for range 3 {
					l := <-f.links
					f.read(l)
					if x.say != nil {
						f.write(l, x.say)
					}
					f.wantEnd(l, x.want)
				}
			})
		})
	}
}

// Whatever a desk does wrong ends the link with the reason.
func TestDeskViolations(t *testing.T) {
	offer := &frame.Offer{ID: id(1), SDP: []byte("v=0")}
	for name, says := range map[string][]frame.Frame{
		"welcome twice":       {&frame.Welcome{Version: frame.Version}},
		"code without a ring": {&frame.Code{Number: 1, Code: "00000000", Seconds: 1}},
		"void without a ring": {&frame.Void{Number: 1, Reason: frame.ReasonUsed}},
		"an id twice":         {offer, offer},
	} {
		t.Run(name, func(t *testing.T) {
			withFake(t, func(t *testing.T, f *fake) {
				f.device(desk.Config{Answer: untilTheEnd})
				l := f.welcome()
				for _, say := range says {
					f.write(l, say)
				}
				f.wantEnd(l, frame.ReasonState)
			})
		})
	}
}

// untilTheEnd is an Answer that never has one.
func untilTheEnd(ctx context.Context, _ []byte) ([]byte, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestDeskFloods(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		f.device(desk.Config{})
		l := f.welcome()
		for range frame.Rate { // the welcome was one
			l.Write(&frame.Leave{ID: id(1)})
		}
		f.wantEnd(l, frame.ReasonFlood)
	})
}

// A desk that falls silent, without the connection breaking, is noticed.
func TestDeskDead(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		lost := make(chan time.Time, 1)
		f.device(desk.Config{State: func(on bool) {
			if !on {
				lost <- time.Now()
			}
		}})
		f.welcome() // and nobody reads from here on
		began := time.Now()
		if took := (<-lost).Sub(began); took > frame.PingEvery+15*time.Second {
			t.Errorf("noticed after %v", took)
		}
	})
}

// Delays double from a quarter of a second to ten, each shortened by up to a
// half, and never more than one attempt is under way.
func TestBackoff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var tries []time.Time
		d := desk.NewDevice(desk.Config{
			URL: "http://" + desktest.Address,
			Dial: func(context.Context, string, string) (net.Conn, error) {
				tries = append(tries, time.Now())
				return nil, errors.New("nobody there")
			},
		})
		stop := desktest.Run(t, d.Run)
		time.Sleep(2 * time.Minute)
		stop()
		for i, longest := 1, 250*time.Millisecond; i < len(tries); i, longest = i+1, min(2*longest, 10*time.Second) {
			if got := tries[i].Sub(tries[i-1]); got < longest/2 || got > longest {
				t.Errorf("delay %d is %v, want %v to %v", i, got, longest/2, longest)
			}
		}
		if len(tries) < 12 {
			t.Errorf("%d tries in two minutes", len(tries))
		}
	})
}

// A desk that welcomes and drops again is not stormed; one that was there for
// long is called again soon.
func TestBackoffAfterWelcome(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		f.device(desk.Config{})
		for range 10 {
			f.welcome().End(frame.ReasonFull)
		}
		began := time.Now()
		l := f.welcome()
		if took := time.Since(began); took < 5*time.Second {
			t.Errorf("the eleventh try came after %v", took)
		}
		go f.read(l) // so that pings are answered
		time.Sleep(10 * time.Second)
		l.End(frame.ReasonShutdown)
		began = time.Now()
		f.welcome()
		if took := time.Since(began); took > time.Second {
			t.Errorf("back after %v", took)
		}
	})
}
