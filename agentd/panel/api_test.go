package panel

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestCalls(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	for _, test := range []struct{ method, path, body, act string }{
		{"POST", "/api/grants", `{"session":"s1","scopes":["view"]}`, "grant s1 [view]"},
		{"POST", "/api/grants", `{"scopes":["view","ink","pointer","keyboard"],"session":"s1"}`, "grant s1 [view ink pointer keyboard]"},
		{"POST", "/api/grants", ` {"session" : "s1", "scopes" : [ ] } `, "grant s1 []"},
		{"DELETE", "/api/grants/view", "", "revoke view"},
		{"DELETE", "/api/grants/keyboard", "", "revoke keyboard"},
		{"POST", "/api/windows/7/show", "", "show 7"},
		{"POST", "/api/windows/4294967295/show", "{}", "show 4294967295"},
		{"POST", "/api/fields/allow", `{"session":"s1","field":"Password"}`, "allow s1 [Password]"},
		{"POST", "/api/pause", "", "pause"},
		{"POST", "/api/pause", "{}", "pause"},
		{"POST", "/api/resume", "", "resume"},
		{"POST", "/api/stop", "", "stop"},
		{"POST", "/api/ring", "", "ring"},
		{"POST", "/api/cancel", "", "cancel"},
	} {
		w := expect(t, s, request(test.method, test.path, test.body), fine)
		if got := c.done(); got != test.act {
			t.Errorf("%s %s: did %q, want %q", test.method, test.path, got, test.act)
		}
		var after State
		if err := json.Unmarshal(w.Body.Bytes(), &after); err != nil || after.Number != 1 {
			t.Errorf("%s %s: answered %s, want the state", test.method, test.path, w.Body)
		}
	}
}

// Every path takes one method; no other has an effect, GET least of all.
func TestMethods(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	takes := map[string]string{
		"/": "GET", "/main.js": "GET", "/api/state": "GET", "/api/token": "POST", "/api/link": "POST",
		"/api/grants": "POST", "/api/grants/view": "DELETE", "/api/pause": "POST", "/api/resume": "POST",
		"/api/view": "GET", "/api/windows/7/show": "POST", "/api/fields/allow": "POST",
		"/api/stop": "POST", "/api/ring": "POST", "/api/cancel": "POST",
	}
	for path, right := range takes {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"} {
			if method == right {
				continue
			}
			s.known.SetBurst(1 << 20) // the rate has its own test
			w := expect(t, s, request(method, path, ""), says(badMethod))
			if got := w.Header().Get("Allow"); got != right {
				t.Errorf("%s %s: Allow is %q, want %q", method, path, got, right)
			}
		}
		s = newServer(t, c)
	}
	if acts := c.done(); acts != "" {
		t.Errorf("wrong methods did %s", acts)
	}
}

func TestUnknownPaths(t *testing.T) {
	s := newServer(t, newFakeControl())
	for _, path := range []string{
		"/api/", "/api/State", "/api/state/", "/api/grants/", "/api/grants/view/", "/api/grants/view/x", "/api//stop", "/api/view/", "/api/windows/", "/api/windows/7", "/api/windows/7/", "/api/windows//show", "/api/windows/7/show/", "/api/windows/7/8/show",
		"/api/windows/7/hide", "/api/windowsshow", "/api/fields/", "/api/fields", "/api/stopx",
		"/x", "/page/", "/panel.go", "/../panel.go", "/test/view.test.js", "/package.json", "/tsconfig.json", "/.", "//",
	} {
		r := request("GET", "/", "")
		r.URL.Path = path
		expect(t, s, r, says(noSuchCall))
	}
}

func TestScopes(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	for _, scopes := range []string{
		`["view","view"]`, `["View"]`, `["view "]`, `[""]`, `["clipboard"]`, `["view","ink","pointer","keyboard","view"]`,
	} {
		expect(t, s, request("POST", "/api/grants", `{"session":"s1","scopes":`+scopes+`}`), says(badScope))
	}
	for _, scope := range []string{"View", "all", "view%20", "*"} {
		expect(t, s, request("DELETE", "/api/grants/"+scope, ""), says(badScope))
	}
	if acts := c.done(); acts != "" {
		t.Errorf("wrong scopes did %s", acts)
	}
}

func TestWindowNumbers(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	for _, id := range []string{"4294967296", "-1", "+1", "01", "0x7", "7.0", "%207", "seven", "*"} {
		expect(t, s, request("POST", "/api/windows/"+id+"/show", ""), says(badWindow))
	}
	expect(t, s, request("POST", "/api/windows/7/show", `{"id":7}`), says(badBody))
	if acts := c.done(); acts != "" {
		t.Errorf("wrong windows did %s", acts)
	}
}

func TestFieldLimit(t *testing.T) {
	s := newServer(t, newFakeControl())
	body := func(session, field int) string {
		return `{"session":"` + strings.Repeat("x", session) + `","field":"` + strings.Repeat("ü", field) + `"}`
	}
	expect(t, s, request("POST", "/api/fields/allow", body(maxSession, MaxField)), fine)
	for _, wrong := range []string{body(maxSession+1, 1), body(0, 1), body(1, MaxField+1), body(1, 0)} {
		expect(t, s, request("POST", "/api/fields/allow", wrong), says(badBody))
	}
}

