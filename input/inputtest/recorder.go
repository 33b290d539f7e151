// Package inputtest stands in for a screen that events go to: a Recorder writes
// down what an injector is told to do, a Shield has windows of ours where a test
// wants them.
package inputtest

import (
	"fmt"
	"slices"
	"sync"

	"telestrator/input"
)

// Event is what a Recorder was told to do.
type Event struct {
	Do     string // "move", "button", "wheel", "key", "text", "release" or "close"
	X, Y   int    // of move; steps of wheel
	Button uint8
	Down   bool   // of button and key
	Text   string // of text; the code of key
}

func (e Event) String() string {
	switch e.Do {
	case "move", "wheel":
		return fmt.Sprintf("%s %d,%d", e.Do, e.X, e.Y)
	case "button":
		return fmt.Sprintf("button %d %s", e.Button, upOrDown(e.Down))
	case "key":
		return fmt.Sprintf("key %s %s", e.Text, upOrDown(e.Down))
	case "text":
		return fmt.Sprintf("text %q", e.Text)
	}
	return e.Do
}

func upOrDown(down bool) string {
	if down {
		return "down"
	}
	return "up"
}

// Recorder is an Injector that writes down what it is told to do. It knows every
// key and button. Its zero value is ready. It is safe for concurrent use.
type Recorder struct {
	mu      sync.Mutex
	events  []Event
	keys    []string
	buttons []uint8
	most    int
	fail    error
	watch   func(Event)
}

// Fail makes every later call return this error and do nothing; nil ends that.
func (r *Recorder) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// Most lets a Text type only so many bytes of its text, as an injector does
// that is short of keys. A negative number is none, 0 is all.
func (r *Recorder) Most(bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.most = bytes
}

// Watch has f called with each event when it is made, on the goroutine that
// makes it.
func (r *Recorder) Watch(f func(Event)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watch = f
}

// Take returns the events since the last Take.
func (r *Recorder) Take() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	events := r.events
	r.events = nil
	return events
}

// Pressed returns the keys and buttons that are down, as they were pressed.
func (r *Recorder) Pressed() (keys []string, buttons []uint8) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.keys), slices.Clone(r.buttons)
}

func (r *Recorder) record(e Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return r.fail
	}
	r.events = append(r.events, e)
	if r.watch != nil {
		r.watch(e)
	}
	switch e.Do {
	case "key":
		r.keys = change(r.keys, e.Text, e.Down)
	case "button":
		r.buttons = change(r.buttons, e.Button, e.Down)
	case "release":
		r.keys, r.buttons = nil, nil
	}
	return nil
}

// change adds or removes what was pressed or released.
func change[T comparable](list []T, item T, down bool) []T {
	list = slices.DeleteFunc(list, func(t T) bool { return t == item })
	if down {
		list = append(list, item)
	}
	return list
}

// Move records a movement.
func (r *Recorder) Move(x, y int) error { return r.record(Event{Do: "move", X: x, Y: y}) }

// Button records a button.
func (r *Recorder) Button(button uint8, down bool) error {
	return r.record(Event{Do: "button", Button: button, Down: down})
}

// Wheel records a turn of the wheel.
func (r *Recorder) Wheel(dx, dy int) error { return r.record(Event{Do: "wheel", X: dx, Y: dy}) }

// Key records a key.
func (r *Recorder) Key(code string, down bool) error {
	return r.record(Event{Do: "key", Text: code, Down: down})
}

// Text records a text, or as much of it as Most allows.
func (r *Recorder) Text(text string) (int, error) {
	r.mu.Lock()
	n := len(text)
	if r.most != 0 {
		n = min(n, max(r.most, 0))
	}
	r.mu.Unlock()
	if n == 0 && text != "" {
		return 0, nil
	}
	return n, r.record(Event{Do: "text", Text: text[:n]})
}

// Idle does nothing.
func (r *Recorder) Idle() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fail
}

// Release records it, and everything is up.
func (r *Recorder) Release() error { return r.record(Event{Do: "release"}) }

// Close records it.
func (r *Recorder) Close() error { return r.record(Event{Do: "close"}) }

var _ input.Injector = (*Recorder)(nil)
