package privacy

import "slices"

// note keeps what is to be told of the windows.
func (f *fields) note() {
	f.facts = f.facts[:0]
	for i := range f.plots {
		p := &f.plots[i]
		w := Window{ID: uint32(p.id), PID: p.pid, Program: p.program, Class: p.class, Title: p.title,
			Area: p.area, State: p.state, Why: p.why}
		if program := f.programs[p.pid]; program != nil {
			w.Toolkit, w.Secrets = program.manner.name, program.secrets()
		}
		f.facts = append(f.facts, w)
	}
	for _, h := range f.windows.ruled {
		f.facts = append(f.facts, Window{ID: uint32(h.id), PID: h.pid, Program: h.program, Class: h.class,
			Title: h.title, Area: h.area, State: Ruled, Why: "A rule hides it."})
	}
}

// Facts says what can and cannot be protected now. Windows are known from the
// first Release on.
func (g *Guard) Facts() Facts {
	f := g.fields
	if f == nil {
		return Facts{Why: "This screen has no windows that could be looked at."}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return Facts{Tracking: f.bus != nil, Why: f.why, Windows: slices.Clone(f.facts)}
}
