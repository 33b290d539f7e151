package conform

import (
	"fmt"
	"strings"
	"time"
)

// transcript is the course of a case, without what was in the messages.
type transcript struct {
	began time.Time
	lines []string
}

const maxLines = 40 // the newest are kept

func (t *transcript) add(format string, args ...any) {
	if t.began.IsZero() {
		t.began = time.Now()
	}
	if len(t.lines) == maxLines {
		t.lines = t.lines[1:]
	}
	t.lines = append(t.lines, fmt.Sprintf("%6.3f ", time.Since(t.began).Seconds())+fmt.Sprintf(format, args...))
}

// String is what was noted last, a line each.
func (t *transcript) String() string { return strings.Join(t.lines, "\n") }
