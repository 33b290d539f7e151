//go:build !linux

package input

import (
	"context"
	"errors"
	"runtime"
)

// errHand says that this platform's devices cannot be watched yet.
var errHand = errors.New("input: watching the user's own hand on " + runtime.GOOS + " is not supported yet")

// Hand would watch the devices of the user's own hand. There is none on this
// platform yet.
type Hand struct{}

// OpenHand refuses.
func OpenHand(display string, c ChordConfig) (*Hand, error) { return nil, errHand }

// Watch refuses.
func (h *Hand) Watch(windows []uint32) error { return errHand }

// Run refuses.
func (h *Hand) Run(ctx context.Context, events HandEvents) error { return errHand }

// Close does nothing.
func (h *Hand) Close() error { return nil }
