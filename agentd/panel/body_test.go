package panel

import (
	"strings"
	"testing"
)

func TestBodyForm(t *testing.T) {
	c := newFakeControl()
	s := newServer(t, c)
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `"x"`, `{`, `{"session":"s","scopes":[]`, `{"session":"s","scopes":[]}{}`, `{"session":"s","scopes":[]} x`,
		`{"session":"s"}`, `{"scopes":[]}`, `{"session":"s","scopes":[],"more":1}`, `{"Session":"s","scopes":[]}`,
		`{"session":"s","session":"t","scopes":[]}`, `{"session":"s","scopes":[],"scopes":["view"]}`,
		`{"session":null,"scopes":[]}`, `{"session":"s","scopes":null}`, `{"session":"s","scopes":[null]}`,
		`{"session":1,"scopes":[]}`, `{"session":"s","scopes":"view"}`, `{"session":"s","scopes":{"0":"view"}}`, `{"session":"s","scopes":[["view"]]}`,
		"{\"session\":\"\xff\",\"scopes\":[]}", `{'session':'s','scopes':[]}`, `{"session":"s","scopes":[],}`,
		strings.Repeat("[", 4000), strings.Repeat(`{"session":`, 300),
	} {
		r := request("POST", "/api/grants", body)
		r.Header.Set("Content-Type", "application/json")
		expect(t, s, r, says(badBody))
	}
	for _, body := range []string{`{"x":1}`, `[]`, `null`, `0`, ` `} {
		expect(t, s, request("POST", "/api/stop", body), says(badBody))
	}
	if acts := c.done(); acts != "" {
		t.Errorf("malformed bodies did %s", acts)
	}
}

func TestContentType(t *testing.T) {
	s := newServer(t, newFakeControl())
	for kind, want := range map[string]answer{
		"application/json":                  fine,
		"application/json; charset=utf-8":   fine,
		"Application/JSON":                  fine,
		"":                                  says(badType),
		"text/plain":                        says(badType),
		"application/x-www-form-urlencoded": says(badType),
		"multipart/form-data; boundary=x":   says(badType),
		"application/json5":                 says(badType),
		"text/plain; application/json":      says(badType),
	} {
		r := request("POST", "/api/grants", `{"session":"s","scopes":[]}`)
		r.Header.Set("Content-Type", kind)
		expect(t, s, r, want)
	}
}

func TestBodySize(t *testing.T) {
	s := newServer(t, newFakeControl())
	body := func(n int) string {
		const object = `{"session":"s","scopes":[]}`
		return object + strings.Repeat(" ", n-len(object))
	}
	for _, known := range []bool{true, false} { // by Content-Length, or in chunks
		for n, want := range map[int]answer{maxBody: fine, maxBody + 1: says(tooLarge), 1 << 20: says(tooLarge)} {
			r := request("POST", "/api/grants", body(n))
			if !known {
				r.ContentLength = -1
			}
			expect(t, s, r, want)
		}
	}
	expect(t, s, request("GET", "/api/state", "{}"), fine)
	expect(t, s, request("GET", "/api/state", body(maxBody+1)), says(tooLarge))
	expect(t, s, request("DELETE", "/api/grants/view", body(maxBody)), says(badBody))
}
