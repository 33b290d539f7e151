package input_test

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/x11"
)

// patience is for anything that normally takes milliseconds.
const patience = 20 * time.Second

// What a Hand tells, as a rig notes it.
const (
	moved = "moved"
	stop  = "stop"
)

var chordKeys = []byte{inputtest.KeyControl, inputtest.KeyAlt, inputtest.KeyShift, inputtest.KeyEnd}

// chordTold is what a Hand tells when the user presses and releases the chord.
var chordTold = []string{moved, moved, moved, stop, moved, moved, moved, moved, moved}

// rig is a Hand at work on an X server of its own.
type rig struct {
	t       *testing.T
	display *capturetest.Display // nil where the test has another server
	user    *inputtest.Device    // the user's own hand
	hand    *input.Hand
	told    chan string
	ended   chan error // what Run returned
	end     context.CancelCauseFunc
}

func newRig(t *testing.T) *rig {
	t.Helper()
	d := capturetest.StartXvfb(t, "640x480x24")
	user, err := inputtest.OpenDevice(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { user.Close() })
	r := prepareRig(t, d.Name(), user)
	r.display = d
	r.run()
	return r
}

// prepareRig opens a Hand on a display.
func prepareRig(t *testing.T, display string, user *inputtest.Device) *rig {
	t.Helper()
	hand, err := input.OpenHand(display, input.DefaultChord())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { hand.Close() })
	return &rig{t: t, user: user, hand: hand, told: make(chan string, 10000), ended: make(chan error, 1)}
}

// run runs the Hand until the test ends, or end is called.
func (r *rig) run() {
	ctx, end := context.WithCancelCause(r.t.Context())
	r.end = end
	go func() {
		r.ended <- r.hand.Run(ctx, input.HandEvents{
			Moved: func() { r.told <- moved },
			Stop:  func() { r.told <- stop },
			Press: func(window uint32, at image.Point) { r.told <- pressed(window, at) },
		})
		close(r.told)
	}()
	r.t.Cleanup(func() {
		end(nil)
		for range r.told { // until Run has returned
		}
	})
}

func pressed(window uint32, at image.Point) string { return fmt.Sprintf("press %#x %v", window, at) }

// expect waits for as much as is wanted, and compares all that came until then.
func (r *rig) expect(what string, want ...string) {
	r.t.Helper()
	if got := r.take(len(want)); !slices.Equal(got, want) {
		r.t.Fatalf("%s: told\n%s\nwant\n%s", what, strings.Join(got, ", "), strings.Join(want, ", "))
	}
}

// take waits for the next n things told.
func (r *rig) take(n int) (got []string) {
	r.t.Helper()
	late := time.After(patience)
	for len(got) < n {
		select {
		case one, ok := <-r.told:
			if !ok {
				r.t.Fatalf("Run ended with %v after %v", <-r.ended, got)
			}
			got = append(got, one)
		case <-late:
			r.t.Fatalf("%d of %d things told: %v", len(got), n, got)
		}
	}
	return got
}

// expectOnly makes sure that nothing was told but what is wanted: the user then
// presses the chord, and nothing else may come in between.
func (r *rig) expectOnly(what string, want ...string) {
	r.t.Helper()
	r.do(r.user.Type(chordKeys...))
	r.expect(what, append(want, chordTold...)...)
}

func (r *rig) do(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// injections counts the raw events of injecting devices, to show that those
// happened of which a Hand tells nothing.
func injections(t *testing.T, display string) (seen <-chan x11.RawKind) {
	t.Helper()
	c, err := x11.Dial(display)
	if err != nil {
		t.Fatal(err)
	}
	devices, err := x11.OpenDevices(c)
	if err != nil {
		t.Fatal(err)
	}
	all, err := devices.List()
	if err != nil {
		t.Fatal(err)
	}
	injecting, err := devices.Test(all)
	if err != nil || len(injecting) == 0 {
		t.Fatalf("injecting devices %v, error %v", injecting, err)
	}
	devices.WatchRaw()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	c.Handover()
	kinds := make(chan x11.RawKind, 10000)
	ended := make(chan error, 1)
	go func() {
		ended <- c.Pump(func(e x11.Event) {
			if r, ok := devices.Raw(e); ok && r.Device == r.Source && slices.Contains(injecting, r.Source) {
				kinds <- r.Kind
			}
		})
	}()
	t.Cleanup(func() { c.Close(); <-ended })
	return kinds
}
