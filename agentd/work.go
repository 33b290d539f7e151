package agentd

import (
	"image"
	"time"

	"telestrator/input"
	"telestrator/peer"
	"telestrator/protocol"
)

// needs is the scope beyond view that a message needs, or nothing.
func needs(m protocol.Message) protocol.Scopes {
	if m.Kind() >= protocol.KindStrokeBegin {
		return protocol.Ink
	}
	return input.Needs(m)
}

// work hands input and ink to the guardian, if they may have an effect now. The
// guardian asks again at the last step. The lock is held.
func (r *receiver) work(m protocol.Message, scope protocol.Scopes, raw peer.Message, now time.Time) error {
	generation, at := aim(m)
	switch {
	case generation > r.generation:
		return &protocol.Error{Code: protocol.BadRange, Reason: "a generation that was never told"}
	case generation != 0 && generation < r.generation && !releases(m):
		r.outdated(m) // in flight when the screen or the grants changed, so no reproach
		return nil
	case r.consent.held&scope == 0, generation == r.generation && !at.In(image.Rectangle{Max: r.size}):
		return r.forbid(m)
	case r.keeper == nil, scope != protocol.Ink && r.rest() != protocol.HandRests, !r.pace.pass(m, now):
		return nil
	}
	r.keeper.Wire(r.id, protocol.Channel(raw.Channel), raw.Data)
	if generation != 0 && at != (image.Point{}) {
		r.pointer = at // what is there is what the agent looks at
	}
	if scope != protocol.Ink {
		r.acted = now
	}
	r.note(m, now)
	return nil
}

// outdated sees to it that what follows of an outdated stroke is not shown
// either: its points carry no generation.
func (r *receiver) outdated(m protocol.Message) {
	begin, ok := m.(*protocol.StrokeBegin)
	if !ok || r.keeper == nil || r.consent.held&protocol.Ink == 0 {
		return
	}
	if wire, err := protocol.Append(nil, &protocol.Undo{Stroke: begin.Stroke}); err == nil {
		r.keeper.Wire(r.id, protocol.ChannelInk, wire)
	}
}

// releases says whether a message only lets something go, which is right on any
// screen.
func releases(m protocol.Message) bool {
	switch m := m.(type) {
	case *protocol.Button:
		return !m.Down
	case *protocol.Key:
		return !m.Down
	}
	return false
}

// aim is the generation and the position that a message carries; the corner
// for one that carries none.
func aim(m protocol.Message) (generation uint32, at image.Point) {
	switch m := m.(type) {
	case *protocol.Pointer:
		return m.Generation, image.Pt(int(m.X), int(m.Y))
	case *protocol.Button:
		return m.Generation, image.Pt(int(m.X), int(m.Y))
	case *protocol.Wheel:
		return m.Generation, image.Pt(int(m.X), int(m.Y))
	case *protocol.Key:
		return m.Generation, image.Point{}
	case *protocol.Held:
		return m.Generation, image.Point{}
	case *protocol.Text:
		return m.Generation, image.Point{}
	case *protocol.StrokeBegin:
		return m.Generation, image.Point{}
	}
	return 0, image.Point{}
}

// forbid counts what may not take effect. SPEC.md 4.1.
func (r *receiver) forbid(m protocol.Message) error {
	if needs(m) == 0 {
		return nil
	}
	if r.forbidden++; r.forbidden >= maxForbidden {
		return &protocol.Error{Code: protocol.Flood, Reason: "too much input without permission"}
	}
	return nil
}

// pace holds a console to the rates of SPEC.md 11: what is over them is dropped
// (L9 to L12).
type pace struct{ pointer, key, text, ink bucket }

func newPace(now time.Time) pace {
	full := func(rate float64) bucket { return bucket{rate, rate, rate, now} }
	return pace{full(protocol.RatePointer), full(protocol.RateKey), full(protocol.RateText), full(protocol.RateInk)}
}

// pass says whether a message is within its rate. What releases always is.
func (p *pace) pass(m protocol.Message, now time.Time) bool {
	switch m := m.(type) {
	case *protocol.Pointer:
		return p.pointer.take(1, now)
	case *protocol.Button:
		return releases(m) || p.pointer.take(1, now)
	case *protocol.Wheel:
		return p.pointer.take(1, now)
	case *protocol.Key:
		return releases(m) || p.key.take(1, now)
	case *protocol.Text:
		return p.text.take(float64(len(m.Text)), now)
	case *protocol.StrokePoints:
		return p.ink.take(float64(len(m.Points)/2), now)
	}
	return true
}
