package input

import (
	"errors"
	"slices"
	"time"

	"telestrator/protocol"
)

// heldFor is how long a key stays down that the console does not name.
const heldFor = 5 * time.Second

// Held is an Injector that knows what is pressed. At most protocol.MaxHeld keys
// are, and each only while the console says so. It is not safe for concurrent
// use.
type Held struct {
	next    Injector
	keys    []heldKey // in the order in which they were pressed
	buttons []uint8   // the same
}

// heldKey is a key that is down.
type heldKey struct {
	code  string
	named time.Time // when it was last known to be held; zero until Expire looks
}

// NewHeld puts a Held before an injector, with nothing pressed.
func NewHeld(next Injector) *Held { return &Held{next: next} }

// Any says whether anything is pressed.
func (h *Held) Any() bool { return len(h.keys)+len(h.buttons) > 0 }

// Move puts the pointer to a position.
func (h *Held) Move(x, y int) error { return h.next.Move(x, y) }

// Wheel turns the wheel.
func (h *Held) Wheel(dx, dy int) error { return h.next.Wheel(dx, dy) }

// Text types a text.
func (h *Held) Text(text string) (int, error) { return h.next.Text(text) }

// Idle passes the call on. Keys expire by Expire.
func (h *Held) Idle() error { return h.next.Idle() }

// Close closes the injector.
func (h *Held) Close() error { return h.next.Close() }

// Button presses or releases a button. What changes nothing is dropped.
func (h *Held) Button(button uint8, down bool) error {
	if h.presses(button) == down {
		return nil
	}
	err := h.next.Button(button, down)
	if errors.Is(err, ErrButton) {
		return err
	}
	if down {
		h.buttons = append(h.buttons, button)
	} else {
		h.buttons = slices.DeleteFunc(h.buttons, func(b uint8) bool { return b == button })
	}
	return err
}

// Key presses or releases a key. A second press is a repeat, which is the
// device's affair, and is dropped; so is the release of a key that is up.
// ErrHeld says that too many are down.
func (h *Held) Key(code string, down bool) error {
	switch {
	case h.holds(code) == down:
		return nil
	case down && len(h.keys) >= protocol.MaxHeld:
		return ErrHeld
	}
	err := h.next.Key(code, down)
	if errors.Is(err, ErrCode) {
		return err
	}
	if down {
		h.keys = append(h.keys, heldKey{code: code})
	} else {
		h.keys = slices.DeleteFunc(h.keys, func(k heldKey) bool { return k.code == code })
	}
	return err
}

// Keep notes that the console holds these keys.
func (h *Held) Keep(codes []string, now time.Time) {
	for i := range h.keys {
		if slices.Contains(codes, h.keys[i].code) {
			h.keys[i].named = now
		}
	}
}

// Expire releases the keys that the console has not named for heldFor. A fresh
// press counts from the first Expire that sees it.
func (h *Held) Expire(now time.Time) error {
	var errs []error
	for _, k := range slices.Backward(slices.Clone(h.keys)) {
		switch {
		case k.named.IsZero():
			h.Keep([]string{k.code}, now)
		case now.Sub(k.named) > heldFor:
			errs = append(errs, h.Key(k.code, false))
		}
	}
	return errors.Join(errs...)
}

// Release has the injector release everything. It does not release key by key:
// the injector knows which keys the user's own hand holds too, and those it
// must leave to the user.
func (h *Held) Release() error {
	if err := h.next.Release(); err != nil {
		return err
	}
	h.keys, h.buttons = h.keys[:0], h.buttons[:0]
	return nil
}

// holds says whether a key is down.
func (h *Held) holds(code string) bool {
	return slices.ContainsFunc(h.keys, func(k heldKey) bool { return k.code == code })
}

// presses says whether a button is down.
func (h *Held) presses(button uint8) bool { return slices.Contains(h.buttons, button) }

// codes are the keys that are down.
func (h *Held) codes() []string {
	codes := make([]string, len(h.keys))
	for i, k := range h.keys {
		codes[i] = k.code
	}
	return codes
}
