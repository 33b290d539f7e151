package console

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/profiler"
	"github.com/chromedp/chromedp"
)

var profiled = flag.Bool("profiled", false, "BenchmarkConsole prints where the page and its worker spend their time, and CPU by thread")

const mostLines = 12 // of a profile

// profile has the browser's own profiler watch the page and its worker while
// something is played. What it returns is where their time went, per picture,
// and the CPU time of each of the browser's threads.
func profile(tb testing.TB, browser context.Context, pictures int, play func()) string {
	tb.Helper()
	threads := map[string]context.Context{"page": browser, "worker": workerOf(tb, browser)}
	for _, thread := range threads {
		call(tb, thread, profiler.Enable)
		call(tb, thread, profiler.Start)
	}
	before := threadTimes(tb)
	play()
	after := threadTimes(tb)
	var text strings.Builder
	for _, name := range []string{"worker", "page"} {
		text.WriteString(name + "\n" + spent(call(tb, threads[name], profiler.Stop).Profile, pictures))
	}
	return text.String() + "threads\n" + differences(before, after, pictures)
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
	maps.DeleteFunc(total, func(name string, _ int64) bool {
		return strings.HasPrefix(name, "(idle)") || strings.HasPrefix(name, "(root)")
	})
	return list(total, pictures)
}

// list has one line for each name, those with most microseconds first.
func list(total map[string]int64, pictures int) string {
	names := slices.SortedFunc(maps.Keys(total), func(a, b string) int { return cmp.Compare(total[b], total[a]) })
	var text strings.Builder
	for _, name := range names[:min(mostLines, len(names))] {
		fmt.Fprintf(&text, "  %6.2f ms  %s\n", float64(total[name])/1e3/float64(pictures), name)
	}
	return text.String()
}

// thread is a thread of a process that this one began, by what both are called.
type thread struct{ id, name string }

// threadTimes is the CPU time of every thread of the browser so far, in
// microseconds, as Linux's scheduler counts it.
func threadTimes(tb testing.TB) map[thread]int64 {
	tb.Helper()
	times := map[thread]int64{}
	for pid := range descendants(tb) {
		tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
		for _, task := range tasks {
			name, _ := os.ReadFile(filepath.Join(task, "comm"))
			var ran int64 // nanoseconds
			if stat, err := os.ReadFile(filepath.Join(task, "schedstat")); err == nil {
				_, _ = fmt.Sscan(string(stat), &ran)
			}
			times[thread{task, kind(pid) + ": " + strings.TrimSpace(string(name))}] = ran / 1e3
		}
	}
	return times
}

// kind is what a process of the browser is there for.
func kind(pid int) string {
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	for _, argument := range strings.FieldsFunc(string(line), func(r rune) bool { return r == 0 || r == ' ' }) {
		if name, ok := strings.CutPrefix(argument, "--type="); ok {
			return name
		}
	}
	return "browser"
}

// differences lists the threads that ran most; those called alike are one.
func differences(before, after map[thread]int64, pictures int) string {
	total := map[string]int64{}
	for t, ran := range after {
		total[strings.TrimRight(t.name, "0123456789/")] += ran - before[t]
	}
	return list(total, pictures)
}