func TestSessionIDLimit(t *testing.T) {
	s := newServer(t, newFakeControl())
	body := func(n int) string { return `{"scopes":[],"session":"` + strings.Repeat("x", n) + `"}` }
	expect(t, s, request("POST", "/api/grants", body(maxSession)), fine)
	expect(t, s, request("POST", "/api/grants", body(maxSession+1)), says(badBody))
	expect(t, s, request("POST", "/api/grants", body(0)), says(badBody))
}

func TestRefusalsOfTheDaemon(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	c.err = &Refusal{ID: "too_early", Message: "Please read first."}
	w := expect(t, s, request("POST", "/api/grants", `{"session":"s1","scopes":["view"]}`), answer{409, "too_early"})
	if got, want := strings.TrimSpace(w.Body.String()), `{"error":"too_early","message":"Please read first."}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c.err = &Refusal{Status: 503, ID: "no_desk", Message: "The desk does not answer."}
	expect(t, s, request("POST", "/api/ring", ""), answer{503, "no_desk"})
	c.err = errBroken
	w = expect(t, s, request("POST", "/api/stop", ""), says(internal))
	if strings.Contains(w.Body.String(), "secrets") {
		t.Error("an internal error was told to the page")
	}
}

func TestLongWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		s := newServer(t, c)
		ask := func(after string) (State, time.Duration) {
			begin := time.Now()
			w := expect(t, s, request("GET", "/api/state?after="+after, ""), fine)
			var got State
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			return got, time.Since(begin)
		}
		if got, took := ask("0"); got.Number != 1 || took != 0 {
			t.Errorf("an older number: %d after %v", got.Number, took)
		}
		if got, took := ask("9"); got.Number != 1 || took != 0 {
			t.Errorf("a number from an earlier life: %d after %v", got.Number, took)
		}
		if got, took := ask("1"); got.Number != 1 || took != waitTime {
			t.Errorf("nothing happened: %d after %v", got.Number, took)
		}
		time.AfterFunc(3*time.Second, func() { c.show(State{State: Waiting}) })
		if got, took := ask("1"); got.Number != 2 || got.State != Waiting || took != 3*time.Second {
			t.Errorf("a change: %d %s after %v", got.Number, got.State, took)
		}
	})
}

func TestAfter(t *testing.T) {
	s := newServer(t, newFakeControl())
	for _, query := range []string{
		"after", "after=", "after=-1", "after=1.0", "after=0x1", "after=+1", "after=18446744073709551616", "after=0&after=0", "after=0&x=1", "x=1", "after=0;x", "%zz",
	} {
		r := request("GET", "/api/state", "")
		r.URL.RawQuery = query
		expect(t, s, r, says(badQuery))
	}
	expect(t, s, request("GET", "/api/state?after=18446744073709551615", ""), fine)
}

// The keys of the contract, as a client in another language reads them.
func TestStateKeys(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	asked := Session{ID: "s1", Name: "Maria", State: Asked, Requested: []string{View}, AskedSince: time.Unix(1e9, 0).UTC(),
		Injected: Injected{Pointer: 1, Button: 2, Wheel: 3, Key: 4, Text: 5}, Refused: 6, Strokes: 7, Hand: true, Field: "PIN", Recording: RecordingOn}
	c.show(State{State: Asked, Session: &asked, Sessions: []Session{asked}, Over: &Ending{Code: 3}, Privacy: Privacy{
		Unknown: "ask", Mode: ModeRules, Protects: true, Windows: []Window{{ID: 7, Title: "Letter", Program: "/usr/bin/xterm", State: WindowUnsure}}}})
	w := expect(t, s, request("GET", "/api/state", ""), fine)
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	session := map[string]any{
		"id": "s1", "name": "Maria", "state": "asked", "reason": "", "requested": []any{"view"}, "granted": []any{},
		"asked_since": "2001-09-09T01:46:40Z", "asked_seconds": 0., "frames": 0., "bytes": 0.,
		"injected": map[string]any{"pointer": 1., "button": 2., "wheel": 3., "key": 4., "text": 5.}, "refused": 6., "strokes": 7., "hand": true,
		"field": "PIN", "recording": "on", "cap": 0.,
	}
	want := map[string]any{
		"number": 2., "state": "asked", "name": "", "display": "", "screen": "", "code": "", "console": "",
		"desk": map[string]any{"url": "", "connected": false}, "code_age_seconds": 0., "code_expires_in_seconds": 0.,
		"session": session, "sessions": []any{session}, "privacy": map[string]any{
			"unknown": "ask", "mode": "rules", "protects": true, "sentence": "", "windows": []any{map[string]any{
				"id": 7., "title": "Letter", "program": "/usr/bin/xterm", "toolkit": "", "state": "unsure", "why": "", "secrets": 0.}}},
		"over":   map[string]any{"code": 3., "reason": "", "name": ""},
		"policy": map[string]any{"consent_delay_seconds": 0., "control_delay_seconds": 0., "answer_seconds": 0.},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
