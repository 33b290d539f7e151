package input_test

import (
	"slices"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/input"
	"telestrator/input/inputtest"
)

// BenchmarkHand is the time from the moment at which the user's mouse begins to
// tell the X server of a movement to the callback: the way through the server
// included. Run it with -benchtime=1000x.
func BenchmarkHand(b *testing.B) {
	d := capturetest.StartXvfb(b, "640x480x24")
	user, err := inputtest.OpenDevice(d.Name())
	if err != nil {
		b.Fatal(err)
	}
	defer user.Close()
	hand, err := input.OpenHand(d.Name(), input.DefaultChord())
	if err != nil {
		b.Fatal(err)
	}
	told, ended := make(chan time.Time, 1), make(chan error, 1)
	go func() {
		ended <- hand.Run(b.Context(), input.HandEvents{Moved: func() { told <- time.Now() }})
	}()
	var took []time.Duration
	for x := 0; b.Loop(); x++ {
		began := time.Now()
		if err := user.Motion(x%600, 100); err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-told).Sub(began))
	}
	hand.Close()
	<-ended
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
