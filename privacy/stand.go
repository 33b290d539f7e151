package privacy

import (
	"maps"
	"time"

	"github.com/jezek/xgb/xproto"
)

// arrange decides what becomes of each window that is on the screen, and appends
// what of them is masked to a disjoint region inside bounds.
func (f *fields) arrange(masks region, m mirror, now time.Time) region {
	f.plots = f.windows.plots
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ping(now)
	f.learn(now)
	f.judge(now)
	silent := f.silent(now)
	f.noteAreas(silent)
	if silent {
		return appendDisjoint(masks, []rectangle{everywhere}, m.bounds())
	}
	for i := range f.plots {
		if p := &f.plots[i]; f.masked(p) {
			masks = appendDisjoint(masks, p.seen, m.bounds())
		}
	}
	return masks
}

// relearn is learn for whoever does not hold the lock.
func (f *fields) relearn(now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.learn(now)
}

// learn tells the windows what programs have said since.
func (f *fields) learn(now time.Time) {
	for pid, p := range f.programs {
		if p.scan != p.learned {
			f.windows.heard(f.plots, pid, p.scan, p.manner, now)
			p.learned = p.scan
		}
	}
}

// judge gives each window its state.
func (f *fields) judge(now time.Time) {
	for i := range f.plots {
		p := &f.plots[i]
		p.state, p.why = f.stand(p, now)
		if p.state != New && p.state != Unsure {
			delete(f.puzzled, p.id)
		}
	}
	if len(f.puzzled) > len(f.plots) {
		maps.DeleteFunc(f.puzzled, func(id xproto.Window, since time.Time) bool { return now.Sub(since) > time.Minute })
	}
	f.note()
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
	switch frame := f.windows.frame(p, program.scan.Frames); {
	case frame == nil && !p.popup:
		program.want(program.tried.Add(againAfter))
		return f.puzzle(p, now, "Its program does not know this window.")
	case frame != nil && !frame.Ready:
		program.want(program.tried.Add(againAfter))
		return f.puzzle(p, now, "Its content is still loading.")
	case p.flat:
		program.want(program.tried.Add(silence)) // what changes under a mask wakes nobody
		return Guarded, "It has a password field, and its program does not say where."
	case p.guarded || program.secrets() > 0:
		return Guarded, ""
	}
	return Vouched, ""
}

// stranger is what can be said of a window whose program is not on the bus.
func (f *fields) stranger(p *plot, now time.Time) (State, string) {
	switch {
	case p.guarded:
		return Refused, "Its program had a password field and cannot be asked any more."
	case p.trusted, f.allowed[p.id]:
		return Trusted, ""
	case f.bus == nil:
		return Unsure, f.why
	}
	return f.puzzle(p, now, "Its program cannot be asked for password fields.")
}

// puzzle is New for a while, then Unsure.
func (f *fields) puzzle(p *plot, now time.Time, why string) (State, string) {
	since, known := f.puzzled[p.id]
	if !known {
		since = now
		f.puzzled[p.id] = now
	}
	switch {
	case now.Sub(since) < budget:
		return New, why
	case p.trusted, f.allowed[p.id]:
		return Trusted, ""
	}
	return Unsure, why
}
