package ink

import (
	"fmt"
	"strings"
	"time"

	"telestrator/protocol"
)

// Sign is what border and bar tell the user.
type Sign struct {
	Agents    []string        // who is there; the first is named
	Scopes    protocol.Scopes // what any of them may do
	Since     time.Time       // when it began
	Paused    bool            // nothing is shown to them now
	LocalHand bool            // the user's own hand has taken over
	Recorded  bool            // what is sent is recorded on this device
}

// lines are the texts of a sign.
type lines struct{ head, detail, clock string }

// lines says what s means in plain words.
func (w Words) lines(s Sign, now time.Time) lines {
	who := w.who(s.Agents)
	l := lines{clock: elapsed(now.Sub(s.Since))}
	switch {
	case s.Paused:
		l.head, l.detail = w.Paused, fill(w.Connected, "who", who)
	case s.Scopes&protocol.View == 0:
		l.head, l.detail = fill(w.Connected, "who", who), w.NotShown
	case len(s.Agents) > 1:
		l.head, l.detail = fill(w.See, "who", who), w.allowed(s)
	default:
		l.head, l.detail = fill(w.Sees, "who", who), w.allowed(s)
	}
	if s.Recorded {
		l.detail = fill(w.Recorded, "detail", l.detail)
	}
	return l
}

// allowed says what may be done beside looking.
func (w Words) allowed(s Sign) string {
	if s.LocalHand && s.Scopes&(protocol.PointerScope|protocol.Keyboard) != 0 {
		return w.Hand
	}
	var list []string
	for _, scope := range []struct {
		bit  protocol.Scopes
		word string
	}{{protocol.Ink, w.Ink}, {protocol.PointerScope, w.Pointer}, {protocol.Keyboard, w.Keyboard}} {
		if s.Scopes&scope.bit != 0 {
			list = append(list, scope.word)
		}
	}
	if list == nil {
		return w.Looking
	}
	return fill(w.Allowed, "list", strings.Join(list, between))
}

// moods are s as it may come to look without anybody coming or going. The bar
// is wide enough for each, so that its buttons stay where they are.
func (s Sign) moods() []Sign {
	live, hand, paused := s, s, s
	live.Paused, live.LocalHand = false, false
	hand.Paused, hand.LocalHand = false, true
	paused.Paused = true
	return []Sign{live, hand, paused}
}

// longestTime is the most that elapsed writes.
const longestTime = 100*time.Hour - time.Minute

// elapsed writes a duration to the minute, 4 min or 1 h 04 min: a bar that
// changed every second would be drawn, and looked at, for nothing.
func elapsed(d time.Duration) string {
	m := int(min(max(d, 0), longestTime) / time.Minute)
	if m < 60 {
		return fmt.Sprintf("%d min", m)
	}
	return fmt.Sprintf("%d h %02d min", m/60, m%60)
}

// nextMinute is when elapsed changes after now.
func (s Sign) nextMinute(now time.Time) time.Time {
	return now.Add(time.Minute - now.Sub(s.Since)%time.Minute)
}
