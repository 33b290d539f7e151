package privacy

import (
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// region is a disjoint list of rectangles.
type region = []image.Rectangle

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
		program: w.program, class: w.class(), title: w.title(), vague: w.vague, absent: w.absent, withheld: w.withheld, allowed: w.allowed, puzzled: w.puzzled}
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

// heard tells the windows of a program what a scan of it said, and reports
// whether it names a field that was not known, and when it is worth asking again
// because a window may have moved too shortly before.
func (w *windows) heard(pid int, s *atspi.Scan, manner manner, now time.Time) (fresh bool, again time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	own := w.model.of(pid)
	for _, o := range own {
		pages, fields := concerning(s, o, own)
		w.model.show(o, pages)
		sure := s.Began.After(o.settled(manner))
		if sure {
			o.odd = odd(s, o)
		}
		as := manner
		as.coarse = as.coarse || o.odd
		fresh = w.model.learn(o, fields, as, sure, now) || fresh
		if !sure && (len(o.spots) > 0 || o.flat) {
			again = latest(again, o.settled(manner).Add(time.Millisecond))
		}
	}
	if w.model.dirty {
		w.tell()
	}
	return fresh, again
}

// odd reports whether a program tells other places than those of its windows: on
// a desktop that is scaled, some tell them in larger pixels.
func odd(s *atspi.Scan, w *window) bool {
	told := slices.DeleteFunc(slices.Clone(s.Frames), func(f atspi.Frame) bool { return f.Area.Empty() || !w.bears(f.Title) })
	return len(told) > 0 && !slices.ContainsFunc(told, func(f atspi.Frame) bool { return alike(f.Area, w.area) })
}

// of is the windows of a process that are shown, hidden ones too.
func (m *model) of(pid int) (own []*window) {
	for _, o := range m.stack {
		if o.pid == pid && pid > 0 && o.present() {
			own = append(own, o)
		}
	}
	return own
}

// concerning is the pages and secrets that may be in a window: all but those in a
// frame that is another window of the program.
func concerning(s *atspi.Scan, w *window, own []*window) (pages []string, fields []atspi.Secret) {
	elsewhere := func(title string) bool {
		return !w.bears(title) && slices.ContainsFunc(own, func(o *window) bool { return o.bears(title) })
	}
	for _, f := range s.Frames {
		if !elsewhere(f.Title) {
			pages = append(pages, f.Pages...)
		}
	}
	for _, f := range s.Secrets {
		if f.Frame < 0 || f.Frame >= len(s.Frames) || !elsewhere(s.Frames[f.Frame].Title) {
			fields = append(fields, f)
		}
	}
	return pages, fields
}

// frame is the frame that a window is in what its program said: by its title,
// or by its place. None is nil.
func (w *windows) frame(p *plot, frames []atspi.Frame) *atspi.Frame {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, o := w.model.find(p.id)
	if o == nil {
		return nil
	}
	if i := slices.IndexFunc(frames, func(f atspi.Frame) bool { return !f.Ready && o.bears(f.Title) }); i >= 0 {
		return &frames[i]
	}
	if i := slices.IndexFunc(frames, func(f atspi.Frame) bool { return o.bears(f.Title) }); i >= 0 {
		return &frames[i]
	}
	i := slices.IndexFunc(frames, func(f atspi.Frame) bool { return alike(f.Area, p.area) })
	if i < 0 {
		return nil
	}
	return &frames[i]
}

// alike reports whether a frame and a window are one: a window manager's border
// around it is small.
func alike(frame, window image.Rectangle) bool {
	const border = 64
	return !frame.Empty() && frame.In(window.Inset(-border)) && window.Inset(border).In(frame.Inset(-border)) &&
		window.Dx()-frame.Dx() < border && window.Dy()-frame.Dy() < border
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
