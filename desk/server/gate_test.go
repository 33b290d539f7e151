package server_test

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"telestrator/desk"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

func dialTCP(t *testing.T, url string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

var console = fstest.MapFS{
	"index.html":        {Data: []byte("<!doctype html>")},
	"main.js":           {Data: []byte("export {};")},
	"style.css":         {Data: []byte("body {}")},
	"protocol/kinds.js": {Data: []byte("export {};")},
	"folder.js/main.js": {Data: []byte("export {};")},
	"secret.txt":        {Data: []byte("not for the web")},
}

func TestPages(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Console: console})
	for path, kind := range map[string]string{
		"/":                  "text/html; charset=utf-8",
		"/main.js":           "text/javascript; charset=utf-8",
		"/style.css":         "text/css; charset=utf-8",
		"/protocol/kinds.js": "text/javascript; charset=utf-8",
	} {
		r := w.do(t, http.MethodGet, path, nil, nil)
		if r.status != http.StatusOK || r.header.Get("Content-Type") != kind || r.body == "" {
			t.Errorf("%s: %+v", path, r)
		}
		wantHeaders(t, r, "no-cache")
		if r := w.do(t, http.MethodHead, path, nil, nil); r.status != http.StatusOK || r.body != "" {
			t.Errorf("head of %s: %+v", path, r)
		}
	}
	for _, path := range []string{
		"/protocol", "/protocol/", "/folder.js", "/folder.js/", "/secret.txt", "/none.js", "/%2e%2e/main.js", "/..%2fmain.js",
		"/main.js/", "/main.js%00", "/\\main.js", "/api", "/api/", "/api/none", "/api/connect",
	} {
		r := w.do(t, http.MethodGet, path, nil, nil)
		if r.status != http.StatusNotFound || r.error != "not_found" {
			t.Errorf("%s: %+v", path, r)
		}
		cache := "no-cache"
		if strings.HasPrefix(path, "/api") {
			cache = "no-store"
		}
		wantHeaders(t, r, cache)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if r := w.do(t, method, "/", nil, nil); r.error != "not_allowed" {
			t.Errorf("%s: %+v", method, r)
		}
	}
}

func TestNoConsole(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	if r := w.do(t, http.MethodGet, "/", nil, nil); r.error != "not_found" {
		t.Errorf("got %+v", r)
	}
}

// wantHeaders checks the headers of every reply. The policy is spelt out once
// more: a change of it should be seen twice.
func wantHeaders(t *testing.T, r reply, cache string) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
			"worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Embedder-Policy": "require-corp",
		"Cross-Origin-Resource-Policy": "same-origin",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := r.header.Get("Cache-Control"); cache != "" && got != cache {
		t.Errorf("Cache-Control: %q, want %q", got, cache)
	}
	for name := range r.header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Set-Cookie" {
			t.Errorf("the desk sends %s", name)
		}
	}
}

// A page elsewhere that has made its name point here gets nothing.
func TestHost(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Console: console})
	host := strings.TrimPrefix(w.url, "http://")
	_, port, _ := net.SplitHostPort(host)
	for _, good := range []string{host, "localhost:" + port, "LOCALHOST:" + port} {
		if r := w.do(t, http.MethodGet, "/", nil, map[string]string{"Host": good}); r.status != http.StatusOK {
			t.Errorf("host %q: %+v", good, r)
		}
	}
	for _, bad := range []string{
		"evil.example", "evil.example:" + port, "127.0.0.1", "127.0.0.1:80", "localhost", "[::1]:" + port,
		"localhost.evil.example:" + port, host + ".", "127.1:" + port, "0.0.0.0:" + port,
	} {
		for _, path := range []string{"/", "/api/device", "/api/none"} {
			r := w.do(t, http.MethodGet, path, nil, map[string]string{"Host": bad})
			if r.status != http.StatusForbidden || r.error != "forbidden" {
				t.Errorf("%s with host %q: %+v", path, bad, r)
			}
			wantHeaders(t, r, "")
		}
	}
	if got := w.rawRequest(t, []byte("GET / HTTP/1.0\r\n\r\n")); got != "403" {
		t.Errorf("no host at all: %s", got)
	}
}

func TestHostsConfigured(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Hosts: []string{"desk.test:80"}})
	if r := w.do(t, http.MethodGet, "/none", nil, map[string]string{"Host": "desk.test:80"}); r.error != "not_found" {
		t.Errorf("the configured name: %+v", r)
	}
	if r := w.do(t, http.MethodGet, "/none", nil, nil); r.error != "forbidden" {
		t.Errorf("the listener's name: %+v", r)
	}
}

