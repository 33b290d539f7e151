package agentd

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"telestrator/peer"
	"telestrator/protocol"
)

// looks asks for a view, and lets it come.
func (r *rig) looks(m protocol.Look) {
	r.looked++
	m.Number = r.looked
	r.send(peer.Ctl, &m)
	r.pass(2 * time.Second)
}

// sees wants the console to show a part of the screen, in a picture of a size.
func (r *rig) sees(when string, part image.Rectangle, size image.Point) {
	r.t.Helper()
	got, screen := r.picture(), r.painted.Picture()
	if shown := r.geometry().Part; got.Rect.Size() != size || shown != part {
		r.t.Errorf("%s: %v in a picture of %v, want %v in %v", when, shown, got.Rect.Size(), part, size)
		return
	}
	want, allowed := image.NewRGBA(got.Rect), 0
	if draw.BiLinear.Scale(want, want.Rect, screen, part, draw.Src, nil); size != part.Size() {
		allowed = 1
	}
	for i := range want.Pix {
		if d := int(want.Pix[i]) - int(got.Pix[i]); d > allowed || -d > allowed {
			r.t.Errorf("%s: pixel %d is %d levels off", when, i/4, d)
			return
		}
	}
}

// draws changes all of the screen, and some of it twice.
func (r *rig) draws(shade uint8) {
	size := r.painted.Picture().Rect.Size()
	r.painted.Draw(image.Rectangle{Max: size}, ruled(size.X, size.Y), image.Pt(0, int(shade)))
	r.paint(shade)
	r.pass(time.Second)
}

var (
	left  = image.Rect(0, 0, 200, 200)
	right = image.Rect(200, 20, 320, 110)
)

// TestLook looks at one monitor, at a scaled picture and at all of it again,
// while the screen changes: each is as it should be, at one generation.
func TestLook(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.painted.SetMonitors(left, right)
		r.live()
		generation := r.pictured()
		for i, c := range []struct {
			look protocol.Look
			part image.Rectangle
			size image.Point
		}{
			{protocol.Look{X: 200, Y: 20, W: 120, H: 90}, right, image.Pt(120, 90)},
			{protocol.Look{X: 200, Y: 20, W: 120, H: 90, MostW: 100, MostH: 30}, right, image.Pt(40, 30)},
			{protocol.Look{MostW: 160}, image.Rect(0, 0, 320, 200), image.Pt(160, 100)},
			{protocol.Look{MostW: 5000, MostH: 5000}, image.Rect(0, 0, 320, 200), image.Pt(320, 200)},
			{protocol.Look{W: 200, H: 200}, left, image.Pt(200, 200)},
			{protocol.Look{}, image.Rect(0, 0, 320, 200), image.Pt(320, 200)},
		} {
			before := resets(r.console)
			r.looks(c.look)
			for shade := range uint8(3) {
				r.draws(uint8(10*i) + shade)
				r.sees(fmt.Sprintf("%+v", c.look), c.part, c.size)
			}
			if n := resets(r.console) - before; n != 1 || r.pictured() != generation {
				t.Errorf("%+v: %d resets, generation %d after %d", c.look, n, r.pictured(), generation)
			}
			if got := r.geometry().Monitors; len(got) != 2 || got[0] != left || got[1] != right {
				t.Errorf("%+v: monitors %v", c.look, got)
			}
		}
	})
}

// TestLookThroughResizes holds a part through every size of the screen.
func TestLookThroughResizes(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.looks(protocol.Look{X: 200, Y: 100, W: 300, H: 300, MostW: 100})
		for i, c := range []struct {
			screen image.Point
			part   image.Rectangle
			size   image.Point
		}{
			{image.Pt(320, 200), image.Rect(200, 100, 320, 200), image.Pt(100, 83)},
			{image.Pt(600, 500), image.Rect(200, 100, 500, 400), image.Pt(100, 100)},
			{image.Pt(201, 900), image.Rect(200, 100, 201, 400), image.Pt(1, 300)},
			{image.Pt(200, 900), image.Rect(0, 0, 200, 900), image.Pt(100, 450)},
			{image.Pt(1, 1), image.Rect(0, 0, 1, 1), image.Pt(1, 1)},
			{image.Pt(600, 500), image.Rect(200, 100, 500, 400), image.Pt(100, 100)},
		} {
			generation := r.pictured()
			if i > 0 {
				r.painted.Resize(c.screen.X, c.screen.Y)
				r.pass(time.Second)
				if r.pictured() == generation {
					t.Errorf("a screen of %v has the generation of the one before", c.screen)
				}
			}
			r.draws(uint8(i))
			r.sees(fmt.Sprint(c.screen), c.part, c.size)
		}
	})
}

