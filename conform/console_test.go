package conform_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"telestrator/conform"
	"telestrator/console"
)

// tabs are pages of a headless browser in which our console is opened.
type tabs struct {
	free chan context.Context
}

// openTabs starts a browser with so many tabs.
func openTabs(t *testing.T, count int) *tabs {
	t.Helper()
	limited, stop := context.WithTimeout(t.Context(), 25*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU)...)
	first, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	all := &tabs{free: make(chan context.Context, count)}
	for tab := first; ; tab, _ = chromedp.NewContext(first) {
		if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		if all.free <- tab; len(all.free) == count {
			return all
		}
	}
}

// open opens an address in a tab, which is free again afterwards.
func (all *tabs) open(_ context.Context, url, _ string) (func(), error) {
	tab := <-all.free
	leave := func() {
		_ = chromedp.Do(tab, chromedp.Navigate("about:blank"))
		all.free <- tab
	}
	if err := chromedp.Do(tab, chromedp.Navigate(url)); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

func browser(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no chromium here, and CI must have one")
	}
	if err != nil {
		t.Skip("no chromium here")
	}
	return path
}

// TestOurConsole leads our console in a browser through every case.
func TestOurConsole(t *testing.T) {
	t.Parallel()
	const side = 3
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := conform.Filter(conform.ConsoleCases(), os.Getenv("CONFORM_FILTER"))
	if err != nil {
		t.Fatal(err)
	}
	runner := conform.Console{Options: conform.Options{Parallel: side, Patience: 15 * time.Second, Done: told(t)}, Listener: listener, Pages: console.Files(), Open: openTabs(t, side).open}
	judge(t, runner.Run(t.Context(), cases))
}

// told says how a case went, when it went.
func told(t *testing.T) func(conform.Result) {
	return func(r conform.Result) { t.Logf("%v in %v", r.Case, r.Took) }
}

func judge(t *testing.T, results []conform.Result) {
	t.Helper()
	for _, r := range results {
		if r.Err != nil || r.Skipped != "" {
			t.Errorf("%s: %v %s\n%s", r.Case, r.Err, r.Skipped, r.Transcript)
		}
	}
	t.Log(conform.Sum(results))
}
