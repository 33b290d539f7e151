package panel

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// newBrowser starts a headless Chromium with a profile of its own, which ends
// with the test.
func newBrowser(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	need(t, "chromium")
	path, _ := exec.LookPath("chromium")
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("headless", true),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("lang", "en"),
		chromedp.WindowSize(900, 1000),
	}, flags...)
	limited, stop := context.WithTimeout(context.Background(), time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, options...)
	browser, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	return browser
}

// need skips a test whose program is missing, and fails it in CI.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed", program)
	}
	t.Skipf("%s is not installed", program)
}

// perform runs actions in the browser.
func perform(t *testing.T, browser context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(browser, actions...); err != nil {
		t.Fatal(err)
	}
}

// value evaluates an expression in the page and waits for its promise.
func value[T any](t *testing.T, browser context.Context, expression string) T {
	t.Helper()
	got, err := chromedp.Run(browser, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return got
}

// until waits for an expression to become true in the page.
func until(t *testing.T, browser context.Context, expression string) {
	t.Helper()
	limited, end := context.WithTimeout(browser, 20*time.Second)
	defer end()
	watch := `new Promise((done) => {
		const look = () => { if (` + expression + `) { watcher.disconnect(); done(true); } };
		const watcher = new MutationObserver(look);
		watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		look();
	})`
	if _, err := chromedp.Run(limited, chromedp.Evaluate[bool](watch, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatalf("%s: %v\nthe page says: %s", expression, err, value[string](t, browser, "document.body.innerText"))
	}
}

// listen collects what the browser complains about in this tab: errors,
// warnings and breaches of the security policy. The returned function gives
// what there is so far.
func listen(t *testing.T, browser context.Context) func() []string {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	err := chromedp.Listen(browser, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			lines = append(lines, fmt.Sprint(e.Entry.Level, ": ", e.Entry.Text))
		case *runtime.EventExceptionThrown:
			lines = append(lines, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(lines)
	}
}
