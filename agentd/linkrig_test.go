package agentd

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"telestrator/agentd/guardian/guardiantest"
	"telestrator/capture/capturetest"
	"telestrator/ink"
	"telestrator/peer"
	"telestrator/peer/relay"
	"telestrator/privacy"
	"telestrator/protocol"
)

// linked is a session over a real connection, a bad network and a real clock,
// with a scripted screen at one end and a console that decodes at the other.
type linked struct {
	t *testing.T
	*console
	painted atomic.Pointer[capturetest.Screen]
	session *Session
	relay   *relay.Relay
	opened  bool // the screen, once
	link    relay.Link
	end     func()

	pings  []time.Duration // the way to the console, and the shortest way back
	moment int             // shown so far
	typed  []typed         // on their way
	sights []time.Duration // of those that are seen
	began  time.Time
}

// typed is a character on the screen that the console does not show yet.
type typed struct {
	at    image.Rectangle
	glyph int
	when  time.Time
}

const linkPatience = time.Minute

// overLink connects a console to a session that decides within bounds.
func overLink(t *testing.T, link relay.Link, b bounds) *linked {
	t.Helper()
	l := &linked{t: t, link: link, began: time.Now()}
	l.paint(desktop())
	screen, err := newScreen(l.open, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	device, far := l.connect()
	l.console = newConsole(t, far)
	l.heard, l.seen = l.hear, l.see
	l.session = newSession(device, screen.view(), DemoPolicy().withDefaults(), "test", slog.New(slog.DiscardHandler))
	l.session.link.bounds = b
	l.session.changed = func() { wake(screen.demand) }
	l.session.asks = func(bool) {}
	screen.sign = func() *ink.Sign { return sign([]*Session{l.session}, false) }
	ctx, cancel := context.WithCancel(t.Context())
	var parts sync.WaitGroup
	parts.Go(func() { _ = screen.Run(ctx) })
	parts.Go(func() { l.why = l.session.Run(ctx) })
	parts.Go(l.read)
	l.end = sync.OnceFunc(func() {
		cancel()
		_ = far.Close()
		parts.Wait()
		l.relay.Close()
	})
	t.Cleanup(l.end)
	return l
}

// open gives the scripted screen, and another one like it after that ended: on a
// machine that is very busy the guardian may take the daemon for dead.
func (l *linked) open() (Parts, error) {
	if l.opened {
		l.paint(l.painted.Load().Picture())
	}
	l.opened = true
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		return Parts{}, err
	}
	g, _ := guardiantest.Start(l.t)
	return Parts{l.painted.Load(), guard, g}, nil
}

// paint makes a screen that shows a picture.
func (l *linked) paint(img *image.RGBA) {
	screen := capturetest.NewScreen(img.Rect.Dx(), img.Rect.Dy())
	screen.Draw(img.Rect, img, image.Point{})
	l.painted.Store(screen)
}

// connect makes a connection whose only way is over the relay.
func (l *linked) connect() (device, console peer.Conn) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), linkPatience)
	defer cancel()
	cfg := peer.Config{Loopback: true}
	offering, err := peer.Offer(ctx, cfg)
	must(l.t, err)
	device, answer, err := peer.Answer(ctx, cfg, relay.Bare(offering.SDP()))
	must(l.t, err)
	l.relay, err = relay.Open(l.link)
	must(l.t, err)
	answer, err = l.relay.Between(answer)
	must(l.t, err)
	console, err = offering.Accept(ctx, answer)
	must(l.t, err)
	return device, console
}

// watch is allowed to see, and waits for the whole picture. It returns how long
// the first of it and all of it took.
func (l *linked) watch() (first, whole time.Duration) {
	l.t.Helper()
	l.send(peer.Ctl, &protocol.Hello{Version: 1, Capabilities: []uint32{1, 2, 3, 4, 5}, Name: "Ada"})
	l.until("greeted", func() bool { return len(l.got) > 0 })
	l.send(peer.Ctl, &protocol.Ready{})
	time.Sleep(time.Second) // nobody is allowed sooner by a person
	l.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "test"})
	for l.session.answer(protocol.View) != nil {
		time.Sleep(time.Millisecond)
	}
	began := time.Now()
	l.until("first seen", func() bool { return l.moment > 0 })
	first = time.Since(began)
	want := l.painted.Load().Picture()
	l.until("the whole picture", func() bool { return slices.Equal(l.decoder.Picture().Pix, want.Pix) })
	return first, time.Since(began)
}

