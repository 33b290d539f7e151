package agentd

import (
	"image"
	"image/color"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// pings is how many echoes the console has been asked for.
func (r *rig) pings() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		if p, ok := m.(*protocol.Ping); ok && !p.Reply {
			n++
		}
	}
	return n
}

// in is how many pings come in so long.
func (r *rig) in(long time.Duration) int {
	before := r.pings()
	r.pass(long)
	return r.pings() - before
}

// TestUpkeepRests: a console that answers is asked every five seconds while the
// picture stands still, and twice a second, soon, when it moves.
func TestUpkeepRests(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.pass(10 * time.Second)
		if n := r.in(time.Minute); n < 12 || n > 13 {
			t.Errorf("%d pings in a still minute, want 12", n)
		}
		for i := range 7 {
			r.pass(time.Duration(i) * 700 * time.Millisecond) // anywhere in a rest
			before := r.pings()                               // it may be sent before Paint returns
			r.painted.Paint(image.Rect(i, 10, i+40, 60), color.RGBA{uint8(i), 99, 77, 255})
			r.pass(pingEvery)
			if n := r.pings() - before; n != 1 {
				t.Errorf("%d pings with the first picture, want 1", n)
			}
		}
		moving := r.pings()
		for i := range 100 {
			r.paint(uint8(i))
			r.pass(100 * time.Millisecond)
		}
		if n := r.pings() - moving; n < 19 || n > 21 {
			t.Errorf("%d pings in ten seconds of pictures, want 20", n)
		}
	})
}

// TestUnansweredPings: a console that does not answer is asked more often before it is lost.
func TestUnansweredPings(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.pass(10 * time.Second)
		defer r.block()()
		before := r.asked()
		r.pass(silentFor - time.Second)
		if n := r.asked() - before; n < 6 {
			t.Errorf("%d pings before the console is lost", n)
		}
		r.pass(calmPing + time.Second)
		if r.session.ended.Err() == nil {
			t.Error("a console that answers nothing is not lost")
		}
	})
}

// asked is how many pings the session has sent.
func (r *rig) asked() uint32 {
	r.session.mu.Lock()
	defer r.session.mu.Unlock()
	return r.session.next.ping
}

// TestRestEndsInTime: what is granted ends when it has to, however little happens
// meanwhile, and so does what is asked.
func TestRestEndsInTime(t *testing.T) {
	policy := DemoPolicy()
	policy.ViewFor, policy.ControlFor, policy.AnswerWithin = 47*time.Second, 23*time.Second, 3*time.Second
	inRig(t, policy, func(r *rig) {
		began := time.Now()
		r.working(protocol.Keyboard)
		holds := func(when time.Duration, want protocol.Scopes) {
			t.Helper()
			r.pass(time.Until(began.Add(when)))
			if got := last[*protocol.Grants](r.console).Scopes; got != want {
				t.Errorf("after %v: %b is held, want %b", when, got, want)
			}
		}
		holds(policy.ControlFor-time.Millisecond, protocol.View|protocol.Keyboard)
		holds(policy.ControlFor+time.Millisecond, protocol.View)
		for n := range uint32(3) {
			r.pass(2100 * time.Millisecond) // anywhere in a rest
			r.send(peer.Ctl, &protocol.Request{Number: 2 + n, Scopes: protocol.Ink, Reason: "test"})
			r.pass(policy.AnswerWithin + pingEvery)
			if g := last[*protocol.Grants](r.console); g.Asked != 0 || g.Answered != 2+n {
				t.Errorf("after %v request %d is still open: %+v", policy.AnswerWithin, n, g)
			}
		}
		holds(policy.ViewFor-time.Millisecond, protocol.View)
		holds(policy.ViewFor+time.Millisecond, 0)
	})
}
