package privacy

import (
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

// A program that lags may tell a secret's place long after the secret has moved.
// What shows it at once are the pixels: a field that moves takes its frame along.
// Typing into it changes what is inside the frame, and that only.

const (
	frameOutside = 6 // pixels around a field that belong to its frame
	frameInside  = 3 // so inside of it

	// mostFrozen is how long a program is kept frozen because it contradicts what
	// is seen.
	mostFrozen = 5 * time.Second
)

// watch compares what windows of programs that lag show with what they showed
// before. Of a program whose secret may have moved nothing leaves until it must
// have told so; nor does what has changed again while it waited. Both are owed
// anew and returned.
func (f *fields) watch(m mirror, damage region, now time.Time) (rest region) {
	f.changed = f.changed[:0]
	for i := range f.plots {
		p := &f.plots[i]
		program := f.programs[p.pid]
		if program == nil || !program.manner.lags() {
			continue
		}
		f.past.resize(m.size) // what it held is of another screen then, so all has changed
		moved, large := f.compare(m, common(damage, p.seen), p.fields, program)
		if moved || large && now.Before(program.calm) || program.lies(now) {
			rest = append(rest, f.freeze(program, now)...)
		}
		if !now.Before(program.calm) {
			program.frozen, program.left = time.Time{}, nil
		}
	}
	f.streaks.mark(m.size, f.changed, now)
	return append(rest, f.spoil()...)
}

// lies reports whether a program, when it has had its time, still tells that a
// field is at a place that it has left: one that gets no processor is later than
// any that was measured.
func (p *program) lies(now time.Time) bool {
	if p.frozen.IsZero() || now.Before(p.calm) || now.Sub(p.frozen) > mostFrozen || p.learned == nil {
		return false
	}
	return slices.ContainsFunc(p.learned.Secrets, func(s atspi.Secret) bool {
		return s.Showing && slices.Contains(p.left, s.Area)
	})
}

// compare notes what changed in a window, and reports whether one of its fields
// may have moved, and whether the rest changed by more than a letter.
func (f *fields) compare(m mirror, damage, fields region, p *program) (moved, large bool) {
	for _, r := range fields {
		outside, inside := r.Inset(-frameOutside).Intersect(m.bounds()), r.Inset(frameInside).Intersect(m.bounds())
		frame := appendOutside(nil, outside, []rectangle{inside})
		if len(f.renew(m, common(damage, frame))) > 0 {
			moved = true
		}
		left, changed := f.emptied(m, damage, inside)
		if left {
			p.left, moved = append(p.left[max(0, len(p.left)-maxSpots+1):], r), true
		}
		if changed && plain(m, frame) {
			moved = true // there is no frame that would tell
		}
		damage = without(damage, []rectangle{outside})
	}
	rest := f.renew(m, damage)
	f.changed = append(f.changed, rest...)
	return moved, beyond(rest)
}

// beyond reports whether a change is larger than a letter.
func beyond(changed region) bool {
	size := hull(changed).Size()
	return size.X > letter || size.Y > letter
}

// renew is where pixels differ from what they were, and remembers them.
func (f *fields) renew(m mirror, area region) (changed region) {
	changed = differ(nil, area, m, &f.past)
	for _, r := range changed {
		f.past.copy(r, m)
	}
	return changed
}

// spoil drops the parts that wait to be still and have changed: a field may have
// come and gone meanwhile.
func (f *fields) spoil() (rest region) {
	return f.remove(func(p *pending) bool { return p.still && len(common(p.area, f.changed)) > 0 })
}

// freeze lets nothing of a program leave for its time to settle.
func (f *fields) freeze(p *program, now time.Time) (rest region) {
	if p.frozen.IsZero() {
		p.frozen = now
	}
	p.calm, p.active = now.Add(p.manner.settle), now
	return f.drop(p)
}
