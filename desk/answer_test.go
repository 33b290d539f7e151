package desk_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/frame"
)

func offer(n int) *frame.Offer { return &frame.Offer{ID: id(n), SDP: []byte("v=0")} }

func TestAnswer(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		f.device(desk.Config{Answer: func(ctx context.Context, offer []byte) ([]byte, error) {
			return fmt.Appendf(nil, "%s for %s", offer, desk.Connection(ctx)), nil
		}})
		l := f.welcome()
		f.write(l, offer(1))
		f.want(l, &frame.Answer{ID: id(1), SDP: []byte("v=0 for " + id(1))})
	})
}

func TestAnswerRefused(t *testing.T) {
	for name, x := range map[string]struct {
		answer []byte
		err    error
		want   frame.Reason
	}{
		"busy":       {nil, fmt.Errorf("agentd: %w", desk.ErrBusy), frame.ReasonBusy},
		"offer":      {nil, fmt.Errorf("peer: %w", desk.ErrOffer), frame.ReasonOffer},
		"timeout":    {nil, context.DeadlineExceeded, frame.ReasonTimeout},
		"failure":    {nil, errors.New("no entropy"), frame.ReasonInternal},
		"nothing":    {nil, nil, frame.ReasonTimeout},
		"over 16 KB": {make([]byte, frame.MaxSDP+1), nil, frame.ReasonTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			withFake(t, func(t *testing.T, f *fake) {
				f.device(desk.Config{Answer: func(context.Context, []byte) ([]byte, error) { return x.answer, x.err }})
				l := f.welcome()
				f.write(l, offer(1))
				f.want(l, &frame.Refuse{ID: id(1), Reason: x.want})
			})
		})
	}
	t.Run("nobody answers", func(t *testing.T) {
		withFake(t, func(t *testing.T, f *fake) {
			f.device(desk.Config{})
			l := f.welcome()
			f.write(l, offer(1))
			f.want(l, &frame.Refuse{ID: id(1), Reason: frame.ReasonInternal})
		})
	})
}

// Four offers are worked on at once, one more is refused, and a place that
// has become free is used.
func TestAnswerLimit(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		proceed := make(chan bool)
		f.device(desk.Config{Answer: func(ctx context.Context, offer []byte) ([]byte, error) {
			<-proceed
			return offer, nil
		}})
		l := f.welcome()
		for n := range desk.MaxAnswering + 1 {
			f.write(l, offer(n))
		}
		f.want(l, &frame.Refuse{ID: id(desk.MaxAnswering), Reason: frame.ReasonBusy})
		proceed <- true
		if _, ok := f.read(l).(*frame.Answer); !ok {
			t.Error("no answer")
		}
		synctest.Wait()
		f.write(l, offer(9))
		for range desk.MaxAnswering {
			proceed <- true
			if _, ok := f.read(l).(*frame.Answer); !ok {
				t.Error("no answer")
			}
		}
	})
}

func TestAnswerTimeout(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		f.device(desk.Config{Answer: untilTheEnd})
		l := f.welcome()
		began := time.Now()
		f.write(l, offer(1))
		f.want(l, &frame.Refuse{ID: id(1), Reason: frame.ReasonTimeout})
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("the answer could take %v", took)
		}
	})
}

// A console that leaves while its offer is being answered stops that; an
// answer made all the same is told to Left, as is a console that leaves later.
func TestLeft(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		left := make(chan string, 10)
		stubborn := false
		f.device(desk.Config{
			Left: func(id string) { left <- id },
			Answer: func(ctx context.Context, offer []byte) ([]byte, error) {
				if stubborn {
					<-ctx.Done()
				}
				return offer, nil
			},
		})
		l := f.welcome()
		f.write(l, offer(1))
		f.want(l, &frame.Answer{ID: id(1), SDP: []byte("v=0")})
		f.write(l, &frame.Leave{ID: id(1)})
		if got := <-left; got != id(1) {
			t.Errorf("%q left", got)
		}
		stubborn = true
		f.write(l, offer(2))
		f.write(l, &frame.Leave{ID: id(2)})
		f.want(l, &frame.Refuse{ID: id(2), Reason: frame.ReasonTimeout})
		if got := <-left; got != id(2) {
			t.Errorf("%q left", got)
		}
		f.write(l, offer(3))
		synctest.Wait()
		l.End(frame.ReasonShutdown)
		if got := <-left; got != id(3) {
			t.Errorf("%q left", got)
		}
	})
}

// Run does not return before the last Answer has.
func TestRunWaitsForAnswers(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		returned := false
		_, stop := f.device(desk.Config{Answer: func(ctx context.Context, _ []byte) ([]byte, error) {
			<-ctx.Done()
			time.Sleep(time.Second)
			returned = true
			return nil, ctx.Err()
		}})
		l := f.welcome()
		f.write(l, offer(1))
		synctest.Wait()
		go f.wantEnd(l, frame.ReasonShutdown)
		stop()
		if !returned {
			t.Error("Run returned first")
		}
		synctest.Wait()
	})
}
