package fuzz

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"telestrator/agentd/panel"
	"telestrator/fuzz/bound"
)

// Requests enter the panel from whatever runs on the device. Any bytes that are
// HTTP are answered, with the token and without it: nothing panics, no answer
// has a secret in it, and nobody without the token makes the daemon do anything.

const (
	panelToken = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	panelHost  = "127.0.0.1:4711"
)

// requests are seeds: each call of the panel, and tricks.
var requests = []string{
	"GET / HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n",
	"GET /api/state?after=3 HTTP/1.1\r\nHost: localhost:4711\r\n\r\n",
	"GET /api/view?after=1 HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n",
	post("/api/grants", `{"session":"s","scopes":["view","ink"]}`),
	post("/api/fields/allow", `{"session":"s","field":"Name"}`),
	post("/api/windows/12/show", ""),
	post("/api/pause", ""), post("/api/resume", ""), post("/api/stop", ""), post("/api/ring", ""), post("/api/cancel", ""),
	post("/api/link", ""), post("/api/token", `{"code":"abc"}`),
	"DELETE /api/grants/view HTTP/1.1\r\nHost: [::1]:4711\r\n\r\n",
	"GET /api/state HTTP/1.1\r\nHost: evil.example\r\n\r\n",
	"POST /api/stop HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nOrigin: http://evil.example\r\n\r\n",
	"POST /api/grants HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n{\"a\":\r\n0\r\n\r\n",
	"GET /../api/state HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n\r\n",
}

func post(path, body string) string {
	return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nContent-Type: application/json\r\nContent-Length: " +
		length(body) + "\r\n\r\n" + body
}

func FuzzPanel(f *testing.F)         { askPanel(f, true) }
func FuzzPanelStranger(f *testing.F) { askPanel(f, false) }

func askPanel(f *testing.F, token bool) {
	for _, r := range requests {
		f.Add([]byte(r))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		bound.Check(t, func() {
			d := &daemon{}
			p, err := panel.New(panel.Config{Control: d, Token: panelToken, Addr: panelHost, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			answer := ask(p.Handler(), raw, token)
			if answer == nil {
				return
			}
			if !token {
				stranger(t, answer, d)
			}
			guarded(t, answer)
		})
	})
}

// ask has a handler answer a request that does not wait; nil when the bytes are
// none.
func ask(h http.Handler, raw []byte, token bool) *httptest.ResponseRecorder {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r = r.WithContext(ctx)
	r.RemoteAddr = "127.0.0.1:50000"
	if token {
		r.Header.Set("Authorization", "Bearer "+panelToken)
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, 1<<20)) // as the server does
	return answer
}

// stranger checks that without the token nothing has been done or told.
func stranger(t *testing.T, answer *httptest.ResponseRecorder, d *daemon) {
	t.Helper()
	if len(d.acts) > 0 {
		t.Fatalf("without the token: %q", d.acts)
	}
	if strings.Contains(answer.Body.String(), deviceName) {
		t.Fatalf("the state was told without the token: %s", answer.Body)
	}
}

// guarded checks what every answer of a server of ours has.
func guarded(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	h := answer.Header()
	if !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("an answer that a page could use: %v", h)
	}
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Fatalf("another origin may read the answer: %v", h)
		}
	}
	if strings.Contains(answer.Body.String(), panelToken) {
		t.Fatal("the token is in an answer")
	}
}

// deviceName is in the state, and nowhere else.
const deviceName = "Telescope of the kiosk"

// daemon is a panel.Control that notes what it is told to do.
type daemon struct{ acts []string }

func (d *daemon) act(what string) error {
	d.acts = append(d.acts, what)
	return nil
}

func (d *daemon) State() panel.State {
	return panel.State{Number: 1, State: panel.Idle, Screen: panel.ScreenOK, Desk: panel.Desk{URL: deviceName}}
}
func (d *daemon) Wait(context.Context, uint64) panel.State { return d.State() }
func (d *daemon) View(context.Context, uint64) (panel.Picture, error) {
	return panel.Picture{Number: 1, PNG: []byte(deviceName)}, nil
}
func (d *daemon) Grant(session string, _ []string) error { return d.act("grant " + session) }
func (d *daemon) Revoke(scope string) error              { return d.act("revoke " + scope) }
func (d *daemon) Show(uint32) error                      { return d.act("show") }
func (d *daemon) AllowField(session, _ string) error     { return d.act("allow " + session) }
func (d *daemon) Pause() error                           { return d.act("pause") }
func (d *daemon) Resume() error                          { return d.act("resume") }
func (d *daemon) Stop() error                            { return d.act("stop") }
func (d *daemon) Ring() error                            { return d.act("ring") }
func (d *daemon) Cancel() error                          { return d.act("cancel") }
