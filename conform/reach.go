package conform

var scopeBits = map[string]int{"view": 1, "ink": 2, "pointer": 4, "keyboard": 8}

func bits(scopes []string) (sum int) {
	for _, one := range scopes {
		sum |= scopeBits[one]
	}
	return sum
}

// reach are the steps that bring a console to a state. Live and paused need the
// user, who grants view or what is named.
func reach(s state, scopes ...string) (steps []step) {
	if len(scopes) == 0 {
		scopes = []string{"view"}
	}
	if s >= greeted {
		steps = append(steps, say{"hello", nil}, expect{"welcome", nil})
	}
	if s >= waiting {
		steps = append(steps, say{"ready", nil}, expect{"grants", with{"scopes": 0, "asked": 0}})
	}
	if s >= live {
		steps = append(steps, say{"request", with{"scopes": bits(scopes)}}, act{Grant, scopes},
			expect{"grants", with{"scopes": bits(scopes), "answered": 1}}, expect{"update", with{"number": 1, "reset": atLeast(resetHead)}})
	}
	if s >= paused {
		steps = append(steps, act{Pause, nil}, expect{"paused", with{"why": 1}})
	}
	return steps
}

// in makes a case that begins in a state of the console.
func in(s state, name, section string, steps ...step) Case {
	return Case{Name: name, Section: section, user: s >= live, alone: s == paused, steps: append(reach(s), steps...)}
}
