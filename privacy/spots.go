package privacy

import (
	"image"
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

// A secret field lies at a place in its window, and moves with it at once,
// whatever its program knows of that by now. So the model keeps such places,
// spots, relative to the window. Within the window the field moves too; then
// programs paint earlier or later than they answer. So a spot covers the field's
// places of a while.

const (
	// recent is how long a field stays masked at a place that it has left: a
	// program's answer may be ahead of what it has painted.
	recent = 300 * time.Millisecond

	// haunts is how long a place stays masked whose field has vanished or does
	// not show: what comes in its place may be the same text, unmasked.
	haunts = 3 * time.Second

	// maxSpots is how many places in one window are masked one by one. Beyond,
	// everything between the outermost of them is.
	maxSpots = 64
)

// spot is a place in a window that is masked.
type spot struct {
	field string
	area  image.Rectangle // from the corner of the window on the root
	bare  image.Rectangle // the field in it, without a margin; empty for the places on its way
	until time.Time       // when it ends; zero for the newest place of a field
}

// forgetSpots drops what was known of the inside of a window.
func (m *model) forgetSpots(w *window) { w.spots, w.pages, w.flat = nil, nil, false }

// still reports whether a window has kept its place so long that its program
// must have heard of it.
func (w *window) still(at time.Time, m manner) bool {
	heard := recent + m.settle
	return at.Sub(w.moved) > heard && at.Sub(w.since) > heard
}

// learn takes in what a scan says of the fields in a window. Sure is false when
// the window may have moved too shortly before: then what was known stays too.
func (m *model) learn(w *window, fields []atspi.Secret, manner manner, sure bool, now time.Time) {
	before, flat := slices.Clone(w.spots), w.flat
	for i := range w.spots {
		if s := &w.spots[i]; s.until.IsZero() && sure {
			s.until = now.Add(haunts)
		}
	}
	w.flat = false
	for _, f := range fields {
		switch {
		case !f.Showing:
		case manner.coarse || !f.Known || f.Relative:
			w.flat = true
		case !f.Area.Empty():
			w.place(f.ID, f.Area.Sub(w.area.Min), manner.margin, sure, now)
		}
	}
	w.spots = slices.DeleteFunc(w.spots, func(s spot) bool { return !s.until.IsZero() && now.After(s.until) })
	w.bound()
	m.dirty = m.dirty || flat != w.flat || !slices.EqualFunc(before, w.spots, spot.same)
}

// place notes where a field is. The places on its way there stay for a while.
func (w *window) place(field string, bare image.Rectangle, margin int, sure bool, now time.Time) {
	area := bare.Inset(-margin)
	if !area.Overlaps(image.Rectangle{Max: w.area.Size()}) {
		return
	}
	way := area
	for i := range w.spots {
		s := &w.spots[i]
		if s.field != field || now.After(s.until) && !s.until.IsZero() {
			continue
		}
		if s.area == area {
			s.until = time.Time{}
			return
		}
		if sure && s.until.Sub(now) == haunts {
			way, s.until = way.Union(s.area), now.Add(recent)
		}
	}
	if way != area {
		w.spots = append(w.spots, spot{field: field, area: way, until: now.Add(recent)})
	}
	w.spots = append(w.spots, spot{field: field, area: area, bare: bare})
}

// bound keeps the number of spots in bounds.
func (w *window) bound() {
	if len(w.spots) <= maxSpots {
		return
	}
	var all image.Rectangle
	for _, s := range w.spots {
		all = all.Union(s.area)
	}
	w.spots = append(w.spots[:0], spot{field: w.spots[0].field, area: all, bare: all})
}

func (s spot) same(o spot) bool { return s.field == o.field && s.area == o.area }

// spotted appends where the spots of a window are on the screen now.
func (w *window) spotted(dst []image.Rectangle, now time.Time) []image.Rectangle {
	if w.flat {
		return append(dst, w.area)
	}
	for _, s := range w.spots {
		if s.until.IsZero() || now.Before(s.until) {
			dst = append(dst, s.area.Add(w.area.Min).Intersect(w.area))
		}
	}
	return dst
}

// expiry is when the next of the spots ends.
func (w *windows) expiry(now time.Time) (next time.Time, some bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.model.stack {
		for _, s := range o.spots {
			if s.until.After(now) && (!some || s.until.Before(next)) {
				next, some = s.until, true
			}
		}
	}
	return next, some
}
