package console

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// probe looks at the canvas once a frame, as a benchmark of remote screens
// does, and notes when the page showed which update.
const probe = `(() => {
	const context = document.getElementById('screen').getContext('2d');
	globalThis.seen = [];
	let last = 0;
	const look = () => {
		requestAnimationFrame(look);
		context.getImageData(0, 0, 192, 8);
		context.getImageData(1728, 1072, 192, 8);
		const shown = telestrator.lastShown;
		if (shown !== last) seen.push([performance.timeOrigin + performance.now(), shown]);
		last = shown;
	};
	look();
})()`

// BenchmarkConsole plays each scene, 60 pictures a second at most, to the page
// in a browser over a real connection:
//
//	fps        pictures that were seen, a second
//	acked-ms   from sending a picture until its ack came back, median
//	seen-ms    until the page could read it off the canvas in an animation frame, median
//	seen95-ms  so, 95th percentile
//	cpu-ms     of all of the browser's processes, for each picture
func BenchmarkConsole(b *testing.B) {
	for _, scene := range scenes {
		b.Run(scene.name, func(b *testing.B) {
			takes := record(newScreen(b), scene.pictures, scene.draw)
			for b.Loop() {
				d := newDevice(b)
				browser := openBrowser(b, d.url+"/#7K3M-Q2XD")
				d.opened()
				d.play(takes[:1], 60)
				evaluate[any](b, browser, probe)
				play := func() { report(b, browser, func() []shot { return d.play(takes[1:], 60) }) }
				if *profiled {
					b.Log(scene.name + ", " + profile(b, browser, len(takes)-1, play))
				} else {
					play()
				}
			}
		})
	}
}

func openBrowser(tb testing.TB, url string) context.Context {
	tb.Helper()
	limited, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(find(tb, "chromium")), chromedp.UserDataDir(tb.TempDir()), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("lang", "en"), chromedp.WindowSize(1920, 1200),
		chromedp.Flag("allow-loopback-in-peer-connection", true))...)
	browser, endBrowser := chromedp.NewContext(allocator)
	tb.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	if err := chromedp.Do(browser, chromedp.Navigate(url)); err != nil {
		tb.Fatal(err)
	}
	return browser
}

func evaluate[T any](tb testing.TB, browser context.Context, expression string) (value T) {
	tb.Helper()
	text, err := chromedp.Run(browser, chromedp.Evaluate[string]("JSON.stringify("+expression+") ?? 'null'"))
	if err == nil {
		err = json.Unmarshal([]byte(text), &value)
	}
	if err != nil {
		tb.Fatalf("%.80s: %v", expression, err)
	}
	return value
}

// report plays and says how it went.
func report(b *testing.B, browser context.Context, play func() []shot) {
	b.Helper()
	before := cpu(b)
	shots := play()
	spent := cpu(b) - before
	time.Sleep(100 * time.Millisecond) // for the last frame
	seen := evaluate[[][2]float64](b, browser, "seen")
	var acked, visible []float64
	shown := map[float64]bool{}
	for _, s := range shots {
		acked = append(acked, s.acked.Sub(s.sent).Seconds()*1e3)
		i := slices.IndexFunc(seen, func(e [2]float64) bool { return e[1] >= float64(s.number) })
		if i < 0 {
			b.Fatalf("update %d was not seen", s.number)
		}
		visible = append(visible, seen[i][0]-float64(s.sent.UnixNano())/1e6)
		shown[seen[i][1]] = true
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(shown))/shots[len(shots)-1].acked.Sub(shots[0].sent).Seconds(), "fps")
	b.ReportMetric(quantile(acked, .5), "acked-ms")
	b.ReportMetric(quantile(visible, .5), "seen-ms")
	b.ReportMetric(quantile(visible, .95), "seen95-ms")
	b.ReportMetric(spent.Seconds()*1e3/float64(len(shots)), "cpu-ms")
}

func quantile(values []float64, q float64) float64 {
	slices.Sort(values)
	return values[int(q*float64(len(values)-1))]
}

// cpu is the time that all processes spent that this one began.
func cpu(tb testing.TB) (spent time.Duration) {
	tb.Helper()
	for _, ticks := range descendants(tb) {
		spent += time.Duration(ticks) * 10 * time.Millisecond // of Linux's clock for people
	}
	return spent
}

// descendants are the processes that this one began, and those that they
// began, with the ticks that each has run.
func descendants(tb testing.TB) map[int]int {
	tb.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		tb.Skip(err)
	}
	parents, spent := map[int]int{}, map[int]int{}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		parents[pid], _ = strconv.Atoi(fields[1])
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		spent[pid] = user + system
	}
	maps.DeleteFunc(spent, func(pid, _ int) bool { return !below(pid, parents) })
	return spent
}

// below says whether a process was begun by this one, or by one that was.
func below(pid int, parents map[int]int) bool {
	for up := parents[pid]; up > 1; up = parents[up] {
		if up == os.Getpid() {
			return true
		}
	}
	return false
}
