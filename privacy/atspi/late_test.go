//go:build linux

package atspi

import (
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// BenchmarkLate has a script put a password field into a page that is loaded,
// and reports how long after its pixels a scan knows it; negative when before.
func BenchmarkLate(b *testing.B) {
	for _, kit := range []struct {
		Toolkit
		name  string
		start func(*desk, testing.TB, string)
	}{{Chromium, "chromium", (*desk).chromium}, {Firefox, "firefox", (*desk).firefox}} {
		b.Run(kit.name, func(b *testing.B) {
			d := newDesk(b)
			s := newSite(b, map[string]string{"/late": follow + "<div style='position:fixed;inset:0'><p>text</p><div id=box></div></div>"})
			kit.start(d, b, s.URL+"/late")
			d.until(b, kit.Toolkit, "the page", func(s *Scan) bool { return len(s.Frames) > 0 && s.Frames[0].Ready })
			time.Sleep(3 * time.Second)
			b.ResetTimer()
			c := d.display.Conn(b)
			var late lateness
			for b.Loop() {
				d.late(b, c, kit.Toolkit, s, &late)
			}
			report(b, late.event, "event")
			report(b, late.missed, "missed")
			report(b, late.known, "known")
		})
	}
}

// lateness is how long after a field's pixels its program said that something
// has changed, the last scan began that did not know it, and the first ended
// that did.
type lateness struct{ event, missed, known []time.Duration }

// BenchmarkNavigation goes from a page without secrets to one with a password
// field, and reports how long after that field's pixels the last scan began that
// vouched for a window without it; negative when before.
func BenchmarkNavigation(b *testing.B) {
	d := newDesk(b)
	s := newSite(b, map[string]string{"/a": follow + "<p>text<input>", "/b": follow + "<p>text" + covering})
	d.chromium(b, s.URL+"/a")
	d.until(b, Chromium, "the page", func(s *Scan) bool { return len(s.Frames) > 0 && s.Frames[0].Ready })
	c := d.display.Conn(b)
	var vouched []time.Duration
	for b.Loop() {
		time.Sleep(300 * time.Millisecond)
		painted := make(chan time.Time, 1)
		go func() { painted <- untilPainted(b, c) }()
		s.run(b, `setTimeout(() => location.href = "/b", 400)`)
		var last time.Time
		d.until(b, Chromium, "the page with a field", func(s *Scan) bool {
			if s.Frames[0].Ready && len(s.Secrets) == 0 {
				last = s.Began
			}
			return s.Frames[0].Ready && len(s.Secrets) == 1 && located(s.Secrets[0])
		})
		vouched = append(vouched, last.Sub(<-painted))
		s.run(b, `setTimeout(() => location.href = "/a", 400)`)
		d.until(b, Chromium, "the page without one", func(s *Scan) bool { return s.Frames[0].Ready && len(s.Secrets) == 0 })
	}
	report(b, vouched, "vouched")
}

// covering is a password field as large as its page, in magenta.
const covering = "<input type=password style='position:fixed;left:0;top:0;width:100%;height:100%;border:0;background:#f0f'>"

func report(b *testing.B, all []time.Duration, what string) {
	slices.Sort(all)
	for name, at := range map[string]int{"p50": 50, "p90": 90, "max": 100} {
		b.ReportMetric(all[min(len(all)-1, len(all)*at/100)].Seconds()*1000, what+"-"+name+"-ms")
	}
}

// late has a field come, and go again.
func (d *desk) late(b *testing.B, c *xgb.Conn, kit Toolkit, s *site, late *lateness) {
	painted := make(chan time.Time, 1)
	go func() { painted <- untilPainted(b, c) }()
	drain(d.bus.Changed())
	told := make(chan time.Time, 1)
	go func() { <-d.bus.Changed(); told <- time.Now() }()
	s.run(b, `setTimeout(() => document.getElementById("box").innerHTML = "`+covering+`", 30)`)
	var missed time.Time
	known := d.until(b, kit, "the field", func(s *Scan) bool {
		knows := len(s.Secrets) == 1 && located(s.Secrets[0])
		if !knows {
			missed = s.Began
		}
		return knows
	}).Ended
	pixels := <-painted
	late.event = append(late.event, (<-told).Sub(pixels))
	late.missed = append(late.missed, missed.Sub(pixels))
	late.known = append(late.known, known.Sub(pixels))
	s.run(b, `document.getElementById("box").innerHTML = ""`)
	d.until(b, kit, "no field", func(s *Scan) bool { return len(s.Secrets) == 0 })
	time.Sleep(500 * time.Millisecond)
}

// untilPainted looks at one pixel until it is magenta.
func untilPainted(b *testing.B, c *xgb.Conn) time.Time {
	root := xproto.Setup(c).DefaultScreen(c).Root
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		image, err := xproto.GetImage(c, xproto.ImageFormatZPixmap, xproto.Drawable(root), 500, 500, 1, 1, ^uint32(0)).Reply()
		if err == nil && image.Data[0] > 200 && image.Data[1] < 50 && image.Data[2] > 200 {
			break
		}
	}
	return time.Now()
}
