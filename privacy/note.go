package privacy

import (
	"image"
	"slices"

	"telestrator/privacy/atspi"
)

// note keeps what is to be told of the windows.
func (f *fields) note() {
	f.facts = f.facts[:0]
	for i := range f.plots {
		p := &f.plots[i]
		w := Window{ID: uint32(p.id), PID: p.pid, Program: p.program, Class: p.class, Title: p.title,
			Area: p.area, State: p.state, Why: p.why}
		if program := f.programs[p.pid]; program != nil {
			w.Toolkit, w.Secrets = program.manner.name, len(p.fields)
		}
		f.facts = append(f.facts, w)
	}
	for _, h := range f.windows.ruled {
		f.facts = append(f.facts, Window{ID: uint32(h.id), PID: h.pid, Program: h.program, Class: h.class,
			Title: h.title, Area: h.area, State: Ruled, Why: "A rule hides it."})
	}
}

// noteAreas keeps what is masked. The lock is held.
func (f *fields) noteAreas(silent bool, masks region) {
	f.marks = f.marks[:0]
	if silent {
		f.marks = append(f.marks, Area{everywhere, UnknownWindow})
		return
	}
	for i := range f.windows.ruled {
		if r := &f.windows.ruled[i]; !r.absent {
			f.mark(r.seen, HiddenWindow)
		}
	}
	for i := range f.plots {
		if p := &f.plots[i]; f.masked(p) {
			f.mark(p.seen, UnknownWindow)
		} else {
			f.mark(p.masks, SecretField)
		}
	}
	named := f.named[:0]
	for _, a := range f.marks {
		named = append(named, a.Rect)
	}
	f.named = named
	f.mark(appendDifference(nil, masks, named), HiddenWindow) // where something hidden was
}

func (f *fields) mark(area region, why Reason) {
	for _, r := range area {
		f.marks = append(f.marks, Area{r, why})
	}
}

func (f *fields) areas(dst []Area) []Area {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append(dst, f.marks...)
}

// types reports whether a point lies in a window of a program in which a secret
// field has the focus.
func (f *fields) types(at image.Point) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.facts {
		w := &f.facts[i]
		if p := f.programs[w.PID]; at.In(w.Area) && p != nil && p.scan != nil &&
			slices.ContainsFunc(p.scan.Secrets, func(s atspi.Secret) bool { return s.Focused }) {
			return true
		}
	}
	return false
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

// tracks reports whether programs can be asked.
func (f *fields) tracks() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.bus != nil
}
