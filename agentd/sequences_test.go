package agentd

import (
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// BenchmarkSequence records what real applications do to a real screen, and
// replays it through privacy, comparison, encoding and the wire: what a frame
// costs in ms, bytes and allocations, from the grab to the transport.
func BenchmarkSequence(b *testing.B) {
	for _, s := range sequences {
		b.Run(s.name, func(b *testing.B) {
			frames := record(b, s)
			for b.Loop() {
				replay(b, frames)
			}
		})
	}
}

const (
	recordedFor    = 3 * time.Second
	recordedFrames = 60
	recordedScreen = "1280x800x24"
)

// sequence is something that happens on a screen. begin starts it and returns
// what to do over and over while it is recorded, if that needs doing.
type sequence struct {
	name  string
	begin func(tb testing.TB, d *capturetest.Display) (again func(i int))
}

var sequences = []sequence{
	{"typing", func(tb testing.TB, d *capturetest.Display) func(int) {
		terminal(tb, d, "exec cat")
		return func(int) { d.Run(tb, "xdotool", "type", "--delay", "40", "the quick brown fox ") }
	}},
	{"terminal-scroll", func(tb testing.TB, d *capturetest.Display) func(int) {
		terminal(tb, d, "while :; do ls -l /usr/bin; done")
		return pauses
	}},
	{"page-scroll", func(tb testing.TB, d *capturetest.Display) func(int) {
		page(tb, d, "<p>"+strings.Repeat("Text that is scrolled, with <b>some</b> marks. ", 3000)+
			"<script>setInterval(() => scrollBy(0, 30), 33)</script>")
		return pauses
	}},
	{"drag", func(tb testing.TB, d *capturetest.Display) func(int) {
		d.Start(tb, "openbox")
		terminal(tb, d, "ls -l /usr/bin | head -20; exec sleep 1000")
		return func(i int) {
			d.Run(tb, "xdotool", "search", "--onlyvisible", "--class", "xterm", "windowmove", strconv.Itoa(20+i*9%500), strconv.Itoa(20+i*5%300))
		}
	}},
	{"video", func(tb testing.TB, d *capturetest.Display) func(int) {
		page(tb, d, `<canvas id=c width=854 height=480></canvas><script>const x = c.getContext("2d"); let t = 0;
			setInterval(() => { t += 0.05; for (let i = 0; i < 30; i++) { const g = x.createLinearGradient(0, 0, 854, 480);
			g.addColorStop(0, "hsl(" + (t * 40 + i * 12) + ",70%,50%)"); g.addColorStop(1, "hsl(" + (200 - t * 60) + ",60%,40%)");
			x.fillStyle = g; x.beginPath(); x.arc(427 + 300 * Math.sin(t + i), 240 + 200 * Math.cos(t * 1.3 + i * 2), 250 - i * 7, 0, 7); x.fill(); } }, 33)</script>`)
		return pauses
	}},
	{"full-change", func(tb testing.TB, d *capturetest.Display) func(int) {
		page(tb, d, `<div id=a style="position:fixed;inset:0;background:white">`+strings.Repeat("One page of text. ", 800)+
			`</div><div id=b style="position:fixed;inset:0;background:linear-gradient(45deg,teal,gold)">`+strings.Repeat("Another. ", 900)+
			`</div><script>setInterval(() => b.hidden = !b.hidden, 150); b.style.display = ""; </script><style>[hidden]{display:none}</style>`)
		return pauses
	}},
}

func pauses(int) { time.Sleep(50 * time.Millisecond) }

func terminal(tb testing.TB, d *capturetest.Display, script string) {
	tb.Helper()
	d.Start(tb, "xterm", "-geometry", "120x45+20+20", "-e", "sh", "-c", script)
	visible(tb, d, "xterm")
}

// page shows a page in Chromium, in the whole screen.
func page(tb testing.TB, d *capturetest.Display, body string) {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte("<!doctype html><title>page</title>"+body), 0o600); err != nil {
		tb.Fatal(err)
	}
	d.Start(tb, "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+tb.TempDir(), "--window-size=1280,800", "--window-position=0,0", "--app=file://"+file)
	visible(tb, d, "chromium")
	time.Sleep(2 * time.Second) // the browser comes to rest, and the page begins
}

func visible(tb testing.TB, d *capturetest.Display, class string) {
	tb.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		cmd := exec.Command("xdotool", "search", "--onlyvisible", "--class", class)
		cmd.Env = append(os.Environ(), "DISPLAY="+d.Name())
		if out, _ := cmd.Output(); len(out) > 0 {
			return
		}
	}
	tb.Fatalf("%s does not come up", class)
}

