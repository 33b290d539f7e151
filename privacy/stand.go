package privacy

import "time"

// learn tells the windows what programs have said since. Parts that began before
// a new field was named are owed again: it may have moved before it was.
func (f *fields) learn(now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for pid, p := range f.programs {
		if p.scan == p.learned {
			continue
		}
		p.learned = p.scan
		fresh, again := f.windows.heard(pid, p.scan, p.manner, now)
		if fresh && p.manner.lags() {
			f.again = append(f.again, f.freeze(p, now)...)
		} else if fresh {
			f.again = append(f.again, f.drop(p)...)
		}
		if !again.IsZero() {
			p.want(again)
		}
	}
}

// arrange decides what becomes of each window that is on the screen, and appends
// what of them is masked to a disjoint region inside bounds.
func (f *fields) arrange(masks region, m mirror, now time.Time) region {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.plots = f.windows.plots
	f.ping(now)
	f.judge(now)
	silent := f.silent(now)
	for i := range f.plots {
		if p := &f.plots[i]; f.masked(p) {
			masks = appendDisjoint(masks, p.seen, m.bounds())
		}
	}
	if silent {
		masks = appendDisjoint(masks, []rectangle{everywhere}, m.bounds())
	}
	f.noteAreas(silent, masks)
	return masks
}

// judge gives each window its state.
func (f *fields) judge(now time.Time) {
	for i := range f.plots {
		p := &f.plots[i]
		p.state, p.why = f.stand(p, now)
		f.reveal(p, now)
		if p.state != New && p.state != Unsure && !p.vague {
			p.puzzled = time.Time{}
		}
	}
	f.discover(now)
	f.windows.judged(func(p *plot) bool { return f.masked(p) || p.state == New || p.flat })
	f.note()
}

// reveal freezes a program that lags when a window of it with secrets is no longer
// withheld: while it was, nobody watched the frames of its fields.
func (f *fields) reveal(p *plot, now time.Time) {
	program := f.programs[p.pid]
	if p.withheld && !p.flat && p.state == Guarded && program != nil && program.manner.lags() {
		f.again = append(f.again, f.freeze(program, now)...)
	}
}

// discover asks the programs of windows that are hidden, and may not be by the
// pages that they show, for the first time. What they say later is hinted at.
func (f *fields) discover(now time.Time) {
	for i := range f.windows.ruled {
		if p := f.programs[f.windows.ruled[i].pid]; p != nil && p.scan == nil && f.byPage {
			p.want(now)
		}
	}
}

// masked reports whether nothing of a window may leave.
func (f *fields) masked(p *plot) bool {
	return p.state == Refused || p.state == Unsure && f.policy != Allow
}

// stand is what can be said of a window, and why.
func (f *fields) stand(p *plot, now time.Time) (State, string) {
	program := f.programs[p.pid]
	switch {
	case program == nil:
		return f.stranger(p, now)
	case program.blind:
		return f.puzzle(p, now, "Its pages are drawn by another process, which does not tell of password fields.")
	case !program.failed.IsZero():
		program.want(program.tried.Add(silence))
		return Refused, "Its program does not answer when it is asked for its password fields."
	case !program.frozen.IsZero() && now.Sub(program.frozen) > linger:
		return Refused, "A password field in it may be moving."
	}
	if since := p.since.Add(program.manner.hold); !program.since(since) {
		program.want(since)
		return f.puzzle(p, now, "Its program is being asked for its password fields.")
	}
	switch frame := f.windows.frame(p, program.learned.Frames); {
	case frame == nil && !p.popup:
		program.want(program.tried.Add(againAfter))
		return f.puzzle(p, now, "Its program does not know this window.")
	case frame != nil && !frame.Ready:
		program.want(program.tried.Add(againAfter))
		return f.puzzle(p, now, "Its content is still loading.")
	case p.vague:
		const why = "Its program has not told yet where its password fields are."
		if state, _ := f.puzzle(p, now, why); state != New {
			return Refused, why // it has one, whatever the policy
		}
		return New, why
	case p.flat:
		program.want(program.tried.Add(program.patience())) // what changes under a mask wakes nobody
		return Guarded, "It has a password field, and its program does not say where."
	case p.guarded || program.secrets() > 0:
		return Guarded, ""
	}
	return Vouched, ""
}

// stranger is what can be said of a window whose program is not on the bus.
func (f *fields) stranger(p *plot, now time.Time) (State, string) {
	switch {
	case p.guarded || p.flat || p.vague:
		return Refused, "Its program had a password field and cannot be asked any more."
	case p.trusted, p.allowed:
		return Trusted, ""
	case f.bus == nil && f.why != "":
		return Unsure, f.why
	}
	return f.puzzle(p, now, "Its program cannot be asked for password fields. If it is a browser, start it again.")
}

// puzzle is New for a while, then Unsure.
func (f *fields) puzzle(p *plot, now time.Time, why string) (State, string) {
	if p.puzzled.IsZero() {
		p.puzzled = now
	}
	switch {
	case now.Sub(p.puzzled) < budget:
		return New, why
	case p.trusted, p.allowed:
		return Trusted, ""
	}
	return Unsure, why
}
