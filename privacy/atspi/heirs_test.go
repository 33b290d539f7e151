package atspi

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestHeirs replaces a secret field in its last moment, too late, and elsewhere by
// one that is as large or larger.
func TestHeirs(t *testing.T) {
	for _, c := range []struct {
		name string
		late time.Duration
		x, w int32
		heir bool
	}{
		{"at once", 0, 50, 110, true},
		{"in time", heirTime, 50, 110, true},
		{"too late", heirTime + 1, 50, 100, false},
		{"half beside", 0, 100, 110, true},
		{"more than half beside", 0, 101, 110, false},
		{"elsewhere and as large", heirTime, 300, 102, true},
		{"elsewhere and larger", 0, 300, 103, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake("gtk", "3.24")
				p := f.program()
				f.put("window", "secret", field40(50))
				scanned(t, p)
				f.drop("window", "secret")
				scanned(t, p)
				time.Sleep(c.late)
				plain := entry(c.x, "")
				plain.area[2] = c.w
				f.put("window", "plain", plain)
				s := scanned(t, p)
				if heir := len(s.Secrets) == 1 && s.Secrets[0].Kind == Heir; heir != c.heir {
					t.Errorf("heir %v, want %v: %+v", heir, c.heir, s.Secrets)
				}
				time.Sleep(time.Minute)
				if s := scanned(t, p); len(s.Secrets) == 1 != c.heir {
					t.Errorf("a minute later: %+v", s.Secrets)
				}
			})
		})
	}
}

// TestHeirMovedWithItsWindow replaces a secret field while its window moves.
func TestHeirMovedWithItsWindow(t *testing.T) {
	f := newFake("gtk", "3.24")
	p := f.program()
	f.put("window", "secret", field40(50))
	scanned(t, p)
	f.drop("window", "secret")
	f.nodes[fakeRef("window")].area[0] += 400
	heir := entry(450, "")
	heir.area[2] = 110
	f.put("window", "heir", heir)
	if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Heir {
		t.Errorf("%+v", s.Secrets)
	}
}

// TestHiddenFieldHasHeir has a secret field that stops showing and stays.
func TestHiddenFieldHasHeir(t *testing.T) {
	f := newFake("gtk", "3.24")
	p := f.program()
	f.put("window", "secret", field40(50))
	scanned(t, p)
	f.nodes[fakeRef("secret")].states = 0
	f.put("window", "plain", entry(50, ""))
	s := scanned(t, p)
	if len(s.Secrets) != 2 || s.Secrets[0].Showing || !s.Secrets[1].Showing || s.Secrets[1].Kind != Heir {
		t.Errorf("%+v", s.Secrets)
	}
}

// TestHeirOfAHiddenField replaces a secret field while it does not show, such as
// on a page of a notebook that is turned back at the same moment.
func TestHeirOfAHiddenField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake("gtk", "3.24")
		p := f.program()
		f.put("window", "secret", field40(50))
		scanned(t, p)
		f.nodes[fakeRef("secret")].states = 0
		scanned(t, p)
		time.Sleep(2 * heirTime)
		f.drop("window", "secret")
		f.put("window", "plain", entry(50, ""))
		if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Heir {
			t.Errorf("%+v", s.Secrets)
		}
	})
}
