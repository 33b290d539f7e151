package privacy

import (
	"image"
	"slices"
	"time"
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
	sure  bool            // the window had not moved before it was told
}

// forgetSpots drops what was known of the inside of a window.
func (m *model) forgetSpots(w *window) {
	w.spots, w.pages, w.told, w.flat, w.vague, w.odd = nil, nil, nil, false, false, false
}

// settled is when a window's program must have heard of its place.
func (w *window) settled(m manner) time.Time { return latest(w.since, w.moved).Add(recent + m.settle) }

// knows reports whether a place of a field is known.
func (w *window) knows(field string) bool {
	return slices.ContainsFunc(w.spots, func(s spot) bool { return s.field == field })
}

// place notes where a field is, or is going to be when it does not show there.
// The places on its way stay for a while. It reports whether a place was added
// for a field that had none.
func (w *window) place(field string, bare image.Rectangle, margin int, shows, sure bool, now time.Time) (fresh bool) {
	area := bare.Inset(-margin)
	way, fresh := area, !w.knows(field) && !inside(area, w.masked(now))
	for i := range w.spots {
		s := &w.spots[i]
		if s.field != field || now.After(s.until) && !s.until.IsZero() {
			continue
		}
		if s.area == area && shows {
			s.until, s.sure = time.Time{}, s.sure || sure
			return false
		}
		switch {
		case sure && s.until.Sub(now) == haunts && shows:
			way, s.until = way.Union(s.area), now.Add(recent)
		case s.until.IsZero() || s.until.Sub(now) == haunts:
			way = way.Union(s.area)
		}
	}
	if way != area {
		w.spots = append(w.spots, spot{field: field, area: way, until: now.Add(recent)})
	}
	if !shows || !area.Overlaps(image.Rectangle{Max: w.area.Size()}) {
		return false
	}
	w.spots = append(w.spots, spot{field: field, area: area, bare: bare, sure: sure})
	return fresh
}

// masked is the places of a window that are masked, from its corner.
func (w *window) masked(now time.Time) (areas []image.Rectangle) {
	for _, s := range w.spots {
		if s.until.IsZero() || now.Before(s.until) {
			areas = append(areas, s.area)
		}
	}
	return areas
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
	w.spots = append(w.spots[:0], spot{field: w.spots[0].field, area: all, bare: all, sure: true})
}

func (s spot) same(o spot) bool { return s.field == o.field && s.area == o.area }

// spotted appends where the spots of a window are on the screen now.
func (w *window) spotted(dst []image.Rectangle, now time.Time) []image.Rectangle {
	if w.flat || now.Before(w.lingers) {
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
		for _, s := range append([]spot{{until: o.lingers}, {until: o.young}}, o.spots...) {
			if s.until.After(now) && (!some || s.until.Before(next)) {
				next, some = s.until, true
			}
		}
	}
	return next, some
}