// recorded is a frame: the pixels of its damage, packed.
type recorded struct {
	size   image.Point
	damage []image.Rectangle
	pix    []byte
}

// record lets a sequence happen and keeps what a source grabbed of it.
func record(b *testing.B, s sequence) (frames []recorded) {
	capturetest.Require(b, "Xvfb", "xterm", "chromium", "openbox", "xdotool")
	d := capturetest.StartXvfb(b, recordedScreen)
	again := s.begin(b, d)
	source, err := capture.Open(d.Name())
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.Context(), recordedFor)
	watched := make(chan struct{})
	go func() { _ = source.Run(ctx); close(watched) }()
	acted := make(chan struct{})
	go func() {
		defer close(acted)
		for i := 0; ctx.Err() == nil; i++ {
			again(i)
		}
	}()
	var f capture.Frame
	for ctx.Err() == nil && len(frames) < recordedFrames {
		if source.Grab(&f) == nil && len(f.Damage) > 0 {
			frames = append(frames, keep(&f))
		}
		time.Sleep(pictureEvery)
	}
	cancel()
	<-watched
	<-acted
	_ = source.Close()
	if len(frames) < 3 {
		b.Fatalf("%d frames of %s", len(frames), s.name)
	}
	return frames
}

func keep(f *capture.Frame) recorded {
	r := recorded{size: f.Size, damage: slices.Clone(f.Damage)}
	for _, d := range f.Damage {
		for y := d.Min.Y; y < d.Max.Y; y++ {
			r.pix = append(r.pix, f.Pix[y*f.Stride+4*d.Min.X:][:4*d.Dx()]...)
		}
	}
	return r
}

// apply paints a recorded frame on a mirror.
func (r *recorded) apply(pix []byte, stride int) {
	from := r.pix
	for _, d := range r.damage {
		for y := d.Min.Y; y < d.Max.Y; y++ {
			from = from[copy(pix[y*stride+4*d.Min.X:][:4*d.Dx()], from):]
		}
	}
}

// replay sends a recording through all rooms and reports what a frame costs
// after the first, which is the whole screen.
func replay(b *testing.B, frames []recorded) {
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		b.Fatal(err)
	}
	size := frames[0].size
	mirror := make([]byte, 4*size.X*size.Y)
	canvas := encode.NewCanvas()
	stream := canvas.NewStream()
	stream.Use(true, true)
	defer stream.Close()
	var spent time.Duration
	var bytes int
	var before, after runtime.MemStats
	var updates []protocol.Update
	var wire []byte
	for i := range frames {
		frames[i].apply(mirror, 4*size.X)
		if i == 1 {
			runtime.ReadMemStats(&before)
		}
		began := time.Now()
		picture, damage, err := guard.Release(mirror, 4*size.X, size, frames[i].damage, i == 0)
		if err != nil {
			b.Fatal(err)
		}
		canvas.Compare(picture, damage, encode.Geometry{Generation: 1, Monitors: nil})
		wire = wire[:0]
		for more := true; more; more = len(updates) > 0 {
			if updates, err = stream.Next(updates[:0]); err != nil {
				b.Fatal(err)
			}
			for j := range updates {
				if wire, err = protocol.Append(wire, &updates[j]); err != nil {
					b.Fatal(err)
				}
			}
		}
		if i > 0 {
			spent += time.Since(began)
			bytes += len(wire)
		}
	}
	runtime.ReadMemStats(&after)
	n := float64(len(frames) - 1)
	b.ReportMetric(spent.Seconds()*1000/n, "ms/frame")
	b.ReportMetric(float64(bytes)/n, "bytes/frame")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/n, "allocs/frame")
	b.ReportMetric(n, "frames")
	b.ReportMetric(0, "ns/op")
}
