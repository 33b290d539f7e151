package agentd

import (
	"image"
	"slices"
	"time"

	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

const (
	maxViews = 4   // pictures of a part or scaled, besides the one of the whole screen
	maxOwed  = 256 // places that a view keeps apart while nobody takes it
)

// look is what a console wants to see. The zero look is all of the screen, as it is.
type look struct {
	part image.Rectangle // of the screen; empty: all of it
	most image.Point     // the largest picture; 0 in a direction: as the part is
}

func newLook(m *protocol.Look) (l look) {
	if m.W > 0 && m.H > 0 {
		l.part.Min = image.Pt(int(m.X), int(m.Y))
		l.part.Max = l.part.Min.Add(image.Pt(int(m.W), int(m.H)))
	}
	l.most = image.Pt(int(m.MostW), int(m.MostH))
	return l
}

// on returns what the look comes to on a screen: the part that is shown, and
// the size of its picture. SPEC.md 7.10.
func (l look) on(screen image.Rectangle) (part image.Rectangle, size image.Point) {
	if part = l.part.Intersect(screen); part.Empty() {
		part = screen
	}
	return part, fit(part.Size(), l.most)
}

// fit returns the size of a part when it is made to fit.
func fit(part, most image.Point) image.Point {
	w, h := part.X, part.Y
	if most.X > 0 {
		w = min(w, most.X)
	}
	if most.Y > 0 {
		h = min(h, most.Y)
	}
	if w*part.Y <= h*part.X {
		return image.Pt(w, max(1, part.Y*w/part.X))
	}
	return image.Pt(max(1, part.X*h/part.Y), h)
}

// view is the picture of one look, for the viewers who have it.
type view struct {
	look   look
	canvas *encode.Canvas
	owing  bool // the canvas is older than what was released; guarded by the screen's lock

	// Of the goroutine that grabs.
	made privacy.View
	owed []image.Rectangle // where what was released has changed since it was made
}

// owe notes what has changed.
func (v *view) owe(damage []image.Rectangle) {
	for _, r := range damage {
		if !slices.ContainsFunc(v.owed, r.In) {
			v.owed = append(v.owed, r)
		}
	}
	if len(v.owed) > maxOwed {
		var all image.Rectangle
		for _, r := range v.owed {
			all = all.Union(r)
		}
		v.owed = append(v.owed[:0], all)
	}
}

// show brings the canvas up to date with what was released.
func (v *view) show(p *privacy.Picture, g encode.Geometry) {
	part, size := v.look.on(p.Bounds())
	picture, news := v.made.Make(p, part, size, v.owed)
	v.owed, g.Part = v.owed[:0], part
	v.canvas.Compare(picture, news, g)
}

// show gives the canvases a released picture: that of the whole screen always,
// the others when somebody can take theirs.
func (s *Screen) show(p *privacy.Picture, damage []image.Rectangle, g encode.Geometry) {
	if f := s.framed.Load(); f == nil || f.geometry != g.Generation {
		s.framed.Store(&framed{g.Generation, p.Bounds().Size()})
	}
	s.canvas.Compare(p, damage, g)
	for _, v := range s.taken(damage) {
		v.show(p, g)
	}
}

// taken returns the views that somebody can take. Who has another waits for a
// picture of its own time from now on.
func (s *Screen) taken(damage []image.Rectangle) []*view {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = s.ready[:0]
	for _, v := range s.views {
		v.owe(damage)
		v.owing = v.owing || len(damage) > 0
		if s.hungry(v) {
			v.owing, s.ready = false, append(s.ready, v)
		}
	}
	for v := range s.viewers {
		if v.late() {
			v.current.Store(false)
		}
	}
	return s.ready
}

// hungry says whether one of a view's viewers can take a picture. The lock is held.
func (s *Screen) hungry(on *view) bool {
	for v := range s.viewers {
		if v.on == on && v.hungry.Load() {
			return true
		}
	}
	return false
}

// late says whether the viewer's canvas is older than what was released. The
// screen's lock is held.
func (v *viewer) late() bool { return v.on != nil && v.on.owing }

// turn shows the viewer another view of the screen, or the whole of it if there
// are too many others. It is called as the stream's Next is.
func (v *viewer) turn(l look) {
	canvas := v.screen.seat(v, l)
	v.rest()
	v.stream.Move(canvas)
}

// seat gives a viewer the view of a look.
func (s *Screen) seat(v *viewer, l look) *encode.Canvas {
	s.mu.Lock()
	defer s.mu.Unlock()
	v.on = nil
	s.clear()
	i := slices.IndexFunc(s.views, func(v *view) bool { return v.look == l })
	switch {
	case l == look{}, i < 0 && len(s.views) == maxViews:
		return s.canvas
	case i < 0:
		i = len(s.views)
		s.views = append(s.views, &view{look: l, canvas: encode.NewCanvas(), owing: true})
	}
	v.on = s.views[i]
	return v.on.canvas
}

// clear drops the views that nobody has any more. The lock is held.
func (s *Screen) clear() {
	s.views = slices.DeleteFunc(s.views, func(on *view) bool {
		for v := range s.viewers {
			if v.on == on {
				return false
			}
		}
		return true
	})
}

// framed is the size of the screen in one geometry.
type framed struct {
	geometry uint32
	size     image.Point
}

// extent is the size of the screen that a canvas's reset belongs to: what can be
// aimed at, in the part that is shown or not. When the screen is another by now,
// another reset is due, and until then the part is all that is sure to be there.
func (s *Screen) extent(reset []uint32) image.Point {
	if f := s.framed.Load(); f != nil && f.geometry == reset[0] {
		return f.size
	}
	return image.Pt(int(reset[3]+reset[5]), int(reset[4]+reset[6]))
}

// look notes what the console wants to see. SPEC.md 7.10.
func (r *receiver) look(m *protocol.Look) {
	if slices.Contains(r.caps, protocol.CapabilityView) && m.Number > r.wish.Number {
		r.wish = *m // the stream loop merges them
		wake(r.awake)
	}
}

// look shows the console what it wants to see, another twice a second at most.
func (o *outbox) look(now time.Time) {
	if o.wish.Number == o.looked || !o.after(o.turned.Add(time.Second/protocol.RateLook), now) {
		return
	}
	o.looked, o.turned, o.drawn = o.wish.Number, now, 0
	o.view.turn(newLook(&o.wish))
}
