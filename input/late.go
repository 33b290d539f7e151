package input

import "telestrator/protocol"

// maxLate is how many messages may wait behind a text that is not done.
const maxLate = 64

// late is a message whose turn has not come. The first is the rest of a text
// that was more than the keyboard had keys for; the others came after it and
// must stay behind it. Each is decided anew when its turn has come.
type late struct {
	s *session
	m protocol.Message
}

// keepsPlace says whether a message must not overtake others. Positions may,
// and what is held is no event.
func keepsPlace(m protocol.Message) bool {
	switch m.(type) {
	case *protocol.Pointer, *protocol.Held:
		return false
	}
	return true
}

// queues goes on with what waits, and says whether something still does.
func (g *Gate) queues() bool {
	g.drain()
	return len(g.late) > 0
}

// wait puts a message behind those that wait, if it may pass as things are.
func (g *Gate) wait(s *session, m protocol.Message) Verdict {
	l := late{s, m}
	v := g.closed(l)
	switch {
	case v != Injected:
	case len(g.late) >= maxLate:
		v = NotAllowed
	default:
		g.late = append(g.late, l)
		return Waiting
	}
	s.count(m, v)
	return v
}

// drain decides what waits, in its order, until a text has to wait again.
func (g *Gate) drain() {
	for len(g.late) > 0 {
		l := g.late[0]
		g.late = g.late[1:]
		v := g.act(l.s, l.m, false)
		if v == Waiting {
			return
		}
		l.s.count(l.m, v)
	}
}

// sift drops of what waits that which may no longer pass.
func (g *Gate) sift() {
	kept := g.late[:0]
	for _, l := range g.late {
		if v := g.closed(l); v != Injected {
			l.s.count(l.m, v)
			continue
		}
		kept = append(kept, l)
	}
	g.late = kept
}

// closed is the verdict on a message by the state of the gate alone. What
// releases something that is held may be outdated, as in refuse.
func (g *Gate) closed(l late) Verdict {
	switch {
	case l.s.permit.Scopes&Needs(l.m) == 0:
		return NoScope
	case generation(l.m) != l.s.permit.Generation && !g.releases(l.m):
		return Outdated
	case g.asking:
		return Asking
	case g.since() < g.handUntil():
		return LocalHand
	}
	return Injected
}
