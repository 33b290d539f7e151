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
	guarded      bool // it has places that are masked
	flat         bool // so all of it, because its program does not say where its fields are
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
		if !w.shown() || m.hidden(w) != hidden {
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
		program: w.program, class: w.class(), title: w.title()}
	p.seen = appendOutside(p.seen, w.area.Intersect(everywhere), covers)
	for _, s := range w.spots {
		if s.until.IsZero() && !s.bare.Empty() {
			p.fields = append(p.fields, s.bare.Add(w.area.Min))
		}
	}
	for _, r := range w.spotted(nil, now) {
		p.masks = append(p.masks, common(p.seen, []rectangle{r})...)
	}
}

// heard tells the windows of a program what a scan of it said.
func (w *windows) heard(plots []plot, pid int, s *atspi.Scan, manner manner, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var own []*window
	for i := range plots {
		if _, o := w.model.find(plots[i].id); o != nil && plots[i].pid == pid {
			own = append(own, o)
		}
	}
	for _, o := range own {
		w.model.show(o, pagesOf(s, o))
		w.model.learn(o, secretsOf(s, o, own), manner, o.still(s.Began, manner), now)
	}
	if w.model.dirty {
		w.tell()
	}
}

// secretsOf is the secrets that may be in a window: all but those in a frame
// that is another window of the program.
func secretsOf(s *atspi.Scan, w *window, own []*window) (fields []atspi.Secret) {
	for _, f := range s.Secrets {
		if f.Frame >= 0 && f.Frame < len(s.Frames) {
			title := s.Frames[f.Frame].Title
			if !w.bears(title) && slices.ContainsFunc(own, func(o *window) bool { return o.bears(title) }) {
				continue
			}
		}
		fields = append(fields, f)
	}
	return fields
}

// pagesOf is the pages in the frames that may be a window's.
func pagesOf(s *atspi.Scan, w *window) (pages []string) {
	for _, f := range s.Frames {
		if w.bears(f.Title) {
			pages = append(pages, f.Pages...)
		}
	}
	return pages
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

// again is the masks as they are now, in the same span.
func (w *windows) again(dst []image.Rectangle) []image.Rectangle {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.model.masks(dst)
}
