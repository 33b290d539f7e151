package input

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"telestrator/x11"
)

// leftButton is the number of the button that presses something.
const leftButton = 1

// Run calls back until ctx or the connection to the X server ends, and returns
// which. It may be called once.
func (h *Hand) Run(ctx context.Context, events HandEvents) error {
	h.begin(events)
	ctx, over := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	helpers.Go(func() { h.ask(ctx) })
	helpers.Go(func() { <-ctx.Done(); h.conn.Close() })
	err := h.conn.Pump(h.event)
	ended := context.Cause(ctx)
	over()
	helpers.Wait()
	if ended != nil {
		return ended
	}
	return fmt.Errorf("input: the user's hand is watched no longer: %w", err)
}

// begin makes replies come by way of Pump, and has the devices looked up once
// more: a change until now went unnoticed.
func (h *Hand) begin(events HandEvents) {
	h.asking.Lock()
	h.conn.Handover()
	h.asking.Unlock()
	h.mu.Lock()
	h.events = events.quiet()
	h.mu.Unlock()
	notify(h.rearranged)
}

// event is called for each event, between its arrival and the next one's.
func (h *Hand) event(e x11.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if raw, ok := h.devices.Raw(e); ok {
		h.raw(raw)
	} else if press, ok := h.devices.Press(e); ok {
		h.press(press)
	} else if changed, ok := h.devices.Rearranged(e); ok {
		h.rearrange(changed)
	}
}

// raw takes what a device did, but not a master's copy of it.
func (h *Hand) raw(r x11.Raw) {
	if r.Device != r.Source || h.injected.has(r.Source) {
		return
	}
	switch r.Kind {
	case x11.RawKeyPress, x11.RawKeyRelease:
		if h.chord.Key(byte(r.Detail), r.Kind == x11.RawKeyPress, h.clock.at(r.Time)) {
			h.events.Stop()
		}
	case x11.RawMotion, x11.RawTouchUpdate:
		h.untold = false
	case x11.RawButtonPress:
		h.rawPress(r.Detail == leftButton)
	case x11.RawTouchBegin:
		h.rawPress(h.fingers == 0)
		h.fingers++
	case x11.RawTouchEnd:
		h.fingers = max(0, h.fingers-1)
	}
	h.events.Moved()
}

// rawPress takes the press of a button or a finger. It is looked up if it may
// be meant for a window and the pointer is where it happened: for the left
// button, and the first of several fingers, which the pointer follows.
//
// Looking up is for when a program has grabbed the pointer, as an open menu
// does. Then the press on our window goes to that program. For one who has
// exchanged the buttons it is the wrong one that is looked up; the menu has to
// be closed first.
func (h *Hand) rawPress(meant bool) {
	h.early = false
	if meant && len(h.windows) > 0 {
		h.presses++
		h.untold = true
		notify(h.pressed)
	}
}

// press takes a press on a window, whose raw event was before it. It comes late
// when a program had the pointer's events held back.
func (h *Hand) press(p x11.Press) {
	if p.Button > leftButton || h.injected.has(p.Source) || !slices.Contains(h.windows, p.Window) {
		return
	}
	late := h.early
	h.untold, h.early = false, false
	if !late {
		h.events.Press(p.Window, p.At)
	}
}

// rearrange forgets what was known of devices that came or went, so that they
// count until they have been looked up.
func (h *Hand) rearrange(changed []uint16) {
	h.changes++
	for _, id := range changed {
		h.injected.remove(id)
	}
	notify(h.rearranged)
}