// Other pages may change nothing, and the code they tried costs no try.
func TestOrigin(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	post := func(header map[string]string, code string) reply {
		header["Authorization"], header["Content-Type"] = "Bearer "+code, "application/sdp"
		return w.do(t, http.MethodPost, "/api/connect", strings.NewReader(someOffer), header)
	}
	for _, header := range []map[string]string{
		{"Origin": "http://evil.example"},
		{"Origin": "null"},
		{"Origin": strings.Replace(w.url, "http:", "https:", 1)},
		{"Origin": w.url + ".evil.example"},
		{"Origin": strings.Replace(w.url, "127.0.0.1", "localhost", 1)},
		{"Origin": ""},
		{"Sec-Fetch-Site": "cross-site"},
		{"Sec-Fetch-Site": "same-site"},
		{"Sec-Fetch-Site": "none"},
		{"Origin": w.url, "Sec-Fetch-Site": "cross-site"},
	} {
		for _, tried := range []string{code, wrongFor(code)} {
			if r := post(header, tried); r.status != http.StatusForbidden || r.error != "forbidden" {
				t.Errorf("%v: %+v", header, r)
			}
		}
		if r := w.do(t, http.MethodDelete, "/api/connections/0", nil, header); r.error != "forbidden" {
			t.Errorf("delete, %v: %+v", header, r)
		}
	}
	if r := post(map[string]string{"Origin": w.url, "Sec-Fetch-Site": "same-origin"}, code); r.status != created {
		t.Errorf("the console itself: %+v", r)
	}
}

func TestDeviceFromPage(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	for _, origin := range []string{"http://evil.example", "null", "", w.url} {
		r := w.do(t, http.MethodGet, "/api/device", nil, map[string]string{
			"Origin": origin, "Connection": "Upgrade", "Upgrade": "websocket",
			"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
		})
		if r.status != http.StatusForbidden || r.error != "forbidden" {
			t.Errorf("origin %q: %+v", origin, r)
		}
	}
	if r := w.do(t, http.MethodGet, "/api/device", nil, nil); r.status != http.StatusUpgradeRequired {
		t.Errorf("without an upgrade: %+v", r)
	}
}

func TestOfferBad(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	largest := someOffer + strings.Repeat("x", frame.MaxSDP-len(someOffer))
	post := func(kind, body string) reply {
		return w.do(t, http.MethodPost, "/api/connect", strings.NewReader(body),
			map[string]string{"Authorization": "Bearer " + code, "Content-Type": kind})
	}
	for _, x := range []struct{ kind, body, want string }{
		{"", someOffer, "offer_bad"},
		{"text/plain", someOffer, "offer_bad"},
		{"application/sdp;;", someOffer, "offer_bad"},
		{"application/sdp", "", "offer_bad"},
		{"application/sdp", "{}", "offer_bad"},
		{"application/sdp", largest + "x", "too_large"},
	} {
		if r := post(x.kind, x.body); r.error != x.want {
			t.Errorf("%q %.20q: %+v", x.kind, x.body, r)
		}
	}
	if r := post("application/sdp; charset=utf-8", largest); r.status != created || r.body != largest {
		t.Errorf("the largest offer: %d %s", r.status, r.error)
	}
}

func TestAuthorization(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	for _, value := range []string{"", code, "Basic " + code, "Bearer", "Bearer  " + code, "Bearer " + code + " x"} {
		r := w.do(t, http.MethodPost, "/api/connect", strings.NewReader(someOffer),
			map[string]string{"Authorization": value, "Content-Type": "application/sdp"})
		if r.error != "code_wrong" {
			t.Errorf("authorization %q: %+v", value, r)
		}
	}
}

// The header limit is exact, the end of the headers included.
func TestHeaderLimit(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Console: console})
	host := strings.TrimPrefix(w.url, "http://")
	request := func(size int) []byte {
		start := fmt.Sprintf("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nX-Fill: ", host)
		return []byte(start + strings.Repeat("x", size-len(start)-4) + "\r\n\r\n")
	}
	if got := w.rawRequest(t, request(8<<10)); got != "200" {
		t.Errorf("8 KiB of headers: %s", got)
	}
	if got := w.rawRequest(t, request(8<<10+1)); got != "431" {
		t.Errorf("8 KiB and a byte of headers: %s", got)
	}
}

// Requests that dribble are cut off, and the desk has no patience for idlers.
func TestSlowRequests(t *testing.T) {
	for name, x := range map[string]struct {
		text string
		wait time.Duration
	}{
		"nothing": {"", 5 * time.Second},
		"headers": {"GET / HTTP/1.1\r\nHost: ", 5 * time.Second},
		"body":    {"POST /api/connect HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Type: application/sdp\r\nContent-Length: 9\r\n\r\nv=", 10 * time.Second},
		"idle":    {"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			virtual(t, server.Limits{}, func(t *testing.T, w *world) {
				conn, err := w.dial.Dial(t.Context(), "", "")
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				began := time.Now()
				go conn.Write([]byte(x.text))
				for buffer := make([]byte, 4096); err == nil; {
					_, err = conn.Read(buffer)
				}
				if took := time.Since(began); took > x.wait+time.Second {
					t.Errorf("cut off after %v", took)
				}
			})
		})
	}
}
