package input

import (
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xtest"
)

// ask sends a request that has a reply.
func (s *server) ask(major, minor byte, words ...uint32) *xgb.Cookie {
	cookie := s.c.NewCookie(true, true)
	s.c.NewRequest(request(major, minor, words), cookie)
	return cookie
}

// tell sends a request that has none.
func (s *server) tell(major, minor byte, words ...uint32) {
	s.c.NewRequest(request(major, minor, words), s.c.NewCookie(false, false))
}

func request(major, minor byte, words []uint32) []byte {
	b := le.AppendUint16([]byte{major, minor}, uint16(1+len(words)))
	for _, w := range words {
		b = le.AppendUint32(b, w)
	}
	return b
}

// fake makes an event of the XTEST devices. X and y matter for movements. What
// goes wrong is told by check.
func (s *server) fake(kind, detail byte, x, y int) {
	xtest.FakeInput(s.c, kind, detail, 0, s.root, int16(x), int16(y), 0)
	if s.unanswered++; s.unanswered >= maxUnanswered {
		s.failed = s.sync()
	}
}
