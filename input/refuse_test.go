package input

import "testing"

func TestChords(t *testing.T) {
	t.Parallel()
	c := newChords([]string{"ControlLeft", "AltLeft", "ShiftRight", "End"})
	for _, test := range []struct {
		code     string
		held     []string
		complete bool
	}{
		{"Delete", []string{"ControlLeft", "AltLeft"}, true},
		{"Backspace", []string{"AltRight", "ControlRight"}, true},
		{"F1", []string{"ControlLeft", "KeyA", "AltLeft"}, true},
		{"F24", []string{"ControlRight", "AltRight", "ShiftLeft"}, true},
		{"AltLeft", []string{"F7", "ControlLeft"}, true}, // the last of them, in any order
		{"AltRight", []string{"Backspace", "ControlLeft", "ShiftLeft"}, true},
		{"End", []string{"ShiftLeft", "AltRight", "ControlLeft"}, true},
		{"ShiftRight", []string{"End", "AltLeft", "ControlLeft"}, true},

		{"F1", []string{"ControlLeft"}, false},
		{"F1", []string{"AltLeft"}, false},
		{"Delete", []string{"ControlLeft", "ShiftLeft"}, false},
		{"Insert", []string{"ControlLeft", "AltLeft"}, false},
		{"KeyT", []string{"ControlLeft", "AltLeft", "Delete"}, false}, // it completes nothing
		{"AltLeft", []string{"ControlLeft"}, false},
		{"End", []string{"AltLeft", "ControlLeft"}, false},
		{"ShiftLeft", []string{"AltLeft", "ControlLeft"}, false},
		{"Escape", nil, false},
	} {
		if got := c.complete(test.code, test.held); got != test.complete {
			t.Errorf("%s while %v are held: refused is %v, want %v", test.code, test.held, got, test.complete)
		}
	}
}

func TestNoStopChord(t *testing.T) {
	t.Parallel()
	c := newChords(nil)
	if c.complete("KeyA", nil) || c.complete("End", []string{"ControlLeft", "AltLeft", "ShiftLeft"}) {
		t.Error("without a stop chord, keys are refused that are in none")
	}
	if !c.complete("Delete", []string{"ControlLeft", "AltLeft"}) {
		t.Error("without a stop chord, the system's are let through")
	}
}
