package input

import (
	"context"
	"image"
	"slices"
)

// ask asks the server what event wants to know, until ctx ends. An error of the
// connection ends Run too.
func (h *Hand) ask(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.rearranged:
			h.renew()
		case <-h.pressed:
			h.under()
		}
	}
}

// renew finds out which devices inject.
func (h *Hand) renew() error {
	h.asking.Lock()
	defer h.asking.Unlock()
	h.mu.Lock()
	asked := h.changes
	h.mu.Unlock()
	all, err := h.devices.List()
	if err != nil {
		return err
	}
	ids, err := h.devices.Test(all)
	if err == nil {
		h.learn(asked, ids)
	}
	return err
}

// learn takes in which devices inject. It is void if devices came or went since
// it was asked; the question is then asked again.
func (h *Hand) learn(asked int, ids []uint16) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changes == asked {
		h.injected = sourcesOf(ids)
	}
}

// under looks up what the user's last press is on, if no window has told.
func (h *Hand) under() error {
	h.asking.Lock()
	defer h.asking.Unlock()
	h.mu.Lock()
	asked := h.presses
	h.mu.Unlock()
	window, at, err := h.conn.Under()
	if err == nil {
		h.found(asked, window, at)
	}
	return err
}

// found tells of a press that no window has told of by the time of the server's
// answer: had it been for us, its event would be here before the answer. A
// pointer that has moved since proves nothing, and an answer to an earlier
// press says nothing of a later one.
func (h *Hand) found(asked int, window uint32, at image.Point) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.untold && h.presses == asked && slices.Contains(h.windows, window) {
		h.untold, h.early = false, true
		h.events.Press(window, at)
	}
}
