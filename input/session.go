package input

import "telestrator/protocol"

// Kind says what an event was.
type Kind uint8

// The kinds that are counted.
const (
	PointerKind Kind = iota
	ButtonKind
	WheelKind
	KeyKind
	TextKind
	Kinds // how many there are
)

// session is what a gate knows of one session.
type session struct {
	permit   Permit
	highest  uint32           // number of its input so far
	verdicts [Verdicts]uint64 // of its events
	injected [Kinds]uint64
}

// session finds a session. One that is to have scopes is made if need be, and
// takes the place of one that has none.
func (g *Gate) session(name string, p Permit) (*session, error) {
	s := g.sessions[name]
	if s != nil || p.Scopes == 0 {
		return s, nil
	}
	if len(g.sessions) >= maxSessions && !g.forget() {
		return nil, ErrSessions
	}
	s = &session{}
	g.sessions[name] = s
	return s, nil
}

// forget forgets the sessions that have no scopes, and says whether there were any.
func (g *Gate) forget() bool {
	before := len(g.sessions)
	for name, s := range g.sessions {
		if s.permit.Scopes == 0 {
			delete(g.sessions, name)
		}
	}
	return len(g.sessions) < before
}

// Counts tells how many of a session's events met which verdict. Held messages
// are no events. What waits is counted when it has been decided. A session's
// counts are kept after its permit has gone, until its place is needed.
func (g *Gate) Counts(name string) [Verdicts]uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	if s := g.sessions[name]; s != nil {
		return s.verdicts
	}
	return [Verdicts]uint64{}
}

// Kinds tells how many events of which kind a session has injected.
func (g *Gate) Kinds(name string) [Kinds]uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	if s := g.sessions[name]; s != nil {
		return s.injected
	}
	return [Kinds]uint64{}
}

// count counts an event.
func (s *session) count(m protocol.Message, v Verdict) {
	kind, event := kindOf(m)
	if !event {
		return
	}
	s.verdicts[v]++
	if v == Injected {
		s.injected[kind]++
	}
}

// overtaken says whether a message is a position older than what was seen of
// the session, and notes its number. All but positions come in their order.
func (s *session) overtaken(m protocol.Message) bool {
	number := number(m)
	_, pointer := m.(*protocol.Pointer)
	old := pointer && number <= s.highest
	s.highest = max(s.highest, number)
	return old
}

func kindOf(m protocol.Message) (k Kind, event bool) {
	switch m.(type) {
	case *protocol.Pointer:
		return PointerKind, true
	case *protocol.Button:
		return ButtonKind, true
	case *protocol.Wheel:
		return WheelKind, true
	case *protocol.Key:
		return KeyKind, true
	case *protocol.Text:
		return TextKind, true
	}
	return 0, false
}

// number is a message's place in the one sequence over all input.
func number(m protocol.Message) uint32 {
	n, _ := aim(m)
	return n
}

// generation is what a message was aimed at.
func generation(m protocol.Message) uint32 {
	_, g := aim(m)
	return g
}

func aim(m protocol.Message) (number, generation uint32) {
	switch m := m.(type) {
	case *protocol.Pointer:
		return m.Number, m.Generation
	case *protocol.Button:
		return m.Number, m.Generation
	case *protocol.Wheel:
		return m.Number, m.Generation
	case *protocol.Key:
		return m.Number, m.Generation
	case *protocol.Held:
		return m.Number, m.Generation
	case *protocol.Text:
		return m.Number, m.Generation
	}
	return 0, 0
}
