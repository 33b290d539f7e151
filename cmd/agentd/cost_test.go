package main

import (
	"context"
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"telestrator/privacy/leaktest"
	"telestrator/protocol"
)

// BenchmarkRelease measures what privacy costs whoever looks: how long it takes
// from the moment at which something is drawn on a page until a console has
// decoded it, where the page has no secret, one that stands still, and one that
// moves; how long the page stands still after a scroll has ended; and how many
// pictures of a spinner beside a secret come.
func BenchmarkRelease(b *testing.B) {
	for _, app := range []string{"gtk3", "chromium"} {
		b.Run(app, func(b *testing.B) {
			for b.Loop() {
				measureRelease(b, app)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

const (
	measuredFor = 10 * time.Second
	scrolls     = 12
)

func measureRelease(b *testing.B, name string) {
	display, session := secretDesk(b)
	d := startDemo(b, "--display", display.Name(), "--config", configured(b, strict))
	app := leaktest.Start(b, display.Name(), session, name)
	a := connectAgent(b, d, d.Code, protocol.View)
	d.grant()
	app.Do("marks", 1)
	time.Sleep(3 * time.Second)
	shot := display.Picture(b)
	mark, strip := middle(shot, marked), middle(shot, striped)
	l := latencies{observer: observe(b, display), a: a}

	report(b, "none", l.of(mark, func() { time.Sleep(measuredFor) }))
	app.Do("appear", 40, 60)
	time.Sleep(3 * time.Second)
	report(b, "still", l.of(mark, func() { time.Sleep(measuredFor) }))
	report(b, "moving", l.of(mark, func() {
		for i := range 2 * scrolls {
			app.Do("scroll", 40*(i%2))
			time.Sleep(100 * time.Millisecond)
		}
	}))
	app.Do("marks", 0)
	time.Sleep(3 * time.Second)
	frozen := l.of(strip, func() {
		for i := range scrolls {
			app.Do("scroll", 200*((i+1)%2))
			time.Sleep(3 * time.Second)
		}
	})
	report(b, "frozen", ends(frozen, time.Second))
	b.ReportMetric(spinnerRate(app, a), "spinner-fps")
}

// spinnerRate is how many pictures a second come while something moves beside a
// secret that stands still.
func spinnerRate(app *leaktest.App, a *agent) float64 {
	app.Do("spin", 1)
	time.Sleep(time.Second)
	a.mu.Lock()
	before := a.frames
	a.mu.Unlock()
	time.Sleep(measuredFor)
	a.mu.Lock()
	defer a.mu.Unlock()
	return float64(a.frames-before) / measuredFor.Seconds()
}

// event is that a point came to have a colour.
type event struct {
	colour uint32
	at     time.Time
}

// sight is when a point of the screen came to have a colour, and when it had the
// same for the console; that is zero where the console never saw it.
type sight struct{ drawn, decoded time.Time }

// latencies looks at points, on the screen and at the console.
type latencies struct {
	*observer
	a *agent
}

// of looks at one point while something happens, and a little longer.
func (l latencies) of(p image.Point, happen func()) []sight {
	var drawn, decoded []event
	l.a.mu.Lock()
	l.a.seen = func(img *image.RGBA) {
		c := img.RGBAAt(p.X, p.Y)
		decoded = note(decoded, uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B))
	}
	l.a.mu.Unlock()
	ctx, stop := context.WithCancel(context.Background())
	var look sync.WaitGroup
	look.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(time.Millisecond) {
			drawn = note(drawn, l.pixel(p.X, p.Y))
		}
	})
	happen()
	time.Sleep(2 * time.Second)
	stop()
	look.Wait()
	l.a.mu.Lock()
	defer l.a.mu.Unlock()
	l.a.seen = nil
	return match(drawn[1:], decoded)
}

// note adds a colour that is new.
func note(events []event, colour uint32) []event {
	if n := len(events); n > 0 && events[n-1].colour == colour {
		return events
	}
	return append(events, event{colour, time.Now()})
}

// match finds when what was drawn was decoded, before anything of the same
// colour was drawn again. Whoever looks at the screen may be a little late.
func match(drawn, decoded []event) (all []sight) {
	const late = 20 * time.Millisecond
	for i, d := range drawn {
		s := sight{drawn: d.at}
		again := slices.IndexFunc(drawn[i+1:], func(e event) bool { return e.colour == d.colour })
		for _, e := range decoded {
			if e.colour == d.colour && e.at.After(d.at.Add(-late)) && (again < 0 || e.at.Before(drawn[i+1+again].at)) {
				s.decoded = e.at
				break
			}
		}
		all = append(all, s)
	}
	return all
}

// ends keeps the sights after which nothing was drawn for a while.
func ends(all []sight, while time.Duration) (kept []sight) {
	for i := range all {
		if i+1 == len(all) || all[i+1].drawn.Sub(all[i].drawn) > while {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// report prints the quantiles of what was seen, and how much was not.
func report(b *testing.B, what string, all []sight) {
	b.Helper()
	var took []time.Duration
	for _, s := range all {
		if !s.decoded.IsZero() {
			took = append(took, s.decoded.Sub(s.drawn))
		}
	}
	if len(took) == 0 {
		b.Errorf("%s: of %d changes none came", what, len(all))
		return
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), what+"-ms-p50")
	b.ReportMetric(ms(took[len(took)*95/100]), what+"-ms-p95")
	b.Logf("%s: %d changes, %d of them seen, in %v to %v", what, len(all), len(took), took[0], took[len(took)-1])
}

// middle is the middle of the pixels of a kind.
func middle(img *image.RGBA, is func(r, g, b uint8) bool) image.Point {
	var area image.Rectangle
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if c := img.RGBAAt(x, y); is(c.R, c.G, c.B) {
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return area.Min.Add(area.Size().Div(2))
}

// marked and striped tell the colours of the page's square and of its strip.
func marked(r, g, b uint8) bool { return r%16 == 0 && g == 100 && b == 50 }

func striped(r, g, b uint8) bool {
	sum := int(g) + int(b)
	return r == 0 && sum >= 253 && sum <= 257
}
