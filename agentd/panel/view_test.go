package panel

import (
	"bytes"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// picture is a flat one, with these areas hidden.
func picture(private ...Private) Picture {
	return Picture{PNG: []byte("\x89PNG…"), Private: private}
}

// private is a hidden area.
func private(x0, y0, x1, y1 int, why string) Private { return Private{image.Rect(x0, y0, x1, y1), why} }

func TestView(t *testing.T) {
	c := newFakeControl()
	c.paint(picture(private(10, 20, 40, 60, PrivateField), private(0, 0, 100, 50, PrivateWindow)), nil)
	w := expect(t, newServer(t, c), request("GET", "/api/view", ""), fine)
	if !bytes.Equal(w.Body.Bytes(), c.picture.PNG) {
		t.Errorf("got %q", w.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": "image/png", "Content-Length": fmt.Sprint(len(c.picture.PNG)), "View-Number": "1",
		"View-Private": "0 0 100 50 window, 10 20 30 40 field", "Cache-Control": "no-store", "Content-Security-Policy": policy,
		"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A view waits for a picture that the page does not have, and not for long.
func TestViewWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		s := newServer(t, c)
		look := func(query string, status int, after time.Duration) *httptest.ResponseRecorder {
			t.Helper()
			begin := time.Now()
			w := expect(t, s, request("GET", "/api/view"+query, ""), answer{Status: status})
			if took := time.Since(begin); took != after {
				t.Errorf("view%s: after %v, want %v", query, took, after)
			}
			return w
		}
		if w := look("", http.StatusNoContent, viewTime); w.Body.Len() > 0 || w.Header().Get("View-Number") != "" {
			t.Errorf("no picture came as %q, %v", w.Body, w.Header())
		}
		c.paint(picture(), nil)
		look("", http.StatusOK, 0)
		look("?after=0", http.StatusOK, 0)
		look("?after=7", http.StatusOK, 0) // of an earlier life
		look("?after=1", http.StatusNoContent, viewTime)
		time.AfterFunc(time.Second, func() { c.paint(picture(), nil) })
		if got := look("?after=1", http.StatusOK, time.Second).Header().Get("View-Number"); got != "2" {
			t.Errorf("the next picture is number %s", got)
		}
	})
}

// What the panel refuses to all, it refuses to who wants to see the screen, and
// the daemon is not even asked.
func TestViewRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		c.paint(picture(), nil)
		s := newServer(t, c)
		for _, test := range []struct {
			spoil func(*http.Request)
			want  answer
		}{
			{func(r *http.Request) { r.Host = foreignName + ":4711" }, says(badHost)},
			{func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") }, says(badOrigin)},
			{func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, says(badOrigin)},
			{func(r *http.Request) { r.Header.Del("Authorization") }, says(badToken)},
			{func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+strings.Repeat("0", 64)) }, says(badToken)},
			{func(r *http.Request) { r.URL.RawQuery = "token=" + testToken }, says(badQuery)},
			{func(r *http.Request) { r.URL.RawQuery = "after=-1" }, says(badQuery)},
			{func(r *http.Request) { r.URL.RawQuery = "after=1&after=2" }, says(badQuery)},
		} {
			r := request("GET", "/api/view", "")
			test.spoil(r)
			if w := expect(t, s, r, test.want); bytes.Contains(w.Body.Bytes(), c.picture.PNG) {
				t.Error("the picture was in the refusal")
			}
		}
		expect(t, s, request("GET", "/api/view", `{"x":1}`), says(badBody))
		if c.views != 0 {
			t.Errorf("the daemon was asked %d times", c.views)
		}
		c.paint(Picture{}, &Refusal{ID: "not_seen", Message: "Nobody sees your screen."})
		expect(t, s, request("GET", "/api/view", ""), answer{409, "not_seen"})
		c.paint(Picture{}, errBroken)
		expect(t, s, request("GET", "/api/view", ""), says(internal))
	})
}

func TestViewRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeControl()
		c.paint(picture(), nil)
		s := newServer(t, c)
		for range perSecond {
			expect(t, s, request("GET", "/api/view", ""), fine)
		}
		expect(t, s, request("GET", "/api/view", ""), says(tooFast))
		expect(t, s, request("POST", "/api/stop", ""), fine)
	})
}

func TestPrivateAreaLimit(t *testing.T) {
	list := make([]Private, maxPrivate)
	for i := range list {
		list[i] = private(i, 0, i+2, 2, PrivateUnsure)
	}
	if got := strings.Count(areas(list), ", ") + 1; got != maxPrivate {
		t.Errorf("%d of %d are named", got, maxPrivate)
	}
	said := areas(append(list, private(0, 0, 9, 9, PrivateField)))
	if got := strings.Count(said, ", ") + 1; got != maxPrivate || !strings.HasPrefix(said, "0 0 9 9 field, 0 0 2 2 unsure, ") {
		t.Errorf("of one more %d are named: %s", got, said)
	}
	if said := areas(nil); said != "" {
		t.Errorf("none is %q", said)
	}
}
