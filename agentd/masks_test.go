package agentd

import (
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// veiled is a policy that hides two rectangles of the scripted screen.
func veiled() Policy {
	p := DemoPolicy()
	p.Privacy = privacy.Policy{Rects: []image.Rectangle{image.Rect(20, 30, 120, 60), image.Rect(200, 100, 400, 150)}}
	return p
}

// hidden is what the two are on a screen of 320 x 200.
var hidden = []uint32{protocol.RuledWindow, 20, 30, 100, 30, protocol.RuledWindow, 200, 100, 120, 50}

// marks are the masks messages that the console was sent.
func (r *rig) marks() (list []*protocol.Masks) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		if m, ok := m.(*protocol.Masks); ok {
			list = append(list, m)
		}
	}
	return list
}

// wants that many masks messages, and the newest to have these areas and
// to be of the picture that was sent.
func (r *rig) wants(when string, n int, areas []uint32) {
	r.t.Helper()
	list := r.marks()
	if len(list) != n {
		r.t.Errorf("%s: %d masks messages, not %d", when, len(list), n)
	}
	if n == 0 || len(list) != n {
		return
	}
	newest := list[n-1]
	if !slices.Equal(newest.Areas, areas) || newest.Number != uint32(n) || newest.Generation != r.pictured() {
		r.t.Errorf("%s: the console was told %+v, its picture is of %d", when, newest, r.pictured())
	}
}

// pictured is the generation of the picture that the console shows.
func (r *rig) pictured() (generation uint32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		if u, ok := m.(*protocol.Update); ok && len(u.Reset) > 0 {
			generation = u.Reset[0]
		}
	}
	return generation
}

// TestMasksAreTold follows masks through a session: they are told after the
// grant and not before, not while it is paused, again after it, and not again
// when nothing changed.
func TestMasksAreTold(t *testing.T) {
	inRig(t, veiled(), func(r *rig) {
		r.hello()
		r.paint(1)
		r.pass(time.Second)
		r.wants("before a request", 0, nil)
		r.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "test"})
		r.pass(time.Second)
		r.wants("before the grant", 0, nil)
		if err := r.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		r.wants("after the grant", 1, hidden)
		r.beneath()
		r.paint(5)
		r.pass(time.Minute)
		r.wants("when nothing changed", 1, hidden)
		r.session.hold(true)
		r.painted.Resize(200, 200)
		r.pass(time.Minute)
		r.wants("paused", 1, hidden)
		r.session.hold(false)
		r.pass(time.Second)
		r.wants("again", 2, hidden[:5])
		r.session.hold(true)
		r.pass(time.Second)
		r.session.hold(false)
		r.pass(time.Second)
		r.wants("after another pause", 3, hidden[:5])
		r.session.revoke(protocol.View)
		r.painted.Resize(320, 200)
		r.pass(time.Minute)
		r.wants("taken back", 3, hidden[:5])
	})
}

// beneath changes what is masked, which is no news.
func (r *rig) beneath() {
	r.t.Helper()
	before := r.told()
	for i := range uint8(20) {
		r.painted.Paint(image.Rect(30, 35, 60+int(i), 55), color.RGBA{i, 255 - i, 9, 255})
		r.pass(100 * time.Millisecond)
	}
	if n := r.told() - before; n != 0 {
		r.t.Errorf("%d messages of what is under a mask", n)
	}
}

// TestMasksFollowThePicture sees that masks are of the generation of the
// picture: a grant that changes no picture changes no masks either, and a
// picture that begins anew brings them along.
func TestMasksFollowThePicture(t *testing.T) {
	inRig(t, veiled(), func(r *rig) {
		r.live()
		r.ask(2, protocol.Ink)
		if err := r.session.answer(protocol.Ink); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		r.wants("after another grant", 1, hidden)
		r.send(peer.Ctl, &protocol.Refresh{Number: 1})
		r.pass(time.Second)
		r.wants("after a refresh", 2, hidden)
		r.painted.Resize(220, 200)
		r.pass(time.Second)
		r.wants("after a resize", 3, slices.Concat(hidden[:8], []uint32{20, 50}))
		r.away.Store(true)
		r.painted.End()
		r.pass(time.Second)
		r.wants("without a screen", 3, slices.Concat(hidden[:8], []uint32{20, 50}))
		r.away.Store(false)
		r.pass(10 * time.Second)
		r.wants("with another screen", 4, hidden)
	})
}

// TestMasksOnlyIfAgreed sees that a console which does not know them is sent none.
func TestMasksOnlyIfAgreed(t *testing.T) {
	inRig(t, veiled(), func(r *rig) {
		r.liveWith([]uint32{1, 2, 3, 4})
		r.wants("not agreed", 0, nil)
	})
}

// TestNoMasksAreToldToo sees that a device which hides nothing says so.
func TestNoMasksAreToldToo(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.wants("with nothing hidden", 1, []uint32{})
	})
}

// TestMasksRate changes the masks two hundred times a second: ten of them are
// told, and the last one is among them.
func TestMasksRate(t *testing.T) {
	inRig(t, veiled(), func(r *rig) {
		r.live()
		var last []uint32
		for i := range 200 {
			last = r.cover(image.Rect(i, 0, i+10, 10))
			r.pass(5 * time.Millisecond)
		}
		r.pass(time.Second)
		if n := len(r.marks()); n < 8 || n > 12 {
			t.Errorf("%d masks messages for one second", n)
		}
		if newest := r.marks()[len(r.marks())-1]; !slices.Equal(newest.Areas, last) {
			t.Errorf("the last were %v, told was %v", last, newest.Areas)
		}
	})
}

// cover publishes a mask as the screen does with a picture.
func (r *rig) cover(where image.Rectangle) []uint32 {
	next := &masks{geometry: r.screen.masked.Load().geometry, areas: []area{{where, protocol.SecretField}}}
	r.screen.masked.Store(next)
	r.screen.tell()
	return next.message(1, 1).Areas
}

// TestMasksWaitForNothingElse has cursor, masks and refresh wait for their time
// together: each comes when it is due.
func TestMasksWaitForNothingElse(t *testing.T) {
	inRig(t, veiled(), func(r *rig) {
		r.live()
		r.send(peer.Ctl, &protocol.Refresh{Number: 1})
		r.pass(10 * time.Millisecond)
		begun := resets(r.console)
		r.cover(image.Rect(0, 0, 9, 9))
		r.painted.MoveCursor(1, 1)
		r.pass(20 * time.Millisecond)
		r.send(peer.Ctl, &protocol.Refresh{Number: 2})
		r.cover(image.Rect(0, 0, 5, 5))
		last := r.cover(image.Rect(0, 0, 7, 7))
		r.painted.MoveCursor(2, 2)
		r.pass(110 * time.Millisecond)
		newest := r.marks()[len(r.marks())-1]
		if c := lastCursor(r); !slices.Equal(newest.Areas, last) || c != 2 || resets(r.console) != begun {
			t.Errorf("after 110 ms: masks %v, cursor at %d, %d resets", newest.Areas, c, resets(r.console)-begun)
		}
		r.pass(time.Second)
		if resets(r.console) != begun+1 {
			t.Errorf("%d resets after a refresh", resets(r.console)-begun)
		}
	})
}

func lastCursor(r *rig) int {
	if c := last[*protocol.Cursor](r.console); c != nil {
		return int(c.X)
	}
	return -1
}
