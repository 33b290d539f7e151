package console

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const patience = 10 * time.Second

// policy is the one that the desk serves the page with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// tab is the console in a browser. Its device is the test: testdata/call.js
// stands in for the connection, everything else is the page as it is served.
type tab struct {
	*testing.T
	context.Context
}

// openPage opens a page as the desk serves it, in a window of 1280 pixels.
func openPage(t *testing.T, path string, height int64) tab {
	t.Helper()
	page := httptest.NewServer(http.HandlerFunc(servePage))
	t.Cleanup(page.Close)
	limited, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(find(t, "chromium")), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("lang", "en"), chromedp.WindowSize(1280, int(height)))...)
	browser, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	c := tab{t, browser}
	c.complain()
	c.perform(chromedp.EmulateViewport(1280, height), chromedp.Navigate(page.URL+path))
	return c
}

// openTab opens the page, and joins a session in which these scopes are granted.
func openTab(t *testing.T, scopes int) tab {
	t.Helper()
	c := openPage(t, "/#7K3M-Q2XD", 800)
	c.becomes("globalThis.device && telestrator.state === 'asking'")
	c.do("device.grant(%d)", scopes)
	c.do("device.show(1280, 800)")
	c.becomes("telestrator.state === 'live'")
	c.do("device.took()")
	return c
}

// complain fails the test for whatever the browser complains about: errors,
// and breaches of the policy above all.
func (c tab) complain() {
	c.Helper()
	var mu sync.Mutex
	var lines []string
	note := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, line)
	}
	err := chromedp.Listen(c.Context, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				note(e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			note(e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, line := range lines {
			c.Error(line)
		}
	})
}

func servePage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Cache-Control", "no-store")
	switch r.URL.Path {
	case "/call.js":
		http.ServeFile(w, r, "testdata/call.js")
	case "/demo.rec", "/demo.png":
		http.ServeFile(w, r, "../protocol/testdata/recordings"+r.URL.Path)
	default:
		http.FileServerFS(Files()).ServeHTTP(w, r)
	}
}

func (c tab) perform(actions ...chromedp.Action[chromedp.Void]) {
	c.Helper()
	if err := chromedp.Do(c.Context, actions...); err != nil {
		c.Fatal(err)
	}
}

// do evaluates an expression in the page and gives its value as JSON.
func (c tab) do(format string, args ...any) string {
	c.Helper()
	expression := fmt.Sprintf(format, args...)
	got, err := chromedp.Run(c.Context, chromedp.Evaluate[string]("JSON.stringify("+expression+") ?? ''", chromedp.EvalAwaitPromise))
	if err != nil {
		c.Fatalf("%.80s: %v", expression, err)
	}
	return got
}

// becomes waits until an expression is true in the page.
func (c tab) becomes(expression string) {
	c.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c.do("Boolean(%s)", expression) == "true" {
			return
		}
	}
	c.Fatalf("%s: not so in %v; the page says: %s", expression, patience, c.do("document.body.innerText"))
}

// message is what the console sent, as far as these tests look at it.
type message struct {
	Channel, Kind, Code, Text string
	Number, Generation        int
	X, Y, Button, DX, DY      int
	Stroke, Index             int
	Points                    any // of stroke-points a list, of stroke-end their number
	Down                      bool
}

// took gives what came since the last time, of these kinds.
func (c tab) took(kinds ...string) []message {
	c.Helper()
	var list []message
	if err := json.Unmarshal([]byte(c.do("device.took(%s)", quoted(kinds))), &list); err != nil {
		c.Fatal(err)
	}
	return list
}

func quoted(words []string) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(list, ",")
}

// at is the place of a device's pixel on the page: in its middle.
func (c tab) at(x, y int) (float64, float64) {
	c.Helper()
	var place [2]float64
	place[0], place[1] = 0, 0
	err := json.Unmarshal([]byte(c.do(`(() => {
		const { left, top, width, height } = document.getElementById("screen").getBoundingClientRect(), { part } = telestrator;
		return [left + (%d - part.x + .5) * width / part.width, top + (%d - part.y + .5) * height / part.height];
	})()`, x, y)), &place)
	if err != nil {
		c.Fatal(err)
	}
	return place[0], place[1]
}

func (c tab) mouse(kind input.DispatchMouseEventType, x, y int, options ...chromedp.MouseOption) {
	c.Helper()
	px, py := c.at(x, y)
	c.perform(chromedp.MouseEvent(kind, px, py, options...))
}

func (c tab) click(selector string) {
	c.Helper()
	c.perform(chromedp.Click(selector))
}

// key sends one key event as a keyboard makes it.
func (c tab) key(kind input.DispatchKeyEventType, key, code, text string, modifiers chromedp.Modifier) {
	c.Helper()
	event := input.DispatchKeyEventParams{Type: kind, Key: key, Code: code, Text: text, Modifiers: int64(modifiers)}
	if _, err := chromedp.Call(c.Context, input.DispatchKeyEvent, event); err != nil {
		c.Fatal(err)
	}
}

const (
	down = input.DispatchKeyEventTypeKeyDown
	up   = input.DispatchKeyEventTypeKeyUp
	all  = 15
)
