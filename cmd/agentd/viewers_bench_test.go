//go:build linux

package main

import (
	"context"
	"image"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// BenchmarkViewers is what four viewers cost the device beside what one does:
// processor time of daemon and guardian for each picture of the screen, over real
// connections, while somebody types, scrolls, drags a window and sees a film.
func BenchmarkViewers(b *testing.B) {
	const long = 3 * time.Second
	display := capturetest.StartXvfb(b, "1280x800x24")
	s := newScene(b, display, image.Pt(1280, 800))
	d := startDemo(b, "--display", display.Name())
	var agents []*agent
	for _, act := range []struct {
		name string
		rate time.Duration
		draw func()
	}{{"typing", 30, s.typeOne}, {"scroll", 60, s.scroll}, {"drag", 60, s.drag}, {"film", 30, s.showFilm}} {
		b.Run(act.name, func(b *testing.B) {
			var one, four float64 // ms a picture
			for b.Loop() {
				agents = present(b, d, agents, 1)
				one += s.costs(b, d, agents, act.rate, act.draw, long)
				agents = present(b, d, agents, 4)
				four += s.costs(b, d, agents, act.rate, act.draw, long)
			}
			b.ReportMetric(one/float64(b.N), "one-ms")
			b.ReportMetric(four/float64(b.N), "four-ms")
			b.ReportMetric(four/one, "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
	present(b, d, agents, 0)
}

// present has agents come or go until there are n.
func present(b *testing.B, d *daemon, agents []*agent, n int) []*agent {
	b.Helper()
	for len(agents) > n {
		agents[len(agents)-1].leave()
		agents = agents[:len(agents)-1]
		d.until("one fewer", func(s panel.State) bool { return len(s.Sessions) == len(agents) })
	}
	for len(agents) < n {
		a := joinAgent(b, d, d.ring(), nil)
		a.t = b
		a.decoder.Postpone(func(image.Rectangle) bool { return false })
		a.ask(protocol.View, 1, 2, 3, 4)
		d.allow(protocol.View)
		a.until("shown", func() bool { return a.frames > 0 })
		agents = append(agents, a)
	}
	time.Sleep(2 * time.Second) // what is refined for them is no part of it
	return agents
}

// costs is the processor time, in ms, of each picture that the agents get while
// something is drawn.
func (s *scene) costs(b *testing.B, d *daemon, agents []*agent, rate time.Duration, draw func(), long time.Duration) float64 {
	b.Helper()
	before, seen := d.processorTime(b), frames(agents)
	ctx, end := context.WithTimeout(b.Context(), long)
	defer end()
	s.act(ctx, rate, draw)
	pictures := float64(frames(agents)-seen) / float64(len(agents))
	spent := d.processorTime(b) - before
	b.Logf("%d viewers: %.1f pictures a second each, %.0f %% of a core", len(agents), pictures/long.Seconds(), 100*spent.Seconds()/long.Seconds())
	return spent.Seconds() * 1000 / pictures
}
