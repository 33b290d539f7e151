package input_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

// told is what an injector was told, in words.
func told(r *inputtest.Recorder) (list []string) {
	for _, e := range r.Take() {
		list = append(list, e.String())
	}
	return list
}

// want ends the test unless the injector was told exactly this.
func want(t *testing.T, r *inputtest.Recorder, events ...string) {
	t.Helper()
	if got := told(r); !reflect.DeepEqual(got, events) {
		t.Fatalf("the injector was told %q, want %q", got, events)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHeldDropsRepeats(t *testing.T) {
	t.Parallel()
	var r inputtest.Recorder
	h := input.NewHeld(&r)
	for range 3 {
		must(t, h.Key("KeyA", true))
		must(t, h.Button(1, true))
	}
	want(t, &r, "key KeyA down", "button 1 down")
	for range 3 {
		must(t, h.Key("KeyA", false))
		must(t, h.Button(1, false))
	}
	want(t, &r, "key KeyA up", "button 1 up")
	if h.Any() {
		t.Error("something is held")
	}
}

func TestHeldLimit(t *testing.T) {
	t.Parallel()
	var r inputtest.Recorder
	h := input.NewHeld(&r)
	for i := range protocol.MaxHeld {
		must(t, h.Key(fmt.Sprintf("Digit%d", i), true))
	}
	if err := h.Key("KeyA", true); !errors.Is(err, input.ErrHeld) {
		t.Errorf("one key more than %d: %v", protocol.MaxHeld, err)
	}
	must(t, h.Key("Digit0", true)) // a repeat, not one more
	must(t, h.Key("Digit0", false))
	must(t, h.Key("KeyA", true))
	if keys, _ := r.Pressed(); len(keys) != protocol.MaxHeld {
		t.Errorf("%d keys are down", len(keys))
	}
}

func TestHeldExpires(t *testing.T) {
	t.Parallel()
	const heldFor = 5 * time.Second
	var r inputtest.Recorder
	h := input.NewHeld(&r)
	must(t, h.Key("ShiftLeft", true))
	must(t, h.Key("KeyA", true))
	must(t, h.Key("KeyB", true))
	must(t, h.Button(0, true))
	start := time.Now()
	must(t, h.Expire(start)) // from here on it counts
	h.Keep([]string{"KeyA", "KeyZ"}, start.Add(time.Second))
	r.Take()
	must(t, h.Expire(start.Add(heldFor)))
	want(t, &r)
	must(t, h.Expire(start.Add(heldFor+1)))
	want(t, &r, "key KeyB up", "key ShiftLeft up")
	must(t, h.Expire(start.Add(time.Second+heldFor)))
	want(t, &r)
	must(t, h.Expire(start.Add(time.Second+heldFor+1)))
	want(t, &r, "key KeyA up")
	if !h.Any() {
		t.Error("the button is forgotten")
	}
}

func TestHeldRelease(t *testing.T) {
	t.Parallel()
	var r inputtest.Recorder
	h := input.NewHeld(&r)
	must(t, h.Key("KeyA", true))
	must(t, h.Button(0, true))
	broken := errors.New("broken")
	r.Fail(broken)
	if err := h.Release(); !errors.Is(err, broken) || !h.Any() {
		t.Errorf("a failed release: %v, still held: %v", err, h.Any())
	}
	r.Fail(nil)
	must(t, h.Release())
	if h.Any() {
		t.Error("something is held after a release")
	}
	want(t, &r, "key KeyA down", "button 0 down", "release")
	must(t, h.Key("KeyA", true)) // it can be pressed again
	want(t, &r, "key KeyA down")
}

// picky is an injector that knows neither keys nor buttons.
type picky struct{ inputtest.Recorder }

func (*picky) Key(string, bool) error   { return input.ErrCode }
func (*picky) Button(uint8, bool) error { return input.ErrButton }

func TestHeldForgetsWhatIsUnknown(t *testing.T) {
	t.Parallel()
	h := input.NewHeld(&picky{})
	if err := h.Key("KeyA", true); !errors.Is(err, input.ErrCode) {
		t.Errorf("an unknown key: %v", err)
	}
	if err := h.Button(7, true); !errors.Is(err, input.ErrButton) {
		t.Errorf("an unknown button: %v", err)
	}
	if h.Any() {
		t.Error("what the injector does not know counts as held")
	}
}
