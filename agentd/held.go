package agentd

import (
	"strings"
	"time"

	"telestrator/protocol"
)

// presses notes that a key is held or let go, and watches over those that are. The
// lock is held.
func (s *Session) presses(code string, down bool) {
	if !down || modifier(code) {
		delete(s.down, code)
		return
	}
	if len(s.down) == 0 {
		time.AfterFunc(focusEvery, s.watch)
	}
	if len(s.down) < maxDown {
		s.down[code] = true
	}
}

// modifier says whether a key types nothing by itself.
func modifier(code string) bool {
	return strings.HasPrefix(code, "Shift") || strings.HasPrefix(code, "Control") ||
		strings.HasPrefix(code, "Alt") || strings.HasPrefix(code, "Meta")
}

// watch lets go of held keys when the focus has gone where they must not repeat.
func (s *Session) watch() {
	focus := s.where()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.down) == 0 || s.base != protocol.Waiting {
		return
	}
	if s.open(focus) {
		time.AfterFunc(focusEvery, s.watch)
		return
	}
	for code := range s.down {
		s.letGo(code)
	}
}

// letGo releases a key. The lock is held.
func (s *Session) letGo(code string) {
	delete(s.down, code)
	wire, err := protocol.Append(nil, &protocol.Key{Number: 1, Generation: s.generation, Code: code})
	if err == nil && s.keeper != nil {
		s.keeper.Wire(s.id, protocol.ChannelInput, wire)
	}
}
