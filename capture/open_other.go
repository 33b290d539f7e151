//go:build !linux

package capture

import (
	"fmt"
	"runtime"
)

// Open refuses: there is no source for this platform yet.
func Open(display string) (Source, error) {
	return nil, fmt.Errorf("capture: showing the screen of %s is %w", runtime.GOOS, ErrUnsupported)
}
