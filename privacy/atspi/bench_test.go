//go:build linux

package atspi

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkScan scans windows of about 1,000 nodes with five password fields
// and five others, and reports how long a scan took.
func BenchmarkScan(b *testing.B) {
	b.Run("gtk3", func(b *testing.B) {
		d := newDesk(b)
		d.python(b, gtk3Form).say("many")
		d.benchmark(b, GTK3, 6)
	})
	b.Run("chromium", func(b *testing.B) {
		d := newDesk(b)
		d.chromium(b, newSite(b, map[string]string{"/many": many()}).URL+"/many")
		d.benchmark(b, Chromium, 5)
	})
	b.Run("firefox", func(b *testing.B) {
		d := newDesk(b)
		d.firefox(b, newSite(b, map[string]string{"/many": many()}).URL+"/many")
		d.benchmark(b, Firefox, 5)
	})
}

func many() string {
	return strings.Repeat("<p>a<b>b</b>", 230) + strings.Repeat("<input type=password><input>", 5) + strings.Repeat("<p>a", 20)
}

func (d *desk) benchmark(b *testing.B, kit Toolkit, secrets int) {
	s := d.until(b, kit, "the fields", func(s *Scan) bool { return len(s.Secrets) == secrets && s.Frames[0].Ready })
	name, _, _ := strings.Cut(s.Secrets[0].ID, "/")
	var took []time.Duration
	for b.Loop() {
		s, err := d.bus.Scan(b.Context(), name)
		if err != nil || len(s.Secrets) != secrets {
			b.Fatal(s, err)
		}
		took = append(took, s.Ended.Sub(s.Began))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric(took[len(took)*95/100].Seconds()*1000, "p95-ms")
	b.ReportMetric(0, "ns/op")
}