// TestLookAfterTheScreenWent holds a view while the screen goes and comes back.
func TestLookAfterTheScreenWent(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.looks(protocol.Look{X: 10, Y: 20, W: 100, H: 100, MostW: 50})
		r.away.Store(true)
		r.painted.End()
		r.pass(time.Second)
		r.away.Store(false)
		r.pass(5 * time.Second)
		r.draws(3)
		r.sees("afterwards", image.Rect(10, 20, 110, 120), image.Pt(50, 50))
	})
}

// TestFit goes through what a look may come to.
func TestFit(t *testing.T) {
	t.Parallel()
	screen := image.Rect(0, 0, 1920, 1080)
	for _, c := range []struct {
		m    protocol.Look
		part image.Rectangle
		size image.Point
	}{
		{protocol.Look{}, screen, image.Pt(1920, 1080)},
		{protocol.Look{X: 5, Y: 5, W: 10}, screen, image.Pt(1920, 1080)},
		{protocol.Look{X: 5, Y: 5, H: 10}, screen, image.Pt(1920, 1080)},
		{protocol.Look{X: 65535, Y: 65535, W: 16384, H: 16384}, screen, image.Pt(1920, 1080)},
		{protocol.Look{X: 1920, W: 5, H: 5}, screen, image.Pt(1920, 1080)},
		{protocol.Look{X: 1919, Y: 1079, W: 5, H: 5}, image.Rect(1919, 1079, 1920, 1080), image.Pt(1, 1)},
		{protocol.Look{W: 16384, H: 16384, MostW: 16384, MostH: 16384}, screen, image.Pt(1920, 1080)},
		{protocol.Look{MostW: 1}, screen, image.Pt(1, 1)},
		{protocol.Look{MostH: 1}, screen, image.Pt(1, 1)},
		{protocol.Look{MostW: 1366, MostH: 768}, screen, image.Pt(1365, 768)},
		{protocol.Look{MostW: 960, MostH: 768}, screen, image.Pt(960, 540)},
		{protocol.Look{W: 1920, H: 1, MostW: 10}, image.Rect(0, 0, 1920, 1), image.Pt(10, 1)},
	} {
		l := newLook(&c.m)
		if part, size := l.on(screen); part != c.part || size != c.size {
			t.Errorf("%+v: %v of %v, want %v of %v", c.m, size, part, c.size, c.part)
		}
	}
}

// TestLooksAreMerged asks for many views at once: few are made, and the highest
// number counts.
func TestLooksAreMerged(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.draws(1)
		r.live()
		before := resets(r.console)
		for n := range uint32(20) {
			r.send(peer.Ctl, &protocol.Look{Number: n + 1, X: 5, Y: uint16(n), W: 50, H: 60})
		}
		r.send(peer.Ctl, &protocol.Look{Number: 20, X: 7, Y: 7, W: 7, H: 7})
		r.send(peer.Ctl, &protocol.Look{Number: 3, X: 7, Y: 7, W: 7, H: 7})
		r.pass(5 * time.Second)
		if got := resets(r.console) - before; got < 1 || got > protocol.RateLook {
			t.Errorf("20 looks at once made %d resets", got)
		}
		r.sees("the last", image.Rect(5, 19, 55, 79), image.Pt(50, 60))
	})
}

// TestLookOnlyIfAgreed asks for a view without having said that it would.
func TestLookOnlyIfAgreed(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.liveWith([]uint32{1, 2, 3, 4, 5})
		r.looks(protocol.Look{W: 10, H: 10})
		r.sees("without the capability", image.Rect(0, 0, 320, 200), image.Pt(320, 200))
	})
}

// TestViewsAreFew has one viewer more than there are views: it sees all of the
// screen, and when a view is free it may have that.
func TestViewsAreFew(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		wish := func(i int) look { return look{most: image.Pt(i+1, 0)} }
		var viewers []*viewer
		for i := range maxViews + 1 {
			v := r.screen.view()
			v.turn(wish(i))
			if (v.on == nil) != (i == maxViews) {
				t.Errorf("viewer %d: a view of its own: %v", i+1, v.on != nil)
			}
			viewers = append(viewers, v)
		}
		shares, last := r.screen.view(), viewers[maxViews]
		shares.turn(wish(2))
		if shares.on != viewers[2].on || len(r.screen.views) != maxViews {
			t.Error("the same look is not the same view")
		}
		viewers[2].close()
		if last.turn(wish(maxViews)); last.on != nil {
			t.Error("a view that somebody has was dropped")
		}
		shares.close()
		if last.turn(wish(maxViews)); last.on == nil {
			t.Error("a view that nobody has any more takes a place")
		}
		for _, v := range viewers {
			v.turn(look{})
			v.close()
		}
		if len(r.screen.views) != 0 {
			t.Errorf("%d views are left", len(r.screen.views))
		}
	})
}

