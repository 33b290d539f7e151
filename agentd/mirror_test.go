package agentd

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/panel"
	"telestrator/privacy"
	"telestrator/protocol"
)

// looking is a rig whose user can look at what the agent sees.
type looking struct {
	*rig
	mirror *mirror
}

func inLooking(t *testing.T, policy Policy, test func(l *looking)) {
	t.Helper()
	inRig(t, policy, func(r *rig) {
		l := &looking{r, newMirror(r.screen, slog.New(slog.DiscardHandler), r.session.eyes)}
		ctx, end := context.WithCancel(r.t.Context())
		ended := make(chan struct{})
		go func() { l.mirror.run(ctx); close(ended) }()
		test(l)
		end()
		<-ended
	})
}

// look asks once, as the panel does.
func (l *looking) look(after uint64) (panel.Picture, error) {
	ctx, end := context.WithTimeout(l.t.Context(), 2*time.Second)
	defer end()
	return l.mirror.look(ctx, after)
}

// newest looks until nothing new comes, and decodes the last picture.
func (l *looking) newest() (*image.RGBA, panel.Picture) {
	l.t.Helper()
	var last panel.Picture
	for {
		p, err := l.look(last.Number)
		if err != nil {
			l.t.Fatal(err)
		}
		if p.Number == 0 {
			break
		}
		last = p
	}
	if last.Number == 0 {
		l.t.Fatal("there is no picture")
	}
	img, err := png.Decode(bytes.NewReader(last.PNG))
	if err != nil {
		l.t.Fatal(err)
	}
	rgba := image.NewRGBA(img.Bounds())
	draw.Draw(rgba, rgba.Rect, img, image.Point{}, draw.Src)
	return rgba, last
}

// refused checks that there is nothing to see.
func (l *looking) refused(when string) {
	l.t.Helper()
	var no *panel.Refusal
	if p, err := l.look(0); !errors.As(err, &no) || no.ID != "not_seen" {
		l.t.Errorf("%s: picture %d, %v", when, p.Number, err)
	}
}

// TestMirrorShowsWhatTheAgentSees: the user's picture is the console's, pixel by
// pixel, at first and after every change.
func TestMirrorShowsWhatTheAgentSees(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		number := uint64(0)
		for shade := range uint8(4) {
			l.paint(50 * shade)
			l.pass(time.Second)
			seen, p := l.newest()
			if want := l.picture(); seen.Rect != want.Rect || !bytes.Equal(seen.Pix, want.Pix) {
				t.Errorf("after change %d the user sees another picture than the console", shade)
			}
			if p.Number <= number {
				t.Errorf("picture %d came after %d", p.Number, number)
			}
			number = p.Number
		}
		l.same()
	})
}

// TestMirrorNeedsAnAgent: without anybody who sees the screen there is nothing
// to see, and no picture of it is made.
func TestMirrorNeedsAnAgent(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.paint(90)
		l.refused("nobody has come")
		l.join()
		l.refused("the agent has asked")
		l.pass(10 * time.Second)
		if l.screen.frame.Pix != nil {
			t.Error("the screen was grabbed")
		}
		if err := l.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		l.pass(time.Second)
		l.newest()
		l.session.revoke(protocol.View)
		l.refused("view was taken back")
	})
}

// TestMirrorMakesNoPicture: what agents are not shown, the user's view does not
// fetch either.
func TestMirrorMakesNoPicture(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		before, first := l.newest()
		l.session.hold(true)
		l.paint(120)
		l.pass(time.Second)
		if p, err := l.look(first.Number); p.Number != 0 || err != nil {
			t.Errorf("while paused came picture %d, %v", p.Number, err)
		}
		l.pass(time.Minute) // nobody looks, and it ends
		if p, err := l.look(0); p.Number != 0 || err != nil {
			t.Errorf("opened while paused: picture %d, %v", p.Number, err)
		}
		l.session.hold(false)
		l.pass(time.Second)
		after, next := l.newest()
		if next.Number <= first.Number || bytes.Equal(before.Pix, after.Pix) {
			t.Error("after the pause the picture is the old one")
		}
		l.same()
	})
}

