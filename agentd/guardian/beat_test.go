package guardian_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/agentd/guardian/guardiantest"
	"telestrator/ink"
	"telestrator/input"
	"telestrator/protocol"
)

// listened runs a test with a guardian in virtual time, and with what the daemon
// writes to it.
func listened(t *testing.T, test func(g *guardian.Guardian, s *guardiantest.Screen, daemon *muted)) {
	synctest.Test(t, func(t *testing.T) {
		var daemon muted
		g, s := guardiantest.StartOver(t, &daemon)
		var run sync.WaitGroup
		run.Go(func() { _ = g.Run(t.Context()) })
		test(g, s, &daemon)
		_ = g.Close()
		run.Wait()
		<-s.Done()
	})
}

// may has a session do more than look, or only that.
func may(t *testing.T, g *guardian.Guardian, session string, scopes protocol.Scopes) {
	t.Helper()
	if err := g.Permit(session, input.Permit{Scopes: scopes, Generation: 1}).Wait(); err != nil {
		t.Fatal(err)
	}
}

// looks has somebody see the screen.
func looks(t *testing.T, g *guardian.Guardian) {
	t.Helper()
	if err := g.Sign(&ink.Sign{Agents: []string{"Ada"}, Scopes: protocol.View}).Wait(); err != nil {
		t.Fatal(err)
	}
}

// TestBeatsOnlyAsNeeded: while every session only looks, the heart beats every
// two seconds, so that a screen on which nothing happens costs next to nothing.
func TestBeatsOnlyAsNeeded(t *testing.T) {
	listened(t, func(g *guardian.Guardian, _ *guardiantest.Screen, daemon *muted) {
		looks(t, g)
		in := func(long time.Duration) int {
			synctest.Wait()
			before, _ := daemon.count()
			time.Sleep(long)
			after, _ := daemon.count()
			return after - before
		}
		if n := in(time.Minute); n > 30 {
			t.Errorf("%d beats in a minute of looking, want 30", n)
		}
		may(t, g, "s", protocol.Ink)
		if n := in(time.Minute); n < 299 {
			t.Errorf("%d beats in a minute in which somebody may draw, want 300", n)
		}
		may(t, g, "s", 0)
		in(0)
		if n := in(time.Minute); n > 30 {
			t.Errorf("%d beats in a minute afterwards, want 30", n)
		}
	})
}

// TestLookerSilent: a daemon that is silent has the sign taken off in time, also
// when somebody could do more a moment ago.
func TestLookerSilent(t *testing.T) {
	for name, before := range map[string]protocol.Scopes{"looked": 0, "drew": protocol.Ink} {
		t.Run(name, func(t *testing.T) {
			listened(t, func(g *guardian.Guardian, s *guardiantest.Screen, daemon *muted) {
				looks(t, g)
				if before != 0 {
					may(t, g, "s", before)
					time.Sleep(time.Minute)
					may(t, g, "s", 0)
				}
				time.Sleep(10 * guardian.Patience)
				synctest.Wait()
				if s.Sign() == nil {
					t.Fatal("let go although the heart beats")
				}
				daemon.on()
				time.Sleep(guardian.Patience + time.Millisecond)
				synctest.Wait()
				clear(t, s)
			})
		})
	}
}

// TestSilentAtOnce: the shorter time holds as soon as somebody may do more.
func TestSilentAtOnce(t *testing.T) {
	listened(t, func(g *guardian.Guardian, s *guardiantest.Screen, daemon *muted) {
		looks(t, g)
		time.Sleep(time.Minute)
		works(t, g, s)
		daemon.on()
		time.Sleep(guardian.Silence + time.Millisecond)
		synctest.Wait()
		clear(t, s)
	})
}

// TestRhythmBeginsAnswered: whatever the old rhythm was in the middle of, nobody is
// taken for deaf in the new one.
func TestRhythmBeginsAnswered(t *testing.T) {
	listened(t, func(g *guardian.Guardian, _ *guardiantest.Screen, daemon *muted) {
		looks(t, g)
		time.Sleep(7 * time.Second)
		for i, scopes := range []protocol.Scopes{protocol.Ink, 0, protocol.Ink} {
			synctest.Wait()
			writes, reads := daemon.count()
			may(t, g, "s", scopes)
			synctest.Wait()
			if w, r := daemon.count(); w-writes != 2 || r-reads != 2 { // the order, and a beat
				t.Errorf("change %d: %d frames were written and %d read, want 2 of each", i, w-writes, r-reads)
			}
			time.Sleep(time.Duration(i+3) * 300 * time.Millisecond)
		}
	})
}

// TestRhythmChanges at any moment, and nobody takes that for silence.
func TestRhythmChanges(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	listened(t, func(g *guardian.Guardian, s *guardiantest.Screen, _ *muted) {
		looks(t, g)
		for range 2000 {
			session := string('a' + rune(rnd.IntN(3)))
			may(t, g, session, protocol.Scopes(rnd.IntN(2))*protocol.Ink)
			if rnd.IntN(20) == 0 {
				if err := g.Sign(nil).Wait(); err != nil {
					t.Fatal(err)
				}
				looks(t, g)
			}
			time.Sleep(time.Duration(rnd.IntN(3000)) * time.Millisecond)
		}
		synctest.Wait()
		if s.Sign() == nil {
			t.Error("the guardian has let go")
		}
	})
}
