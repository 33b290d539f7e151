package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/peer"
	"telestrator/protocol"
)

// BenchmarkStroke draws, and looks how long it takes from the console's message
// to the pixels on the user's real screen.
func BenchmarkStroke(b *testing.B) {
	display := capturetest.StartXvfb(b, "1280x800x24")
	d := startDemo(b, "--display", display.Name())
	o := observe(b, display)
	a := helping(b, d, d.Code, protocol.View|protocol.Ink)
	took := []time.Duration{}
	for b.Loop() {
		n := len(took)
		x, y := 40+(n*37)%1200, 100+(n*53)%600
		began := time.Now()
		stroke := a.begin(0xff00ff, 9)
		a.send(peer.Ink, &protocol.StrokePoints{Stroke: stroke, Points: []uint16{uint16(x), uint16(y), uint16(x + 10), uint16(y)}})
		wait(b, "drawn", func() bool { return o.pixel(x, y) == 0xff00ff })
		took = append(took, time.Since(began))
		a.send(peer.Ink, &protocol.Undo{Stroke: stroke})
		wait(b, "gone", func() bool { return o.pixel(x, y) != 0xff00ff })
		time.Sleep(5 * time.Millisecond) // below the rate of points
	}
	quantilesOf(b, took)
}

// BenchmarkPointer moves the pointer over an application, and looks how long it
// takes from the console's message to the application's event.
func BenchmarkPointer(b *testing.B) {
	display := capturetest.StartXvfb(b, "1280x800x24")
	events := application(b, display, xproto.EventMaskPointerMotion)
	d := startDemo(b, "--display", display.Name())
	a := helping(b, d, d.Code, protocol.View|protocol.PointerScope)
	took := []time.Duration{}
	for b.Loop() {
		n := len(took)
		began := time.Now()
		a.point(100+n%900, 300+n%300)
		<-events
		took = append(took, time.Since(began))
		time.Sleep(3 * time.Millisecond) // below the rate of positions
	}
	quantilesOf(b, took)
}

// BenchmarkTyping types a thousand characters into an application.
func BenchmarkTyping(b *testing.B) {
	display := capturetest.StartXvfb(b, "1280x800x24")
	events := application(b, display, xproto.EventMaskKeyPress)
	d := startDemo(b, "--display", display.Name())
	a := helping(b, d, d.Code, protocol.View|protocol.Keyboard)
	a.point(600, 400)
	const piece = "the quick brown fox jumps over it. "
	text := strings.Repeat(piece, 7)[:200]
	for b.Loop() {
		time.Sleep(1100 * time.Millisecond) // the rate of text allows a thousand at once, and again a second later
		began := time.Now()
		for range 5 {
			a.text(text)
		}
		for range 1000 {
			<-events
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/1000chars")
	}
	b.ReportMetric(0, "ns/op")
}

// application is a window over the whole screen, with the focus; what it hears
// comes on the channel.
func application(b *testing.B, display *capturetest.Display, mask uint32) <-chan struct{} {
	b.Helper()
	x, err := xgb.NewConnDisplay(display.Name())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(x.Close)
	screen := xproto.Setup(x).DefaultScreen(x)
	w, err := xproto.NewWindowId(x)
	if err != nil {
		b.Fatal(err)
	}
	err = xproto.CreateWindowChecked(x, 0, w, screen.Root, 0, 0, screen.WidthInPixels, screen.HeightInPixels, 0,
		xproto.WindowClassInputOutput, 0, xproto.CwBackPixel|xproto.CwOverrideRedirect|xproto.CwEventMask,
		[]uint32{screen.WhitePixel, 1, mask}).Check()
	if err == nil {
		err = xproto.MapWindowChecked(x, w).Check()
	}
	if err == nil {
		err = xproto.SetInputFocusChecked(x, xproto.InputFocusPointerRoot, w, 0).Check()
	}
	if err != nil {
		b.Fatal(err)
	}
	heard := make(chan struct{}, 4096)
	go func() { // it ends with the connection
		for {
			event, err := x.WaitForEvent()
			if event == nil && err == nil {
				return
			}
			switch event.(type) {
			case xproto.MotionNotifyEvent, xproto.KeyPressEvent:
				heard <- struct{}{}
			}
		}
	}()
	return heard
}

func quantilesOf(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "ms-p50")
	b.ReportMetric(ms(took[len(took)*99/100]), "ms-p99")
	b.ReportMetric(0, "ns/op")
}
