package panel

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

func TestHost(t *testing.T) {
	s := newServer(t, newFakeControl())
	for host, want := range map[string]answer{
		"127.0.0.1:4711":             fine,
		"localhost:4711":             fine,
		"[::1]:4711":                 fine,
		"":                           says(badHost),
		"127.0.0.1":                  says(badHost),
		"127.0.0.1:80":               says(badHost),
		"127.0.0.2:4711":             says(badHost),
		"127.1:4711":                 says(badHost),
		"0.0.0.0:4711":               says(badHost),
		"LOCALHOST:4711":             says(badHost),
		"localhost.:4711":            says(badHost),
		"localhost:04711":            says(badHost),
		"evil.example:4711":          says(badHost),
		"127.0.0.1.evil.example":     says(badHost),
		"127.0.0.1:4711.evil":        says(badHost),
		"localhost:4711@evil:4711":   says(badHost),
		"[::ffff:127.0.0.1]:4711":    says(badHost),
		"rebind.network":             says(badHost),
		"127.0.0.1:4711, evil:4711 ": says(badHost),
	} {
		for _, path := range []string{"/api/state", "/"} {
			r := request("GET", path, "")
			r.Host = host
			expect(t, s, r, want)
		}
	}
}

func TestOrigin(t *testing.T) {
	s := newServer(t, newFakeControl())
	tests := []struct {
		method, header, value string
		want                  answer
	}{
		{"POST", "Origin", "http://127.0.0.1:4711", fine},
		{"POST", "Origin", "http://localhost:4711", says(badOrigin)}, // ours, but not the one of this Host
		{"POST", "Origin", "https://127.0.0.1:4711", says(badOrigin)},
		{"POST", "Origin", "http://127.0.0.1:4712", says(badOrigin)},
		{"POST", "Origin", "http://evil.example", says(badOrigin)},
		{"POST", "Origin", "null", says(badOrigin)},
		{"POST", "Origin", "", says(badOrigin)},
		{"POST", "Sec-Fetch-Site", "same-origin", fine},
		{"POST", "Sec-Fetch-Site", "same-site", says(badOrigin)},
		{"POST", "Sec-Fetch-Site", "cross-site", says(badOrigin)},
		{"POST", "Sec-Fetch-Site", "none", says(badOrigin)},
		{"GET", "Sec-Fetch-Site", "none", fine},
		{"GET", "Sec-Fetch-Site", "cross-site", says(badOrigin)},
		{"GET", "Sec-Fetch-Site", "unknown", says(badOrigin)},
		{"GET", "Origin", "http://evil.example", says(badOrigin)},
	}
	paths := map[string][]string{"POST": {"/api/pause"}, "GET": {"/api/state", "/", "/main.js"}}
	for _, test := range tests {
		for _, path := range paths[test.method] {
			r := request(test.method, path, "")
			r.Header.Set(test.header, test.value)
			if got, _ := ask(s, r); got != test.want {
				t.Errorf("%s %s with %s %q: got %v, want %v", test.method, path, test.header, test.value, got, test.want)
			}
		}
	}
}

func TestSecondOriginIsRead(t *testing.T) {
	s := newServer(t, newFakeControl())
	r := request("POST", "/api/pause", "")
	r.Header["Origin"] = []string{"http://127.0.0.1:4711", "http://evil.example"}
	expect(t, s, r, says(badOrigin))
}

// A request with several faults is refused for the first in the order of the
// package doc.
func TestOrderOfChecks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		r := request("PUT", "/api/nothing?x=1", "no json")
		r.Host = "evil.example"
		r.Header.Set("Origin", "http://evil.example")
		r.Header.Set("Authorization", "Bearer wrong")
		expect(t, s, r, says(badHost))
		r.Host = testAddr
		expect(t, s, r, says(badOrigin))
		r.Header.Del("Origin")
		expect(t, s, r, says(badToken))
		r.Header.Set("Authorization", "Bearer "+testToken)
		expect(t, s, r, says(noSuchCall))
		r.URL.Path = "/api/pause"
		expect(t, s, r, says(badMethod))
		r.Method = "POST"
		expect(t, s, r, says(badQuery))
		r.URL.RawQuery = ""
		r.Header.Set("Content-Type", "text/plain")
		expect(t, s, r, says(badType))
	})
}

func TestToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		for _, value := range []string{
			"", testToken, "Bearer", "Bearer ", "bearer " + testToken, "Bearer  " + testToken, "Bearer " + testToken + " ",
			"Basic " + testToken, "Bearer " + testToken[:63], "Bearer " + testToken + "0", "Bearer " + strings.ToUpper(testToken),
		} {
			r := request("GET", "/api/state", "")
			r.Header.Set("Authorization", value)
			if w := expect(t, s, r, says(badToken)); w.Header().Get("WWW-Authenticate") != "Bearer" {
				t.Error("a refused token is not told which kind is wanted")
			}
		}
		r := request("GET", "/api/state", "")
		r.Header.Add("Authorization", "Bearer "+testToken)
		expect(t, s, r, says(badToken))
		expect(t, s, request("GET", "/api/state?token="+testToken, ""), says(badQuery))
		expect(t, s, request("GET", "/api/state", ""), fine)
	})
}

func TestHeaders(t *testing.T) {
	s := newServer(t, newFakeControl())
	wrongHost := request("GET", "/", "")
	wrongHost.Host = "evil.example"
	for _, r := range []*http.Request{
		request("GET", "/", ""), request("GET", "/api/state", ""), request("GET", "/missing", ""), request("OPTIONS", "/api/grants", ""), wrongHost,
	} {
		r.Header.Set("Origin", "http://"+testAddr)
		_, w := ask(s, r)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
				"img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
			"X-Content-Type-Options": "nosniff",
			"Cache-Control":          "no-store",
			"Referrer-Policy":        "no-referrer",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s %s: %s is %q", r.Method, r.URL.Path, name, got)
			}
		}
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control-") || name == "Set-Cookie" {
				t.Errorf("%s %s: sends %s", r.Method, r.URL.Path, name)
			}
		}
	}
}
