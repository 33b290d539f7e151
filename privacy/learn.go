package privacy

import (
	"image"
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

// learn takes in what a scan says of the fields in a window, and reports whether
// it names one that was not known, or one has strayed. Sure is false when the
// window may have moved too shortly before: then what was known stays too.
func (m *model) learn(w *window, fields []atspi.Secret, manner manner, sure bool, now time.Time) (fresh bool) {
	before, flat, vague := slices.Clone(w.spots), w.flat, w.vague
	for i := range w.spots {
		if s := &w.spots[i]; s.until.IsZero() && sure {
			s.until = now.Add(haunts)
		}
	}
	if w.flat {
		w.lingers = now.Add(recent)
	}
	w.flat, w.vague = false, false
	for _, f := range fields {
		w.vague = w.vague || f.Showing && !sure && !w.has(f, manner)
		switch {
		case f.Showing && (manner.coarse || !f.Known || f.Relative || f.Area.Empty()):
			w.flat = true
		case f.Known && !f.Area.Empty():
			if w.place(f.ID, f.Area.Sub(w.area.Min), manner.margin, f.Showing, sure, now) {
				fresh, w.young = true, now.Add(recent) // it may be told ahead of what is painted
			}
		}
	}
	w.spots = slices.DeleteFunc(w.spots, func(s spot) bool { return !s.until.IsZero() && now.After(s.until) })
	w.bound()
	m.dirty = m.dirty || flat != w.flat || vague != w.vague || !slices.EqualFunc(before, w.spots, spot.same)
	return w.stray(fields) || fresh
}

// far is how much a field moves at once in a scroll, at most, in pixels.
const far = 100

// stray reports whether a field that showed has gone, or is far from where it was
// in the last scan: nobody knows where it has been in between.
func (w *window) stray(fields []atspi.Secret) (strayed bool) {
	now := make(map[string]image.Point, len(fields))
	for _, f := range fields {
		if f.Showing && f.Known {
			now[f.ID] = f.Area.Min.Sub(w.area.Min)
		}
	}
	for id, was := range w.told {
		at, there := now[id]
		by := at.Sub(was)
		strayed = strayed || !there || max(by.X, -by.X, by.Y, -by.Y) > far
	}
	w.told = now
	return strayed
}

// has reports whether a field is where it surely was. One that is told elsewhere
// while its window moves may have moved in it, or may not have.
func (w *window) has(f atspi.Secret, m manner) bool {
	area := f.Area.Sub(w.area.Min).Inset(-m.margin)
	return slices.ContainsFunc(w.spots, func(s spot) bool { return s.field == f.ID && s.sure && s.area == area })
}
