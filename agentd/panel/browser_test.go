package panel

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is the one headless Chromium of all tests. The first that needs it
// starts it, and TestMain ends it.
var browser struct {
	sync.Once
	context.Context
	end func()
}

// foreignName is a name of the web that leads to this machine in the browser.
const foreignName = "evil.example"

func TestMain(m *testing.M) {
	code := m.Run()
	if browser.end != nil {
		browser.end()
	}
	os.Exit(code)
}

// startBrowser starts the browser with a profile of its own.
func startBrowser() {
	profile, err := os.MkdirTemp("", "panel-browser-")
	if err != nil {
		panic(err)
	}
	allocator, endAllocator := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath("chromium"), chromedp.UserDataDir(profile), chromedp.WindowSize(900, 1000),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("lang", "en"),
		chromedp.Flag("host-resolver-rules", "MAP "+foreignName+" 127.0.0.1"))
	first, endBrowser := chromedp.NewContext(allocator)
	browser.Context = first
	browser.end = func() { endBrowser(); endAllocator(); os.RemoveAll(profile) }
}

// newTab opens an empty tab, which closes with the test.
func newTab(t *testing.T) context.Context {
	t.Helper()
	need(t, "chromium")
	browser.Do(startBrowser)
	perform(t, browser.Context, chromedp.Navigate("about:blank"))
	tab, closeTab := chromedp.NewContext(browser.Context)
	t.Cleanup(closeTab)
	perform(t, tab, chromedp.Navigate("about:blank"))
	return tab
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
func perform(t *testing.T, tab context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, actions...); err != nil {
		t.Fatal(err)
	}
}

// value evaluates an expression in the page and waits for its promise.
func value[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	got, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return got
}

// until waits for an expression to become true in the page.
func until(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	limited, end := context.WithTimeout(tab, 20*time.Second)
	defer end()
	watch := `new Promise((done) => {
		const look = () => { if (` + expression + `) { watcher.disconnect(); done(true); } };
		const watcher = new MutationObserver(look);
		watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		look();
	})`
	_, err := chromedp.Run(limited, chromedp.Evaluate[bool](watch, chromedp.EvalAwaitPromise))
	for err != nil && strings.Contains(err.Error(), "navigated") && limited.Err() == nil { // it was asked of the page before
		_, err = chromedp.Run(limited, chromedp.Evaluate[bool](watch, chromedp.EvalAwaitPromise))
	}
	if err != nil {
		t.Fatalf("%s: %v\nthe page says: %s", expression, err, value[string](t, tab, "document.body.innerText"))
	}
}

// listen collects what the browser complains about in this tab: errors,
// warnings and breaches of the security policy. The returned function gives
// what there is so far.
func listen(t *testing.T, tab context.Context) func() []string {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	err := chromedp.Listen(tab, func(event any) {
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
