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

// TestToldElsewhereWhileMoving: a field that is told at another place while its
// window moves may have moved in it or not: nothing of the window leaves.
func TestToldElsewhereWhileMoving(t *testing.T) {
	t.Parallel()
	at := func(y int) []atspi.Secret {
		return []atspi.Secret{{ID: "f", Area: image.Rect(10, y, 60, y+20), Known: true, Showing: true}}
	}
	m, w, now := &model{}, &window{area: image.Rect(0, 0, 500, 500)}, time.Now()
	gtk := manners[atspi.GTK3]
	m.learn(w, at(10), gtk, true, now)
	if m.learn(w, at(10), gtk, false, now); w.vague {
		t.Error("a field that has not moved")
	}
	if m.learn(w, at(40), gtk, false, now); !w.vague {
		t.Error("a field that may have moved is believed")
	}
	if m.learn(w, at(40), gtk, false, now); !w.vague {
		t.Error("told twice, it is believed")
	}
	if m.learn(w, at(40), gtk, true, now); w.vague {
		t.Error("a sure scan is not believed")
	}
}
