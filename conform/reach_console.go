package conform

// lead are the steps that bring a console to a state, as its device. Greeted
// is left out: a console says ready by itself.
func lead(s state) (steps []step) {
	steps = append(steps, expect{"hello", with{"version": 1}})
	if s >= waiting {
		steps = append(steps, say{"welcome", with{"capabilities": offered{}}}, expect{"ready", nil},
			say{"grants", with{"scopes": 0}}, say{"paused", nil})
	}
	if s >= live {
		steps = append(steps, expect{"request", with{"number": 1}},
			say{"grants", with{"number": 2, "generation": 2, "scopes": 1, "answered": 1}}, whole(), expect{"ack", with{"number": 1}})
	}
	if s >= paused {
		steps = append(steps, say{"paused", with{"number": 2, "why": 1}})
	}
	return steps
}

// leading makes a case that begins in a state of the console.
func leading(s state, name, section string, steps ...step) Case {
	return Case{Name: name, Section: section, steps: append(lead(s), steps...)}
}
