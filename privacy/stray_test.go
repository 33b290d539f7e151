package privacy

import (
	"image"
	"testing"
	"time"

	"telestrator/privacy/atspi"
)

// TestStray: a field that has gone or jumped may have been anywhere since the
// last scan; one that scrolls has been on its way.
func TestStray(t *testing.T) {
	t.Parallel()
	at := func(x, y int, shows bool) []atspi.Secret {
		return []atspi.Secret{{ID: "f", Area: image.Rect(x, y, x+50, y+20), Known: true, Showing: shows}}
	}
	for name, c := range map[string]struct {
		next []atspi.Secret
		want bool
	}{
		"stays": {at(10, 10, true), false}, "scrolls": {at(10, 10+far, true), false}, "jumps": {at(10, 11+far, true), true},
		"jumps aside": {at(11+far, 10, true), true}, "is hidden": {at(10, 10, false), true}, "goes": {nil, true},
	} {
		m := &model{}
		w := &window{area: image.Rect(0, 0, 500, 500)}
		now := time.Now()
		m.learn(w, at(10, 10, true), manners[atspi.GTK3], true, now)
		if got := m.learn(w, c.next, manners[atspi.GTK3], true, now.Add(time.Second)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if m.learn(w, c.next, manners[atspi.GTK3], true, now.Add(2*time.Second)) {
			t.Errorf("%s: again and again", name)
		}
	}
}
