package desk_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/frame"
)

func TestRing(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		d, _ := f.device(desk.Config{})
		var work sync.WaitGroup
		work.Go(func() { // before there is a link
			began := time.Now()
			code, err := d.Ring(t.Context())
			if err != nil || code.Text != "0A1B-2C3D" || code.Expires.Sub(began) != 10*time.Minute {
				t.Errorf("got %+v, %v", code, err)
			}
			if text := code.LogValue().String(); text != "(secret)" {
				t.Errorf("logs would tell %q", text)
			}
		})
		l := f.welcome()
		f.want(l, &frame.Ring{Number: 1})
		f.write(l, &frame.Code{Number: 1, Code: "0A1B2C3D", Seconds: 600})
		work.Wait()
		work.Go(func() {
			if err := d.Cancel(t.Context()); err != nil {
				t.Error(err)
			}
		})
		f.want(l, &frame.Cancel{Number: 1})
		f.write(l, &frame.Void{Number: 1, Reason: frame.ReasonCancelled})
		work.Wait()
		work.Go(func() {
			if code, err := d.Ring(t.Context()); err == nil {
				t.Errorf("got %+v from a full desk", code)
			}
		})
		f.want(l, &frame.Ring{Number: 2})
		f.write(l, &frame.Void{Number: 2, Reason: frame.ReasonFull})
		work.Wait()
	})
}

// A link lost between ring and code: the next link is asked again.
func TestRingSurvivesLink(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		rung := false // until then there is no code to lose
		d, _ := f.device(desk.Config{Void: func(why frame.Reason) {
			if !rung {
				t.Errorf("void: %v", why)
			}
		}})
		got := make(chan desk.Code, 1)
		go func() {
			code, err := d.Ring(t.Context())
			if err != nil {
				t.Error(err)
			}
			got <- code
		}()
		for range 3 {
			l := f.welcome()
			f.want(l, &frame.Ring{Number: 1})
			l.End(frame.ReasonShutdown)
		}
		l := f.welcome()
		f.want(l, &frame.Ring{Number: 1})
		f.write(l, &frame.Code{Number: 1, Code: "00000000", Seconds: 1})
		if code := <-got; code.Text != "0000-0000" {
			t.Errorf("got %+v", code)
		}
		synctest.Wait()
		rung = true
	})
}

// What the caller no longer waits for is not held against the desk, and the
// next ring is another one.
func TestRingAbandoned(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		d, _ := f.device(desk.Config{})
		go func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if _, err := d.Ring(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			if code, err := d.Ring(t.Context()); err != nil || code.Text != "2222-2222" {
				t.Errorf("got %+v, %v", code, err)
			}
		}()
		l := f.welcome()
		f.want(l, &frame.Ring{Number: 1})
		f.want(l, &frame.Ring{Number: 2})
		f.write(l, &frame.Code{Number: 1, Code: "11111111", Seconds: 1})
		f.write(l, &frame.Code{Number: 2, Code: "22222222", Seconds: 1})
		synctest.Wait()
	})
}

func TestCancelWithoutLink(t *testing.T) {
	t.Parallel()
	d := desk.NewDevice(desk.Config{URL: "http://127.0.0.1:1"})
	if err := d.Cancel(t.Context()); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Ring(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The end of a code is told once, and only that of a code that was given.
func TestVoid(t *testing.T) {
	withFake(t, func(t *testing.T, f *fake) {
		var got []frame.Reason
		d, _ := f.device(desk.Config{Void: func(why frame.Reason) { got = append(got, why) }})
		l := f.welcome()
		ring := func(number uint32) {
			go d.Ring(t.Context())
			f.want(l, &frame.Ring{Number: number})
			f.write(l, &frame.Code{Number: number, Code: "00000000", Seconds: 600})
			synctest.Wait()
		}
		ring(1)
		f.write(l, &frame.Void{Number: 1, Reason: frame.ReasonBurnt})
		f.write(l, &frame.Void{Number: 1, Reason: frame.ReasonUsed})
		synctest.Wait()
		ring(2)
		f.write(l, &frame.Void{Number: 1, Reason: frame.ReasonBurnt}) // long gone
		f.write(l, &frame.Void{Number: 2, Reason: frame.ReasonUsed})
		synctest.Wait()
		ring(3)
		l.End(frame.ReasonShutdown)
		f.welcome()
		synctest.Wait()
		want := []frame.Reason{frame.ReasonBurnt, frame.ReasonUsed, frame.ReasonLost}
		if !slices.Equal(got, want) {
			t.Errorf("void: %v, want: %v", got, want)
		}
	})
}
