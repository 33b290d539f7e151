package agentd

import (
	"slices"
	"time"

	"telestrator/privacy"
	"telestrator/protocol"
)

// masksEvery is between two masks messages, at least.
const masksEvery = time.Second / 10

// masks is what consoles are told of what is hidden; it is not written again.
type masks struct {
	geometry   uint32 // of the picture, as the canvas counts
	protection uint8  // of SPEC.md 7.9
	areas      []area // plain, at most protocol.MaxMasks
}

// veil knows what is hidden on the screen. Of the goroutine that grabs.
type veil struct {
	areas []privacy.Area // in this picture, as privacy names them
	found []area         // in this picture, as privacy tells it
	last  []area         // in the one before
	shown *masks         // newest
}

// look notes what is hidden in the picture just released.
func (v *veil) look(g *privacy.Guard) {
	v.found, v.last = v.last[:0], v.found
	v.areas = g.Areas(v.areas[:0])
	for _, a := range v.areas {
		v.found = append(v.found, area{a.Rect, whys[a.Reason]})
	}
}

// whys are the reasons on the wire. SPEC.md 7.9.
var whys = map[privacy.Reason]uint8{
	privacy.SecretField: protocol.SecretField, privacy.HiddenWindow: protocol.RuledWindow, privacy.UnknownWindow: protocol.UnknownWindow,
}

// now returns what consoles may know, and whether that is news. What moves
// under a mask is none.
func (v *veil) now(geometry uint32, protection uint8) (*masks, bool) {
	stays := v.shown != nil && v.shown.geometry == geometry && v.shown.protection == protection
	if stays && slices.Equal(v.found, v.last) {
		return nil, false
	}
	next := &masks{geometry, protection, largest(plain(v.found), protocol.MaxMasks)}
	if stays && slices.Equal(v.shown.areas, next.areas) {
		return nil, false
	}
	v.shown = next
	return next, true
}

// protection is what is found of secrets on this screen. SPEC.md 7.9.
func (s *Screen) protection() uint8 {
	switch {
	case s.chosen:
		return protocol.ChosenOnly
	case s.Guard.Tracking():
		return protocol.FieldsMasked
	}
	return protocol.NothingFound
}

// mask publishes what is hidden when it changed.
func (s *Screen) mask() {
	s.veil.look(s.Guard)
	if next, changed := s.veil.now(s.geometry, s.protection()); changed {
		s.masked.Store(next)
		s.tell()
	}
}

// mask tells the console what is hidden in the picture that it was sent, when
// that changed, ten times a second at most.
func (o *outbox) mask(now time.Time) {
	m := o.view.screen.masked.Load()
	if m == nil || m.geometry != o.seen || o.drawn == 0 || !o.view.current.Load() || !slices.Contains(o.caps, protocol.CapabilityPrivate) {
		return
	}
	if next := (told{m, o.drawn}); next != o.told && o.after(o.toldAt.Add(masksEvery), now) {
		o.told, o.toldAt = next, now
		o.next.masks++
		o.sendEvt(m.message(o.next.masks, o.drawn))
	}
}

// told is what a console knows of masks: which, and of which generation.
type told struct {
	*masks
	generation uint32
}

// message is the masks on the wire.
func (m *masks) message(number, generation uint32) *protocol.Masks {
	flat := make([]uint32, 0, 5*len(m.areas))
	for _, a := range m.areas {
		flat = append(flat, uint32(a.why), uint32(a.Min.X), uint32(a.Min.Y), uint32(a.Dx()), uint32(a.Dy()))
	}
	return &protocol.Masks{Number: number, Generation: generation, Protection: m.protection, Areas: flat}
}
