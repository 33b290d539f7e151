package main

import (
	"image"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/peer"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/protocol"
)

// secretPage has a password field in the secret's colour.
const secretPage = `<!doctype html><title>A page</title><body style="background: #204060">
<input type=password value=hidden style="position: absolute; left: 40px; top: 60px; width: 220px; height: 30px; background: #fe01fd;
color: #fe01fd; border: none">`

// serve serves pages by their paths.
func serve(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for path, page := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(page))
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return server
}

// browseTo opens an address in Chromium, and waits for a window of a title.
func browseTo(t *testing.T, display *capturetest.Display, session *atspitest.Session, address, title string) (pid int) {
	t.Helper()
	c := session.Start(t, display.Name(), "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--disable-features=Translate", "--user-data-dir="+t.TempDir(), "--window-position=60,40", "--window-size=600,500", address)
	comesUp(t, display, title)
	return c.Process.Pid
}

// below is where pages in Chromium have no field.
var below = image.Rect(100, 300, 600, 500)

// TestFaultyBrowser shows a browser that was started before accessibility was
// on: it is flat until it is started again.
func TestFaultyBrowser(t *testing.T) {
	capturetest.Require(t, "chromium")
	display, session := secretDesk(t)
	server := serve(t, map[string]string{"/": secretPage})
	early := browseTo(t, display, session, server.URL, "A page")
	began := time.Now()
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
	o := d.lookOn(t, display)
	t.Logf("flat %v after the start", o.flat(below, began))
	o.explain(t, session, display, "Its program cannot be asked for password fields.", "its program most likely started before accessibility was switched on; start it again")
	_ = syscall.Kill(-early, syscall.SIGKILL)
	wait(t, "gone", func() bool { return !shown(display, "A page") })
	browseTo(t, display, session, server.URL, "A page")
	o.clear(below)
	d.shows("guarded", func(s panel.State) bool { return stateOf(s, "A page - Chromium") == panel.WindowGuarded })
	wait(t, "the secret on the screen", o.witness.shows)
	before := o.count()
	o.send(peer.Ctl, &protocol.Refresh{Number: 1}) // the page stands still
	o.until("a picture of it", func() bool { return o.frames > before })
	o.saw(t)
}
