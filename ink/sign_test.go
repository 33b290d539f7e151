package ink

import (
	"strings"
	"testing"
	"time"

	"telestrator/protocol"
)

// calmSign is one whose clock stands still.
func calmSign() *Sign {
	return &Sign{Agents: []string{"Maria Lopez"}, Scopes: protocol.AllScopes, Since: time.Now().Add(time.Hour)}
}

// signs are the kinds of signs there are.
func signs() map[string]Sign {
	s := *calmSign()
	paused, hand, many, nobody, bare := s, s, s, s, s
	paused.Paused, hand.LocalHand, nobody.Agents, bare.Scopes = true, true, nil, 0
	many.Agents = []string{strings.Repeat("W", maxName), "Ada", "Eve"}
	return map[string]Sign{"live": s, "paused": paused, "hand": hand, "many": many, "nobody": nobody, "bare": bare}
}

// TestLines: what the bar says, in both languages.
func TestLines(t *testing.T) {
	t.Parallel()
	maria, two := []string{"Maria"}, []string{"Maria", "Ada"}
	now := time.Now()
	for _, c := range []struct {
		s        Sign
		language string
		want     lines
	}{
		{Sign{Agents: maria, Scopes: protocol.View}, "en", lines{"Maria sees your screen", "Only looking is allowed", ""}},
		{Sign{Agents: maria, Scopes: protocol.View}, "de", lines{"Maria sieht Ihren Bildschirm", "Nur Zusehen ist erlaubt", ""}},
		{Sign{Agents: two, Scopes: protocol.AllScopes}, "en", lines{"Maria and 1 other see your screen", "Allowed: drawing, mouse, keyboard", ""}},
		{Sign{Agents: two, Scopes: protocol.AllScopes}, "de", lines{"Maria und 1 weitere Person sehen Ihren Bildschirm", "Erlaubt: Zeichnen, Maus, Tastatur", ""}},
		{Sign{Agents: maria, Scopes: protocol.View | protocol.Keyboard}, "en", lines{"Maria sees your screen", "Allowed: keyboard", ""}},
		{Sign{Agents: maria, Scopes: protocol.AllScopes, LocalHand: true}, "en", lines{"Maria sees your screen", "Your hand is in charge", ""}},
		{Sign{Agents: maria, Scopes: protocol.View | protocol.Ink, LocalHand: true}, "en", lines{"Maria sees your screen", "Allowed: drawing", ""}},
		{Sign{Agents: maria, Scopes: protocol.AllScopes, Paused: true, LocalHand: true}, "en", lines{"Paused: your screen is not shown", "Connected: Maria", ""}},
		{Sign{Agents: maria, Scopes: protocol.AllScopes, Paused: true}, "de", lines{"Pause: Ihr Bildschirm wird nicht gezeigt", "Verbunden: Maria", ""}},
		{Sign{Agents: maria, Scopes: protocol.View, Recorded: true}, "en", lines{"Maria sees your screen", "Recorded. Only looking is allowed", ""}},
		{Sign{Agents: maria, Scopes: protocol.View, Recorded: true, Paused: true}, "de", lines{"Pause: Ihr Bildschirm wird nicht gezeigt", "Wird aufgezeichnet. Verbunden: Maria", ""}},
		{Sign{Agents: two}, "en", lines{"Connected: Maria and 1 other", "Your screen is not shown", ""}},
		{Sign{Scopes: protocol.View}, "en", lines{"Somebody sees your screen", "Only looking is allowed", ""}},
	} {
		c.s.Since, c.want.clock = now.Add(-83*time.Second), "1 min"
		if got := WordsFor(c.language).lines(c.s, now); got != c.want {
			t.Errorf("%+v says %q, want %q", c.s, got, c.want)
		}
	}
}

// TestElapsed: the clock, up to the most it shows and beyond.
func TestElapsed(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Minute: "0 min", 0: "0 min", time.Minute - 1: "0 min", time.Minute: "1 min",
		59*time.Minute + 59*time.Second: "59 min", time.Hour: "1 h 00 min", 25*time.Hour + 61*time.Second: "25 h 01 min",
		longestTime: "99 h 59 min", longestTime + time.Minute: "99 h 59 min", 1<<63 - 1: "99 h 59 min",
	} {
		if got := elapsed(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// TestNextMinute: the clock is looked at again when it goes on, and never so
// soon that nothing else is done.
func TestNextMinute(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, since := range []time.Time{
		now, now.Add(-time.Millisecond), now.Add(-90 * time.Second), now.Add(-time.Minute), now.Add(time.Hour + time.Millisecond), {},
	} {
		next := (Sign{Since: since}).nextMinute(now)
		if wait := next.Sub(now); wait <= 0 || wait > 2*time.Minute {
			t.Errorf("since %v: again in %v", since, wait)
		}
		before, after := elapsed(next.Add(-time.Nanosecond).Sub(since)), elapsed(next.Sub(since))
		if now.Sub(since) >= 0 && now.Sub(since) < longestTime && before == after {
			t.Errorf("since %v: %s goes on at another moment", since, after)
		}
	}
}