// TestMirrorPause: the last picture stays, for who comes later too.
func TestMirrorPause(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		before, first := l.newest()
		l.session.hold(true)
		l.paint(120)
		after, p := l.newest()
		if p.Number != first.Number || !bytes.Equal(before.Pix, after.Pix) {
			t.Error("the picture changed while paused")
		}
	})
}

// TestMirrorHidesSecrets: of a masked area there is nothing in the picture, and
// it says where that is.
func TestMirrorHidesSecrets(t *testing.T) {
	hidden := image.Rect(70, 20, 130, 90)
	policy := DemoPolicy()
	policy.Privacy = privacy.Policy{Rects: []image.Rectangle{hidden}, Unknown: privacy.Allow}
	secret := color.RGBA{0xfe, 0x01, 0xfd, 0xff}
	inLooking(t, policy, func(l *looking) {
		l.painted.Paint(hidden, secret)
		l.live()
		for range 3 {
			l.painted.Paint(hidden.Inset(3), color.RGBA{1, 2, 3, 255})
			l.painted.Paint(hidden.Inset(5), secret)
			l.paint(200)
			seen, p := l.newest()
			for y := hidden.Min.Y; y < hidden.Max.Y; y++ {
				for x := hidden.Min.X; x < hidden.Max.X; x++ {
					if c := seen.RGBAAt(x, y); c != (color.RGBA{privacy.Grey >> 16 & 255, privacy.Grey >> 8 & 255, privacy.Grey & 255, 255}) {
						t.Fatalf("at %d, %d the user sees %v", x, y, c)
					}
				}
			}
			if len(p.Private) != 1 || p.Private[0] != (panel.Private{Area: hidden, Why: panel.PrivateWindow}) {
				t.Errorf("private is said to be %v", p.Private)
			}
		}
	})
}

// TestMirrorEnds: it costs nothing any more soon after the last look, and begins
// again with the next.
func TestMirrorEnds(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		_, first := l.newest() // which looks for the last time two seconds before it ends
		open := func() bool {
			l.mirror.mu.Lock()
			defer l.mirror.mu.Unlock()
			return l.mirror.picture.PNG != nil
		}
		l.pass(mirrorIdle - 2*time.Second - 1)
		if !open() {
			t.Error("it ended early")
		}
		l.pass(mirrorEvery + 1)
		if open() {
			t.Error("it goes on")
		}
		if _, next := l.newest(); next.Number != first.Number+1 {
			t.Errorf("picture %d came after %d", next.Number, first.Number)
		}
	})
}

// TestMirrorPace: however fast the screen changes, the user's view follows four
// times a second, and many who look are one.
func TestMirrorPace(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		_, first := l.newest()
		for range 3 {
			go func() {
				for n := uint64(0); n < first.Number+8; {
					p, err := l.look(n)
					if err != nil {
						t.Error(err)
						return
					}
					n = max(n, p.Number)
				}
			}()
		}
		for i := range 60 {
			l.paint(uint8(4 * i))
			l.pass(time.Second / 30)
		}
		l.mirror.mu.Lock()
		made := l.mirror.number - first.Number
		l.mirror.mu.Unlock()
		if made < 7 || made > 9 {
			t.Errorf("%d pictures in two seconds", made)
		}
		l.pass(5 * time.Second)
		synctest.Wait()
	})
}

// TestMirrorChangesEyes: it sees with the agent's abilities, and others begin
// another stream with the whole picture.
func TestMirrorChangesEyes(t *testing.T) {
	inLooking(t, DemoPolicy(), func(l *looking) {
		l.live()
		if got := l.session.eyes(); got != (eyes{open: true, copies: true, jpeg: true}) {
			t.Errorf("the agent's eyes are %+v", got)
		}
		_, first := l.newest()
		l.session.mu.Lock()
		l.session.caps = nil
		l.session.mu.Unlock()
		l.pass(mirrorEvery)
		seen, p := l.newest()
		if want := l.picture(); !bytes.Equal(seen.Pix, want.Pix) || p.Number != first.Number+1 {
			t.Errorf("picture %d after %d is not the console's", p.Number, first.Number)
		}
	})
}
