package peer

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The flag that lets a browser use the loopback interface by itself. Users do not set it: without it the browser
// reaches us all the same, from a socket that is bound to no address.
const allowLoopback = "allow-loopback-in-peer-connection"

// tab is a page of a headless browser that acts as the console.
type tab struct{ context.Context }

// openTab starts a browser with testdata/console.html in it.
func openTab(t *testing.T, flags ...chromedp.ExecAllocatorOption) tab {
	t.Helper()
	program := findBrowser(t)
	page := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	t.Cleanup(page.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)
	parent, stop := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(stop)
	parent, stop = chromedp.NewExecAllocator(parent, append(options, flags...)...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(parent)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.Navigate(page.URL+"/console.html")); err != nil {
		t.Fatalf("open the page: %v", err)
	}
	return tab{ctx}
}

// findBrowser skips where there is none, which must not happen in CI.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no chromium here, and CI must have one")
	}
	t.Skip("no chromium here")
	return ""
}

// do evaluates an expression in the page and waits for its promise.
func do[T any](t *testing.T, page tab, format string, args ...any) T {
	t.Helper()
	expression := fmt.Sprintf(format, args...)
	result, err := chromedp.Run(page, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.60s: %v", expression, err)
	}
	return result
}

// answerTab connects a page to a new device.
func answerTab(t *testing.T, page tab) Conn {
	t.Helper()
	offer := do[string](t, page, "offer()")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	start := time.Now()
	device, answer, err := Answer(ctx, loopback, []byte(offer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = device.Close() })
	do[string](t, page, "accept(%q)", answer)
	t.Logf("%d candidates offered, %d of them by name; open %v after the offer",
		strings.Count(offer, "a=candidate:"), strings.Count(offer, ".local "), time.Since(start).Round(time.Millisecond))
	return device
}

// A browser connects although it hides all its addresses, with and without the flag for testers, and every channel
// carries messages up to their limits.
func TestBrowserConnects(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]chromedp.ExecAllocatorOption{
		"as users have it":   nil,
		"as testers have it": {chromedp.Flag(allowLoopback, true)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := openTab(t, flags...)
			device := answerTab(t, page)
			fromBrowser(t, page, device)
			toBrowser(t, page, device)
			do[string](t, page, "connection.close(), 'closed'")
			wantCode(t, device, CodeLost)
		})
	}
}

func fromBrowser(t *testing.T, page tab, device Conn) {
	t.Helper()
	for ch := range Channel(len(modes)) {
		if !consoleSide.sends(ch) {
			continue
		}
		for _, size := range []int{0, 1, MaxToDevice} {
			do[string](t, page, "send(%d, %d, 9)", ch, size)
			m := next(t, device)
			if m.Channel != ch || !bytes.Equal(m.Data, bytes.Repeat([]byte{9}, size)) {
				t.Errorf("%d bytes on %s came as %d on %s", size, ch, len(m.Data), m.Channel)
			}
		}
	}
}

func toBrowser(t *testing.T, page tab, device Conn) {
	t.Helper()
	type arrival struct{ ID, Size, Sum int }
	for ch := range Channel(len(modes)) {
		if !deviceSide.sends(ch) {
			continue
		}
		for _, size := range []int{0, 1, MaxToConsole} {
			mustSend(t, device, ch, bytes.Repeat([]byte{3}, size))
			if got := do[arrival](t, page, "next()"); got != (arrival{int(ch), size, 3 * size}) {
				t.Errorf("%d bytes on %s came as %+v", size, ch, got)
			}
		}
	}
}

// Whatever a page does beyond the seven channels ends the connection with its reason.
func TestBrowserViolations(t *testing.T) {
	t.Parallel()
	page := openTab(t)
	for _, v := range []struct {
		name, script string
		want         Code
	}{
		{"a further channel", "connection.createDataChannel('more')", CodeChannel},
		{"a channel closed", "pipes[4].close()", CodeChannel},
		{"text", "pipes[0].send('hello')", CodeForm},
		{"empty text", "pipes[0].send('')", CodeForm},
		{"one byte too many", "send(0, 8193, 1)", CodeSize},
		{"as much as is announced", "send(6, 65536, 1)", CodeSize},
		{"against the direction", "send(1, 1, 1)", CodeDirection},
		{"gone", "connection.close()", CodeLost},
	} {
		t.Run(v.name, func(t *testing.T) {
			if err := chromedp.Do(page, chromedp.Reload()); err != nil {
				t.Fatal(err)
			}
			device := answerTab(t, page)
			do[string](t, page, "send(0, 1, 1)")
			next(t, device) // open here too: what comes before that the transport answers by itself, unseen by us
			do[string](t, page, "%s, 'done'", v.script)
			wantCode(t, device, v.want)
		})
	}
}
