package privacy

import (
	"image"
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

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
		if !sure && (len(o.spots) > 0 || o.flat || o.vague) {
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
		return w.sort != popup && !w.bears(title) && slices.ContainsFunc(own, func(o *window) bool { return o.bears(title) })
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
