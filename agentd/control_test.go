package agentd

import (
	"testing"
	"time"
)

// TestHandsOffOutlastsTheAgent: what an agent did with mouse or keyboard keeps
// grants away for two seconds, also when that agent has left.
func TestHandsOffOutlastsTheAgent(t *testing.T) {
	now := time.Now()
	for age, want := range map[time.Duration]bool{0: true, handsOff + time.Second: false} {
		s := &Session{acted: now.Add(-age)}
		d := &Daemon{sessions: []*Session{s}}
		if got := d.actedWithin(handsOff); got != want {
			t.Errorf("present, %v ago: %t", age, got)
		}
		if d.forget(s); d.actedWithin(handsOff) != want {
			t.Errorf("left, %v ago: %t", age, !want)
		}
	}
}