// until waits for something that the console knows.
func (l *linked) until(what string, is func() bool) {
	l.t.Helper()
	for end := time.Now().Add(linkPatience); ; time.Sleep(5 * time.Millisecond) {
		l.mu.Lock()
		done := is()
		l.mu.Unlock()
		if done {
			return
		}
		if time.Now().After(end) {
			l.t.Fatalf("%s: not %s within %v: %v", l.link.Name, what, linkPatience, l.conn.Err())
		}
	}
}

// firstProbe is the number of the first ping of a test.
const firstProbe = 1 << 20

// probe sends a ping from the device, now and then, until ctx ends.
func (l *linked) probe(ctx context.Context, every time.Duration) {
	for n := uint32(firstProbe); ctx.Err() == nil; n++ {
		wire, err := protocol.Append(nil, &protocol.Ping{Number: n, Time: uint64(time.Since(l.began).Microseconds())})
		if err == nil {
			_ = l.session.conn.Send(peer.Ping, wire)
		}
		time.Sleep(every)
	}
}

// hear takes the time of a ping. The console's lock is held.
func (l *linked) hear(m protocol.Message) {
	if p, ok := m.(*protocol.Ping); ok && p.Number >= firstProbe && !p.Reply {
		way := time.Since(l.began) - time.Duration(p.Time)*time.Microsecond
		l.pings = append(l.pings, way+l.link.Trip/2)
	}
}

// see looks for what was typed. The console's lock is held.
func (l *linked) see() {
	l.moment++
	if len(l.typed) == 0 {
		return
	}
	shown := l.decoder.Picture()
	l.typed = slices.DeleteFunc(l.typed, func(c typed) bool {
		if !legible(shown, c) {
			return false
		}
		l.sights = append(l.sights, time.Since(c.when))
		return true
	})
}

// legible says whether a character is dark where it is dark, and light where it
// is light.
func legible(shown *image.RGBA, c typed) bool {
	for y := range c.at.Dy() {
		for x := range c.at.Dx() {
			level := shown.RGBAAt(c.at.Min.X+x, c.at.Min.Y+y).G
			if dark := glyphs[c.glyph].RGBAAt(x, y).G < 128; dark != (level < 128) {
				return false
			}
		}
	}
	return true
}

// write types a character.
func (l *linked) write(i int) {
	at := image.Rect(0, 0, 8, 16).Add(image.Pt(40+8*(i%60), 700+20*(i/60%4)))
	c := typed{at: at, glyph: i % len(glyphs), when: time.Now()}
	l.mu.Lock()
	l.typed = append(l.typed, c)
	l.mu.Unlock()
	l.painted.Load().Draw(at, glyphs[c.glyph], image.Point{})
}

// glyphs are letters, so to speak.
var glyphs = func() (all []*image.RGBA) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		g := image.NewRGBA(image.Rect(0, 0, 8, 16))
		draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
		for range 30 {
			g.Set(1+random.IntN(6), 3+random.IntN(10), color.Black)
		}
		all = append(all, g)
	}
	return all
}()

// desktop is a screen with text on most of it, and a place to type.
func desktop() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 1280, 800))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	random := rand.New(rand.NewPCG(5, 6))
	for y := 20; y < 660; y += 20 {
		for x := 40; x < 40+8*(20+random.IntN(120)); x += 8 {
			draw.Draw(img, image.Rect(x, y, x+8, y+16), glyphs[random.IntN(len(glyphs))], image.Point{}, draw.Src)
		}
	}
	return img
}

// film is a few pictures of one.
var film = func() (all []*image.RGBA) {
	random := rand.New(rand.NewPCG(7, 8))
	for n := range 4 {
		img := image.NewRGBA(image.Rect(0, 0, 960, 640))
		for i := range 960 * 640 {
			x, y, grain := i%960, i/960, byte(random.IntN(12))
			img.SetRGBA(x, y, color.RGBA{byte(60+x/9+7*n) + grain, byte(60+y/6+5*n) + grain, byte(90+(x+y)/15) + grain, 255})
		}
		all = append(all, img)
	}
	return all
}()

// play shows the film until ctx ends: on most of the screen where the link is
// fast, and in a small window where it is not.
func (l *linked) play(ctx context.Context, every time.Duration) {
	place := image.Rect(300, 30, 1260, 670)
	if l.link.Rate < 10e6 {
		place = image.Rect(900, 80, 1220, 320)
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for n := 0; ctx.Err() == nil; n++ {
		l.painted.Load().Draw(place, film[n%len(film)], image.Point{})
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
