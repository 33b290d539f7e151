package input

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"telestrator/x11"
)

// Hand watches the devices of the user's own hand, on a connection to the X
// server that does nothing else. Injected events come from devices which the
// server has for that (XTEST), and do not count; those of every other device
// do, known or not.
//
// One goroutine of Run reads events and calls back. The other asks: which
// devices are the injecting ones, when that may have changed, and what is under
// the pointer, when the user pressed.
type Hand struct {
	conn    *x11.Conn
	devices *x11.Devices

	rearranged chan struct{} // capacity 1: devices came or went
	pressed    chan struct{} // capacity 1: the user pressed somewhere

	asking sync.Mutex // held by who asks the server

	mu       sync.Mutex // guards what follows, and is held during callbacks
	events   HandEvents
	chord    *Chord
	clock    clock
	injected sources
	changes  int      // of which devices there are
	windows  []uint32 // presses on these are told; written under asking too
	fingers  int      // on the touch screens
	presses  int      // that were looked up so far
	untold   bool     // the user pressed, has not moved since, and no window has told of it
	early    bool     // the user's last press was told of before its window did
}

// OpenHand connects to an X11 display, or to the environment's DISPLAY where
// the name is empty. It starts nothing; see Run.
func OpenHand(display string, c ChordConfig) (*Hand, error) {
	chord, err := NewChord(c)
	if err != nil {
		return nil, err
	}
	conn, err := x11.Dial(display)
	if err != nil {
		return nil, fmt.Errorf("input: watch the hand on display %q: %w", display, err)
	}
	h := &Hand{conn: conn, chord: chord, rearranged: make(chan struct{}, 1), pressed: make(chan struct{}, 1)}
	if err := h.prepare(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("input: watch the hand on display %q: %w", display, err)
	}
	return h, nil
}

// prepare asks for the devices' events, and finds the injecting ones.
func (h *Hand) prepare() (err error) {
	if h.devices, err = x11.OpenDevices(h.conn); err != nil {
		return err
	}
	if h.devices == nil {
		return errors.New("an X server without XInput 2.2 does not tell which device an event is from")
	}
	h.devices.WatchRaw()
	if err = h.conn.Check(); err != nil {
		return err
	}
	return h.renew()
}

// Close gives the connection back. Run does so too.
func (h *Hand) Close() error { return h.conn.Close() }

// Watch makes Press tell of presses on these windows, which are on the root,
// and no others. It returns when the server has agreed. It may be called before
// Run and beside it, by any goroutine, but not from a callback.
func (h *Hand) Watch(windows []uint32) error {
	if len(windows) > MaxWatched {
		return fmt.Errorf("input: watch %d windows: %d are the most", len(windows), MaxWatched)
	}
	h.asking.Lock()
	defer h.asking.Unlock()
	for _, w := range windows {
		h.devices.WatchPresses(w)
	}
	if err := h.conn.Check(); err != nil {
		h.ignore(windows, h.windows)
		return fmt.Errorf("input: watch windows: %w", err)
	}
	h.mu.Lock()
	old := h.windows
	h.windows = slices.Clone(windows)
	h.mu.Unlock()
	h.ignore(old, windows)
	return nil
}

// ignore stops watching windows but those to keep. Some may have gone, which
// is as good.
func (h *Hand) ignore(windows, keep []uint32) {
	for _, w := range windows {
		if !slices.Contains(keep, w) {
			h.devices.IgnorePresses(w)
		}
	}
	h.conn.Check()
}
