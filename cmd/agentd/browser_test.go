package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
)

// newBrowser starts a headless Chromium that may connect within this machine.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	capturetest.Require(t, "chromium")
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	limited, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited,
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("headless", true),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("allow-loopback-in-peer-connection", true),
		chromedp.Flag("lang", "en"), chromedp.WindowSize(1400, 1000))
	browser, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	return browser
}

func perform(t *testing.T, browser context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(browser, actions...); err != nil {
		t.Fatal(err)
	}
}

// value evaluates an expression in the page.
func value[T any](t *testing.T, browser context.Context, expression string) T {
	t.Helper()
	got, err := chromedp.Run(browser, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return got
}

// becomes waits until an expression is true in the page.
func becomes(t *testing.T, browser context.Context, expression string) {
	t.Helper()
	end := time.Now().Add(patience)
	for time.Now().Before(end) {
		if value[bool](t, browser, expression) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s: not so in %v; the page says: %s", expression, patience, value[string](t, browser, "document.body.innerText"))
}

// says waits until the page shows a sentence.
func says(t *testing.T, browser context.Context, sentence string) {
	t.Helper()
	becomes(t, browser, `document.body.innerText.includes(`+"`"+sentence+"`"+`)`)
}

// canvas is the console's picture.
func canvas(t *testing.T, browser context.Context) image.Image {
	t.Helper()
	url := value[string](t, browser, `document.getElementById("screen").toDataURL("image/png")`)
	data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(url, "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// exact waits until the console's picture equals the X server's own.
func exact(t *testing.T, browser context.Context, display *capturetest.Display) {
	t.Helper()
	o := observe(t, display)
	end := time.Now().Add(patience)
	for {
		n, where := differences(o.beside(canvas(t, browser)), o.beside(display.Picture(t)))
		if n == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d pixels differ, in %v", n, where)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// TestBrowser is one session in a real browser: join by the link, be allowed,
// see the screen exactly, be paused, lose the screen, be stopped; and again,
// until the daemon goes down, and until the connection is lost.
func TestBrowser(t *testing.T) {
	display := applications(t, "1280x800x24")
	browse(t, display)
	d := startDemo(t, "--display", display.Name())
	browser := newBrowser(t)
	perform(t, browser, chromedp.Navigate(d.Console))
	says(t, browser, "Waiting for the user to allow you to see the screen.")
	if value[int](t, browser, "telestrator.updates") != 0 {
		t.Error("pictures came before the grant")
	}
	d.grant()
	becomes(t, browser, `telestrator.state === "live" && telestrator.frames > 0`)
	exact(t, browser, display)

	t.Run("changes", func(t *testing.T) { changes(t, browser, display) })
	t.Run("pause", func(t *testing.T) { pause(t, browser, display, d) })
	t.Run("screen lost", func(t *testing.T) { lostScreen(t, browser, display) })
	t.Run("stop", func(t *testing.T) {
		d.call("POST", "/api/stop", nil, nil)
		says(t, browser, "The user ended the session.")
	})
	t.Run("refused", func(t *testing.T) { refused(t, browser, d) })
	t.Run("wrong code", func(t *testing.T) {
		perform(t, browser, chromedp.Navigate("about:blank"), chromedp.Navigate(d.Desk+"/#AAAA-AAAA"))
		says(t, browser, "This code is wrong, was used before, or has expired; ask for a new one.")
	})
	t.Run("shutdown", func(t *testing.T) {
		again(t, browser, d)
		d.end(syscall.SIGTERM)
		says(t, browser, "The device shut down its help service.")
	})
}

// again joins anew and is allowed.
func again(t *testing.T, browser context.Context, d *daemon) {
	t.Helper()
	perform(t, browser, chromedp.Navigate("about:blank"), chromedp.Navigate(d.Desk+"/#"+d.ring()))
	d.grant()
	becomes(t, browser, `telestrator.state === "live" && telestrator.frames > 0`)
}

// changes moves and opens windows, and wants the picture exact afterwards.
func changes(t *testing.T, browser context.Context, display *capturetest.Display) {
	for _, step := range []string{
		"search --onlyvisible --name Sign windowmove 200 300",
		"search --onlyvisible --name Sign windowmove 700 100",
		"search --onlyvisible --class xterm windowraise windowmove 250 200",
	} {
		display.Run(t, "xdotool", strings.Fields(step)...)
		exact(t, browser, display)
	}
}

// pause holds the picture while the screen changes, and lets it go on.
func pause(t *testing.T, browser context.Context, display *capturetest.Display, d *daemon) {
	d.call("POST", "/api/pause", nil, nil)
	says(t, browser, "The user has paused the picture.")
	before := value[int](t, browser, "telestrator.updates")
	display.Run(t, "xdotool", "search", "--onlyvisible", "--name", "Sign", "windowmove", "20", "20")
	display.WaitStill(t)
	if after := value[int](t, browser, "telestrator.updates"); after != before {
		t.Errorf("%d updates during the pause", after-before)
	}
	d.call("POST", "/api/resume", nil, nil)
	becomes(t, browser, `telestrator.state === "live"`)
	exact(t, browser, display)
}

// lostScreen kills the X server and starts it anew.
func lostScreen(t *testing.T, browser context.Context, display *capturetest.Display) {
	display.Stop()
	says(t, browser, "The device has no screen at the moment; the picture comes back with it.")
	display.Restart(t)
	display.Start(t, "xterm", "-geometry", "50x10+100+100", "-e", "sleep", "1000")
	becomes(t, browser, `telestrator.state === "live"`)
	exact(t, browser, display)
}

// refused says no, and the console says so.
func refused(t *testing.T, browser context.Context, d *daemon) {
	perform(t, browser, chromedp.Navigate("about:blank"), chromedp.Navigate(d.Desk+"/#"+d.ring()))
	asked := d.until(panel.Asked, func(s panel.State) bool { return s.State == panel.Asked })
	d.call("POST", "/api/grants", map[string]any{"session": asked.Session.ID, "scopes": []string{}}, nil)
	says(t, browser, "The user did not allow it, or did not answer.")
	d.call("POST", "/api/stop", nil, nil)
	says(t, browser, "The user ended the session.")
}

// TestLost kills the daemon: the console notices that nobody is there any more.
func TestLost(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	browser := newBrowser(t)
	perform(t, browser, chromedp.Navigate(d.Console))
	d.grant()
	becomes(t, browser, `telestrator.state === "live" && telestrator.frames > 0`)
	d.end(syscall.SIGKILL)
	says(t, browser, "The connection to the device was lost.")
}
