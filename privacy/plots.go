package privacy

import (
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// plot is a window that is not hidden by rule, as it was when a span ended: its
// program has to be asked before its pixels leave.
type plot struct {
	id           xproto.Window
	pid          int
	popup        bool
	trusted      bool
	guarded      bool      // it has places that are masked
	absent       bool      // it is in no picture
	vague        bool      // it has secrets whose places may be those of before it moved
	withheld     bool      // nothing of it left in the last Release
	allowed      bool      // the user shows it
	secrets      int       // fields that are masked
	puzzled      time.Time // since when nobody can vouch for it; zero while somebody does
	flat         bool      // so all of it, because its program does not say where its fields are
	since, moved time.Time
	area         image.Rectangle
	seen         region // where its pixels may be on the screen
	fields       region // where secret fields were last, without margins
	masks        region // what of it is masked, with margins
	state        State
	why          string

	program, class, title string
}

// plots replaces dst by the windows that are shown, topmost first: those that
// are hidden by rule, or the others.
func (m *model) plots(dst []plot, hidden bool) []plot {
	n := 0
	for i := len(m.stack) - 1; i >= 0; i-- {
		w := m.stack[i]
		if !w.present() || (w.absent || m.hidden(w)) != hidden {
			continue
		}
		if n == len(dst) {
			dst = append(dst, plot{})
		}
		dst[n].set(w, m.covers(i), m.now)
		n++
	}
	return dst[:n]
}

func (p *plot) set(w *window, covers []image.Rectangle, now time.Time) {
	*p = plot{id: w.id, pid: w.pid, popup: w.sort == popup, trusted: w.trusted, guarded: len(w.spots) > 0, flat: w.flat,
		since: w.since, moved: w.moved, area: w.area, seen: p.seen[:0], fields: p.fields[:0], masks: p.masks[:0],
		program: w.program, class: w.class(), title: w.title(), vague: w.vague || now.Before(w.young), absent: w.absent, withheld: w.withheld, allowed: w.allowed, puzzled: w.puzzled}
	p.seen = appendOutside(p.seen, w.area.Intersect(everywhere), covers)
	for _, s := range w.spots {
		if s.until.IsZero() && !s.bare.Empty() {
			p.fields = append(p.fields, s.bare.Add(w.area.Min))
			p.secrets++
		}
	}
	for _, r := range w.spotted(nil, now) {
		p.masks = append(p.masks, common(p.seen, []rectangle{r})...)
	}
}

// again is the masks as they are now, in the same span, and the windows.
func (w *windows) again(dst []image.Rectangle) []image.Rectangle {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.describe()
	return w.model.masks(dst)
}

// describe takes the windows as they are. The lock is held.
func (w *windows) describe() {
	w.plots, w.ruled = w.model.plots(w.plots, false), w.model.plots(w.ruled, true)
	w.vacated, w.stirred = append(w.vacated[:0], w.model.vacated...), w.model.stirredAt
}

// judged tells the windows what became of them.
func (w *windows) judged(masked func(*plot) bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.plots {
		p := &w.plots[i]
		if _, o := w.model.find(p.id); o != nil {
			o.withheld, o.puzzled = masked(p), p.puzzled
		}
	}
}

// stamp tells one moment of a window from others.
type stamp struct {
	id           xproto.Window
	since, moved time.Time
}

// hold reports whether windows are as they were.
func (w *windows) hold(stamps []stamp) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !slices.ContainsFunc(stamps, func(s stamp) bool {
		_, o := w.model.find(s.id)
		return o == nil || !o.shown() || o.since != s.since || o.moved != s.moved
	})
}
