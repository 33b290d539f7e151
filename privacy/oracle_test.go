package privacy

import (
	"context"
	"errors"
	"image"
	"os"
	"slices"
	"sync"
	"time"

	"telestrator/privacy/atspi"
)

// oracle is an accessibility bus whose programs say what the test wants. It has
// one program unless more are added, and that is this process: to the X server
// all windows of a painter are its own.
type oracle struct {
	changed chan struct{}
	end     chan error // ends Run

	mu     sync.Mutex
	apps   []atspi.App
	said   atspi.Scan                      // what is answered
	before func()                          // when it is asked
	delay  func(ctx context.Context) error // before an answer
	pong   func(ctx context.Context) error // to a ping
	early  bool                            // what is answered is as it was when the scan began
	scans  int
}

var errOracle = errors.New("the oracle is silent")

func newOracle(toolkit atspi.Toolkit) *oracle {
	prompt := func(context.Context) error { return nil }
	return &oracle{
		changed: make(chan struct{}, 1), end: make(chan error, 1), delay: prompt, pong: prompt,
		before: nothing, apps: []atspi.App{{Name: ":1.1", PID: os.Getpid(), Toolkit: toolkit}},
	}
}

// set changes what is answered from now on.
func (o *oracle) set(change func(*oracle)) {
	o.mu.Lock()
	change(o)
	o.mu.Unlock()
	o.hint()
}

// hint says that something may have changed.
func (o *oracle) hint() {
	select {
	case o.changed <- struct{}{}:
	default:
	}
}

// frame adds a window to what is answered.
func (o *oracle) frame(title string, area image.Rectangle) {
	o.set(func(o *oracle) {
		o.said.Frames = append(o.said.Frames, atspi.Frame{Path: title, Title: title, Area: area, Ready: true})
	})
}

// fields makes these the secret fields, all in the form.
func (o *oracle) fields(areas ...image.Rectangle) {
	o.set(func(o *oracle) {
		o.said.Secrets = nil
		form := slices.IndexFunc(o.said.Frames, func(f atspi.Frame) bool { return f.Title == "form" })
		for i, area := range areas {
			id := string(rune('a' + i))
			o.said.Secrets = append(o.said.Secrets, atspi.Secret{ID: id, Frame: form, Area: area, Showing: true, Known: true})
		}
	})
}

// change changes the first secret field.
func (o *oracle) change(how func(*atspi.Secret)) {
	o.set(func(o *oracle) { how(&o.said.Secrets[0]) })
}

// hang lets no answer come until free is called or a scan gives up.
func (o *oracle) hang() (free func()) {
	held := make(chan struct{})
	o.set(func(o *oracle) { o.delay = func(ctx context.Context) error { return wait(ctx, held) } })
	return sync.OnceFunc(func() { close(held) })
}

func wait(ctx context.Context, until <-chan struct{}) error {
	select {
	case <-until:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (o *oracle) Run(ctx context.Context) error {
	select {
	case err := <-o.end:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (o *oracle) Changed() <-chan struct{} { return o.changed }

func (o *oracle) Apps(dst []atspi.App) []atspi.App {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append(dst, o.apps...)
}

func (o *oracle) Scan(ctx context.Context, _ string) (*atspi.Scan, error) {
	o.mu.Lock()
	before := o.before
	o.mu.Unlock()
	began := time.Now()
	before()
	o.mu.Lock()
	o.scans++
	delay, early, answer := o.delay, o.early, o.answer(began)
	o.mu.Unlock()
	if err := delay(ctx); err != nil || early {
		return answer, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.answer(began), nil
}

func (o *oracle) answer(began time.Time) *atspi.Scan {
	return &atspi.Scan{Began: began, Ended: time.Now(),
		Frames: slices.Clone(o.said.Frames), Secrets: slices.Clone(o.said.Secrets)}
}

func (o *oracle) Ping(ctx context.Context) error {
	o.mu.Lock()
	pong := o.pong
	o.mu.Unlock()
	return pong(ctx)
}

func (o *oracle) Close() error { return nil }
