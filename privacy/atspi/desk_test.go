//go:build linux

package atspi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
)

// patience is for anything that normally takes much less.
const patience = 25 * time.Second

// desk is a desktop session with real programs, and a Bus that follows them.
type desk struct {
	*atspitest.Session
	display *capturetest.Display
	bus     *Bus
}

func newDesk(tb testing.TB) *desk {
	tb.Helper()
	d := &desk{display: capturetest.StartXvfb(tb, "1280x800x24")}
	d.Session = atspitest.StartSessionOn(tb, d.display.Name())
	d.bus = openBus(tb, d.Address)
	return d
}

// openBus opens the session's bus and follows it until the test ends.
func openBus(tb testing.TB, address string) *Bus {
	tb.Helper()
	b, err := Open(address)
	if err != nil {
		tb.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	tb.Cleanup(func() {
		end()
		if err := <-ended; !errors.Is(err, context.Canceled) && !errors.Is(err, ErrGone) {
			tb.Errorf("Run ended with %v", err)
		}
		b.Close()
	})
	return b
}

// program is a running one that obeys lines of its own language.
type running struct {
	*exec.Cmd
	say func(line string)
}

// python starts a script of /usr/bin/python3, which has the toolkits. The
// script's function do is called with each line that is said.
func (d *desk) python(tb testing.TB, script string) running {
	tb.Helper()
	in, said, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	app := exec.Command("/usr/bin/python3", "-c", script)
	app.Env = append(d.Env(), "DISPLAY="+d.display.Name(), "GDK_BACKEND=x11", "QT_QPA_PLATFORM=xcb", "GSK_RENDERER=cairo", "LIBGL_ALWAYS_SOFTWARE=1")
	app.Stdin = in
	app.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := app.Start(); err != nil {
		tb.Skipf("start python: %v", err)
	}
	in.Close()
	tb.Cleanup(func() {
		app.Process.Kill()
		app.Wait()
		said.Close()
	})
	return running{app, func(line string) {
		if _, err := io.WriteString(said, line+"\n"); err != nil {
			tb.Errorf("say %q: %v", line, err)
		}
	}}
}

// site serves pages whose script runs what the test says.
type site struct {
	*httptest.Server
	orders chan string
	done   chan string
	over   chan struct{}
}

const follow = `<script>addEventListener("load", async () => {
  for (;;) {
    const order = await (await fetch("/order?" + Math.random())).text()
    let said = ""
    try { said = String(await eval(order)) } catch (e) { said = "error: " + e }
    await fetch("/done", {method: "POST", body: said})
  }
})</script>`

// newSite serves bodies of pages by their paths.
func newSite(tb testing.TB, pages map[string]string) *site {
	tb.Helper()
	s := &site{orders: make(chan string), done: make(chan string), over: make(chan struct{})}
	mux := http.NewServeMux()
	var mu sync.Mutex
	over := func() {} // ends the wait of the page before
	mux.HandleFunc("/order", func(w http.ResponseWriter, r *http.Request) {
		ctx, end := context.WithCancel(r.Context())
		defer end()
		mu.Lock()
		over()
		over = end
		mu.Unlock()
		select {
		case order := <-s.orders:
			io.WriteString(w, order)
		case <-ctx.Done():
		case <-s.over:
		}
	})
	mux.HandleFunc("/done", func(_ http.ResponseWriter, r *http.Request) {
		said, _ := io.ReadAll(r.Body)
		select {
		case s.done <- string(said):
		case <-s.over:
		}
	})
	for path, body := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, "<!doctype html><title>%s</title><body style='margin:0'>%s", strings.Trim(path, "/"), body)
		})
	}
	s.Server = httptest.NewServer(mux)
	tb.Cleanup(func() {
		close(s.over)
		s.Server.CloseClientConnections()
		s.Server.Close()
	})
	return s
}

// run has the page that follows run a script, and returns its value.
func (s *site) run(tb testing.TB, script string) string {
	tb.Helper()
	select {
	case s.orders <- script:
	case <-time.After(patience):
		tb.Fatalf("no page takes the order %q", script)
	}
	select {
	case said := <-s.done:
		if strings.HasPrefix(said, "error: ") {
			tb.Fatalf("%s: %s", script, said)
		}
		return said
	case <-time.After(patience):
		tb.Fatalf("the page does not end %q", script)
	}
	return ""
}

func (d *desk) chromium(tb testing.TB, url string) {
	tb.Helper()
	d.Start(tb, d.display.Name(), "chromium", "--no-sandbox", "--disable-gpu", "--password-store=basic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--test-type",
		"--no-default-browser-check", "--disable-popup-blocking", "--user-data-dir="+tb.TempDir(), url)
}

func (d *desk) firefox(tb testing.TB, url string) {
	tb.Helper()
	profile := tb.TempDir()
	settings := []byte(`user_pref("dom.disable_open_during_load", false); user_pref("datareporting.policy.dataSubmissionEnabled", false);`)
	if err := os.WriteFile(profile+"/user.js", settings, 0o600); err != nil {
		tb.Fatal(err)
	}
	d.Start(tb, d.display.Name(), "firefox-esr", "-no-remote", "-profile", profile, url)
}

// until scans the programs of a toolkit until one of them answers as expected.
func (d *desk) until(tb testing.TB, kit Toolkit, what string, expected func(*Scan) bool) *Scan {
	tb.Helper()
	var last any
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		for _, a := range d.bus.Apps(nil) {
			if a.Toolkit != kit {
				continue
			}
			s, err := d.bus.Scan(tb.Context(), a.Name)
			if err != nil {
				last = err
				continue
			}
			if last = fmt.Sprintf("%+v", *s); expected(s) {
				return s
			}
		}
	}
	tb.Fatalf("%s: not seen, but %v", what, last)
	return nil
}
