//go:build linux

package atspi

import (
	"slices"
	"testing"
)

// TestForms follows the life of password fields in real programs.
func TestForms(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			d := newDesk(t)
			say := f.start(t, d)
			d.testForm(t, f.kit, say)
		})
	}
}

func (d *desk) testForm(t *testing.T, kit Toolkit, say func(string)) {
	first := d.until(t, kit, "a password field", func(s *Scan) bool {
		return len(s.Secrets) == 1 && located(s.Secrets[0]) && s.Secrets[0].Kind == Password && ready(s, 0)
	}).Secrets[0]
	if first.Relative != (kit == GTK4) {
		t.Errorf("Relative is %v", first.Relative)
	}

	say("reveal")
	d.untilRevealed(t, kit, first)

	say("replace")
	heir := d.until(t, kit, "the heir", func(s *Scan) bool {
		return len(s.Secrets) == 1 && s.Secrets[0].Kind == Heir && located(s.Secrets[0])
	}).Secrets[0]
	if heir.ID == first.ID || !covers(heir.Area, first.Area) {
		t.Errorf("the heir is %+v, of %+v", heir, first)
	}

	say("remove")
	d.until(t, kit, "no secret field", func(s *Scan) bool { return len(s.Secrets) == 0 })

	say("card")
	d.until(t, kit, "a field for a card", func(s *Scan) bool {
		return slices.ContainsFunc(s.Secrets, func(s Secret) bool { return s.Kind == Card })
	})

	say("another")
	d.until(t, kit, "a second window", func(s *Scan) bool {
		return slices.ContainsFunc(s.Secrets, func(s Secret) bool { return s.Kind == Password && s.Frame > 0 && located(s) })
	})
}

func located(s Secret) bool { return s.Showing && s.Known && !s.Area.Empty() }

func ready(s *Scan, frame int) bool {
	return len(s.Frames) > frame && s.Frames[frame].Ready && s.Frames[frame].Title != ""
}

// untilRevealed waits until a field is shown as text, and fails if it is not
// secret any more. Firefox has another node then, which is its heir; GTK 4 does
// not tell.
func (d *desk) untilRevealed(t *testing.T, kit Toolkit, field Secret) {
	t.Helper()
	d.until(t, kit, "the field shown as text", func(s *Scan) bool {
		if len(s.Secrets) == 0 {
			t.Fatalf("a field shown as text is not secret any more: %+v", *s)
		}
		now := s.Secrets[0]
		switch kit {
		case GTK4:
			return now.ID == field.ID
		case Firefox:
			return now.ID != field.ID && now.Kind == Heir
		}
		return now.ID == field.ID && d.role(now.ID) != rolePassword
	})
}

// role is the one a field had in the last scan.
func (d *desk) role(id string) int {
	d.bus.mu.Lock()
	defer d.bus.mu.Unlock()
	for _, p := range d.bus.programs {
		for r, f := range p.fields {
			if r.String() == id {
				return f.role
			}
		}
	}
	return 0
}
