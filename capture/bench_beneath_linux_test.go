package capture_test

import (
	"fmt"
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// work is what a program does.
type work struct {
	name string
	draw func(s *stand, round uint32)
}

func works() []work {
	box := func(r image.Rectangle) func(s *stand, round uint32) {
		return func(s *stand, round uint32) { s.p.fill(s.id, r, round*0x010203) }
	}
	return []work{
		{"idle", func(*stand, uint32) {}},
		{"64x64", box(image.Rect(320, 320, 384, 384))},
		{"xterm", func(s *stand, round uint32) { s.p.scroll(s.id, image.Rect(100, 100, 800, 700), 13, round) }},
		{"page", func(s *stand, round uint32) { s.p.scroll(s.id, image.Rect(20, 60, 1900, 1060), 57, round) }},
		{"video", box(image.Rect(320, 200, 1600, 920))},
		{"full", box(image.Rect(0, 0, 1920, 1080))},
		{"drag", func(s *stand, round uint32) { s.p.move(s.small, image.Pt(200+int(round)%900, 150+int(round)%500)) }},
	}
}

// scroll moves what is in r up and draws a new line below.
func (p *painter) scroll(id xproto.Window, r image.Rectangle, by int, round uint32) {
	p.fill(id, image.Rect(r.Min.X, r.Max.Y-by, r.Max.X, r.Max.Y), round*0x030201)
	xproto.CopyArea(p.c, xproto.Drawable(id), xproto.Drawable(id), p.gcs[24], int16(r.Min.X), int16(r.Min.Y+by),
		int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()-by))
}

// strokes are the rectangles of n lines of ink, w wide, across the screen.
func strokes(n, w int) (all []image.Rectangle) {
	for i := range n {
		at := image.Pt(200+i*3%1500, 100+i*7%800)
		all = append(all, image.Rectangle{at, at.Add(image.Pt(w, 4))})
	}
	return all
}

// stand is a screen with a program on it, watched.
type stand struct {
	v     *viewer
	p     *painter
	id    xproto.Window // as large as the screen
	small xproto.Window // on top of it
	times []time.Duration
}

// newStand makes a screen that is bare, has the overlay's border and bar, or
// ink too.
func newStand(b *testing.B, way, over string) *stand {
	d := capturetest.StartXvfb(b, "1920x1080x24")
	source, err := capture.OpenBy(d.Name(), capture.Ways[way])
	s := &stand{v: watch(b, source, err), p: newPainter(b, d)}
	s.id = s.p.show(pane{area: image.Rect(0, 0, 1920, 1080), colour: 0x203040})
	s.small = s.p.show(pane{area: image.Rect(200, 150, 600, 450), colour: 0x405030})
	s.p.fill(s.id, image.Rect(0, 0, 1, 1), 0)
	if over != "bare" {
		o := newOverlay(b, d, image.Pt(1920, 1080))
		s.v.beneath(o.windows()...)
		o.show()
		if over == "ink" {
			o.draw(strokes(500, 8)...)
		}
	}
	s.p.sync()
	s.v.grab()
	return s
}

// grab lets the program draw and times the picture of it.
func (s *stand) grab(b *testing.B, job work, round uint32) {
	job.draw(s, round)
	s.p.sync()
	began := time.Now()
	if err := s.v.source.Grab(&s.v.frame); err != nil {
		b.Fatal(err)
	}
	s.times = append(s.times, time.Since(began))
}

// median is the time in the middle.
func (s *stand) median() time.Duration {
	slices.Sort(s.times)
	return s.times[len(s.times)/2]
}

// BenchmarkBeneath takes pictures of three 1920x1080 screens in turn: bare,
// with the overlay's border and bar, and with ink too. It tells the medians and
// what looking beneath the overlay costs in comparison.
func BenchmarkBeneath(b *testing.B) {
	for _, way := range []string{"pixmap", "segment", "images"} {
		for _, job := range works() {
			b.Run(fmt.Sprintf("%s/%s", way, job.name), func(b *testing.B) {
				bare, bar, ink := newStand(b, way, "bare"), newStand(b, way, "bar"), newStand(b, way, "ink")
				round := uint32(0)
				for b.Loop() {
					round++
					for _, s := range []*stand{bare, bar, ink} {
						s.grab(b, job, round)
					}
				}
				base := bare.median()
				b.ReportMetric(float64(base.Nanoseconds())/1000, "bare-µs")
				b.ReportMetric(float64(bar.median())/float64(base), "bar/bare")
				b.ReportMetric(float64(ink.median())/float64(base), "ink/bare")
			})
		}
	}
}

// BenchmarkOnly takes pictures of two 1920x1080 screens in turn: bare, and of the
// program's windows alone. It tells the medians' relation.
func BenchmarkOnly(b *testing.B) {
	for _, way := range []string{"pixmap", "segment", "images"} {
		for _, job := range works() {
			b.Run(fmt.Sprintf("%s/%s", way, job.name), func(b *testing.B) {
				bare, only := newStand(b, way, "bare"), newStand(b, way, "bare")
				only.v.only(only.id, only.small)
				only.v.grab()
				round := uint32(0)
				for b.Loop() {
					round++
					for _, s := range []*stand{bare, only} {
						s.grab(b, job, round)
					}
				}
				base := bare.median()
				b.ReportMetric(float64(base.Nanoseconds())/1000, "bare-µs")
				b.ReportMetric(float64(only.median())/float64(base), "only/bare")
			})
		}
	}
}
