//go:build !linux

package guardian

import (
	"context"
	"errors"
)

var errPlatform = errors.New("guardian: this system's screen cannot be drawn on or worked yet; Linux with X11 can")

// Start starts a guardian.
func Start(Config) (*Guardian, error) { return nil, errPlatform }

// Main is the guardian's process.
func Main(context.Context) error { return errPlatform }
