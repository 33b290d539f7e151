//go:build !linux

package input

import (
	"errors"
	"fmt"
	"runtime"
)

// Open opens the screen that takes events. On this system there is none yet.
func Open(display string) (Display, error) {
	return nil, fmt.Errorf("input: open display %q: making events on %s: %w", display, runtime.GOOS, errors.ErrUnsupported)
}
