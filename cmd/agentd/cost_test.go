//go:build linux

package main

import (
	"image"
	"slices"
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