// TestSlowViewerOfAPart falls behind while another viewer does not: its picture
// is not made meanwhile, and what it gets then is the newest.
func TestSlowViewerOfAPart(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.looks(protocol.Look{X: 30, Y: 10, W: 200, H: 150, MostW: 101})
		r.mute = true
		other := r.screen.view()
		other.want(true)
		before := r.told()
		for shade := range uint8(100) {
			r.paint(shade)
			r.pass(100 * time.Millisecond)
			if on := r.session.view.on; shade > 50 && (!on.owing || r.session.view.current.Load() || len(on.owed) > maxOwed) {
				t.Fatalf("a view that nobody takes: owing %v, %d places", on.owing, len(on.owed))
			}
		}
		if sent := r.told() - before; sent > 150 {
			t.Errorf("%d messages to a console that shows nothing", sent)
		}
		r.mute = false
		r.send(peer.Screen, &protocol.Ack{Number: last[*protocol.Update](r.console).Number})
		r.pass(time.Second)
		r.sees("at last", image.Rect(30, 10, 230, 160), image.Pt(101, 75))
		other.close()
	})
}

// TestOwed keeps places apart up to the limit, and one that holds them all past it.
func TestOwed(t *testing.T) {
	t.Parallel()
	var v view
	for i := range maxOwed {
		v.owe([]image.Rectangle{image.Rect(2*i, i, 2*i+1, i+1), image.Rect(0, 0, 1, 1)})
	}
	if len(v.owed) != maxOwed {
		t.Errorf("%d places, want %d", len(v.owed), maxOwed)
	}
	v.owe([]image.Rectangle{image.Rect(0, 5000, 1, 5001)})
	if want := image.Rect(0, 0, 2*maxOwed-1, 5001); len(v.owed) != 1 || v.owed[0] != want {
		t.Errorf("past the limit: %v, want %v", v.owed, want)
	}
}

// TestMaskStaysMasked hides a window's worth of the screen: what is under it
// shows in no view, and changes nothing there.
func TestMaskStaysMasked(t *testing.T) {
	mask := image.Rect(60, 50, 260, 150)
	for _, m := range []protocol.Look{{X: 100, Y: 60, W: 150, H: 80}, {MostW: 100}, {X: 50, Y: 40, W: 250, H: 150, MostW: 33}} {
		policy := DemoPolicy()
		policy.Privacy.Rects = []image.Rectangle{mask}
		inRig(t, policy, func(r *rig) {
			r.live()
			r.looks(m)
			before, told := r.picture(), r.told()
			r.painted.Paint(mask, color.White)
			r.pass(time.Second)
			r.painted.Draw(mask, ruled(320, 200), image.Point{})
			r.pass(time.Second)
			if now := r.picture(); !bytes.Equal(before.Pix, now.Pix) || r.told() != told {
				t.Errorf("%+v: what is under a mask made a difference", m)
			}
			part := r.geometry().Part
			middle := before.RGBAAt((160-part.Min.X)*before.Rect.Dx()/part.Dx(), (100-part.Min.Y)*before.Rect.Dy()/part.Dy())
			if middle.R != 0x80 || middle.G != 0x80 || middle.B != 0x80 {
				t.Errorf("%+v: the mask is %v", m, middle)
			}
		})
	}
}

// TestAimInAPart clicks while a part is shown: a place is one of the screen,
// shown or not, and outside the screen there is none.
func TestAimInAPart(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.AllScopes)
		r.looks(protocol.Look{X: 200, Y: 100, W: 50, H: 50, MostW: 10})
		for _, c := range []struct {
			at      image.Point
			pressed bool
		}{{image.Pt(220, 120), true}, {image.Pt(3, 4), true}, {image.Pt(319, 199), true}, {image.Pt(320, 199), false}, {image.Pt(319, 200), false}} {
			before := r.hands.Acts()
			for _, down := range []bool{true, false} {
				r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: r.generation(), X: uint16(c.at.X), Y: uint16(c.at.Y), Down: down})
			}
			r.pass(time.Second)
			if (r.hands.Acts() > before) != c.pressed {
				t.Errorf("a click at %v: pressed %v, want %v", c.at, !c.pressed, c.pressed)
			}
		}
	})
}

// TestNobodyIsServedLate serves a viewer whose view was not made in this grab,
// because it wanted it too late: it stays a newcomer, so that the next is for it.
func TestNobodyIsServedLate(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		v := r.screen.view()
		v.turn(look{most: image.Pt(10, 10)})
		v.hungry.Store(true)
		r.screen.serve()
		if v.current.Load() {
			t.Error("a view that was never made is current")
		}
		v.want(false)
		v.want(true)
		r.pass(time.Second)
		if v.close(); !v.current.Load() {
			t.Error("a viewer who wants is not served")
		}
	})
}
