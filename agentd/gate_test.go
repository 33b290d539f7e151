package agentd

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
	"time"

	"telestrator/protocol"
)

var opaque = color.RGBA{200, 100, 50, 255}

// silent paints for a while and wants nothing told of it.
func (r *rig) silent(when string) {
	r.t.Helper()
	before := r.told()
	for shade := range uint8(30) {
		r.paint(shade * 7)
		r.pass(100 * time.Millisecond)
	}
	if told := r.told() - before; told > 0 {
		r.t.Errorf("%s, %d messages told of the screen", when, told)
	}
}

func TestNothingBeforeTheGrant(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.silent("before hello")
		r.hello()
		r.silent("before a request")
		r.send(0, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "test"})
		r.silent("while the user is asked")
		if w := last[*protocol.Welcome](r.console); w == nil || w.Session != r.session.id {
			t.Errorf("welcome: %+v", w)
		}
		if g := last[*protocol.Grants](r.console); g == nil || g.Asked != protocol.View {
			t.Errorf("the user is not being asked: %+v", g)
		}
	})
}

func TestGrantShowsTheScreenExactly(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(40)
		r.live()
		r.same()
		for shade := range uint8(20) {
			r.paint(shade * 5)
			r.pass(time.Second)
			r.same()
		}
		r.painted.Resize(640, 333)
		r.paint(9)
		r.pass(time.Second)
		r.same()
	})
}

func TestNothingWhilePaused(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.paint(1)
		r.session.hold(true)
		before := r.told()
		r.silent("paused")
		if r.told() != before {
			t.Error("the pause itself told something")
		}
		if p := last[*protocol.Paused](r.console); p == nil || p.Why != protocol.UserPaused {
			t.Errorf("the console was told %+v", p)
		}
		r.session.hold(false)
		r.pass(time.Second)
		r.same()
		if p := last[*protocol.Paused](r.console); p.Why != protocol.Runs {
			t.Errorf("the console was told %+v", p)
		}
	})
}

func TestNothingAfterRevocation(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(100)
		r.live()
		r.session.revoke(protocol.View)
		r.silent("after the revocation")
		if g := last[*protocol.Grants](r.console); g.Scopes != 0 {
			t.Errorf("the console holds %s", g.Scopes)
		}
		r.send(0, &protocol.Request{Number: 2, Scopes: protocol.View})
		r.pass(time.Second)
		before, begun := r.told(), resets(r.console)
		if err := r.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		r.same()
		if told := r.told() - before; told != 3 || resets(r.console) != begun+1 {
			t.Errorf("%d messages for one whole picture, one cursor and the masks of now", told)
		}
	})
}

// TestPauseInTheMiddle pauses while half a moment is on its way: the rest
// never leaves, and the picture is whole again afterwards.
func TestPauseInTheMiddle(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		open := r.block()
		r.painted.Draw(image.Rect(0, 0, 320, 200), noise(320, 200), image.Point{})
		r.pass(time.Second)
		r.session.hold(true)
		open()
		r.pass(time.Second)
		r.session.hold(false)
		r.pass(time.Second)
		r.same()
	})
}

// noise does not compress.
func noise(w, h int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range picture.Pix {
		picture.Pix[i] = byte(random.Uint32()) | byte(i&3/3*255)
	}
	return picture
}

func TestNothingAfterStop(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.session.stop(protocol.Stopped, "The user has ended the session.")
		r.silent("after the stop")
		if b := last[*protocol.Bye](r.console); b == nil || b.Code != protocol.Stopped {
			t.Errorf("bye: %+v", b)
		}
	})
}

// TestStopWithABacklog stops while pictures are queued: they do not leave, even
// if that costs the bye.
func TestStopWithABacklog(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		open := r.block()
		r.session.mu.Lock()
		r.session.link.window = 2 * underWay
		r.session.mu.Unlock()
		r.painted.Draw(image.Rect(0, 0, 320, 200), noise(320, 200), image.Point{})
		r.pass(time.Second)
		if queued := r.session.conn.Buffered(); queued <= underWay {
			t.Fatalf("only %d bytes are queued", queued)
		}
		before := r.told()
		r.session.stop(protocol.Stopped, "The user has ended the session.")
		r.pass(time.Millisecond)
		open()
		r.pass(time.Second)
		if told := r.told() - before; told > 1 { // the one the console had in hand
			t.Errorf("%d messages left after the stop", told)
		}
	})
}

// TestNothingOfBefore sees that a viewer who comes later is not shown what the
// canvas has from earlier.
func TestNothingOfBefore(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.session.hold(true)
		r.paint(50)
		r.pass(time.Second)
		r.paint(60)
		r.painted.Paint(r.painted.Picture().Bounds(), opaque)
		r.session.hold(false)
		seen := r.told()
		r.pass(time.Second)
		r.same()
		if r.told()-seen > 3 {
			t.Errorf("%d messages for one picture, one cursor and the masks", r.told()-seen)
		}
	})
}

func TestGrantEnds(t *testing.T) {
	policy := DemoPolicy()
	policy.ViewFor = time.Minute
	inRig(t, policy, func(r *rig) {
		r.live()
		r.pass(time.Minute)
		r.silent("after the grant has run out")
	})
}

func TestScreenLostAndBack(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.away.Store(true)
		r.painted.End()
		r.pass(time.Minute)
		if p := last[*protocol.Paused](r.console); p == nil || p.Why != protocol.ScreenGone {
			t.Errorf("the console was told %+v", p)
		}
		r.away.Store(false)
		r.pass(5 * time.Second)
		r.paint(99)
		r.pass(time.Second)
		r.same()
		if p := last[*protocol.Paused](r.console); p.Why != protocol.Runs {
			t.Errorf("the console was told %+v", p)
		}
	})
}

func TestStillScreenSendsNothing(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(3)
		r.live()
		before := r.told()
		r.pass(10 * time.Second)
		if r.told() != before {
			t.Errorf("%d messages about a still screen", r.told()-before)
		}
	})
}
