//go:build !linux

package capture

import (
	"fmt"
	"strconv"
)

// Open opens a display by its number from 0 on, or all of them where the name
// is empty. There is no source of this platform's own yet; see OpenPortable.
func Open(display string) (Source, error) {
	number := AllDisplays
	if display != "" {
		var err error
		if number, err = strconv.Atoi(display); err != nil || number < 0 {
			return nil, fmt.Errorf("capture: open display %q: it is not a display's number; they begin with 0", display)
		}
	}
	s, err := OpenPortable(number)
	if err != nil {
		return nil, fmt.Errorf("capture: open display %q: %w", display, err)
	}
	return s, nil
}
