package console

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"
	"github.com/chromedp/chromedp"
)

var profiled = flag.Bool("profiled", false, "BenchmarkConsole prints where the page and its worker spend their time")

const mostLines = 12 // of a profile

// profile has the browser's own profiler watch the page and its worker while
// something is played. What it returns is where their time went, per picture.
func profile(tb testing.TB, browser context.Context, pictures int, play func()) string {
	tb.Helper()
	threads := map[string]context.Context{"page": browser, "worker": workerOf(tb, browser)}
	for _, thread := range threads {
		call(tb, thread, profiler.Enable)
		call(tb, thread, profiler.Start)
	}
	play()
	var text strings.Builder
	for _, name := range []string{"worker", "page"} {
		text.WriteString(name + "\n" + spent(call(tb, threads[name], profiler.Stop).Profile, pictures))
	}
	return text.String()
}

func workerOf(tb testing.TB, browser context.Context) context.Context {
	tb.Helper()
	targets, err := chromedp.Targets(browser)
	if err != nil {
		tb.Fatal(err)
	}
	for _, target := range targets {
		if target.Type == "worker" {
			worker, end := chromedp.NewContext(browser, chromedp.WithTargetID(target.TargetID))
			tb.Cleanup(end)
			return worker
		}
	}
	tb.Fatal("the page has no worker")
	return nil
}

func call[R any](tb testing.TB, thread context.Context, command cdp.Command[cdp.Empty, R]) R {
	tb.Helper()
	result, err := chromedp.Call(thread, command, cdp.Empty{})
	if err != nil {
		tb.Fatal(err)
	}
	return result
}

// spent lists the functions in which most time went, without what they call.
func spent(p *profiler.Profile, pictures int) string {
	names, total := map[int64]string{}, map[string]int64{}
	for _, node := range p.Nodes {
		frame := node.CallFrame
		names[node.ID] = strings.TrimSpace(frame.FunctionName + " " + path.Base(frame.URL))
	}
	for i, id := range p.Samples {
		total[names[id]] += p.TimeDeltas[i]
	}
	var lines []string
	for name := range total {
		if name != "(idle)" && name != "(root)" {
			lines = append(lines, name)
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return cmp.Compare(total[b], total[a]) })
	var text strings.Builder
	for _, name := range lines[:min(mostLines, len(lines))] {
		fmt.Fprintf(&text, "  %6.2f ms  %s\n", float64(total[name])/1e3/float64(pictures), name)
	}
	return text.String()
}
