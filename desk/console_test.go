package desk_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

func TestConnectAndLeave(t *testing.T) {
	t.Parallel()
	url := desktest.Start(t, server.Config{})
	d := desk.NewDevice(desk.Config{URL: url, Answer: echo})
	desktest.Run(t, d.Run)
	code, err := d.Ring(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer, resource, err := desk.Connect(t.Context(), url+"/", code.Text, []byte("v=0 offer"))
	if err != nil || string(answer) != "v=0 offer" || !strings.HasPrefix(resource, url+"/api/connections/") {
		t.Fatalf("got %q, %q, %v", answer, resource, err)
	}
	for range 2 { // the second time there is nothing to leave
		if err := desk.Leave(t.Context(), resource); err != nil {
			t.Error(err)
		}
	}
}

// No URL leads away from this machine, for the device or for the console.
func TestOnlyLoopback(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"http://192.0.2.1:80":         "until identities exist",
		"http://desk.example":         "until identities exist",
		"http://localhost.example:80": "until identities exist",
		"http://127.0.0.1.example":    "until identities exist",
		"http://0.0.0.0:80":           "until identities exist",
		"http://[::]:80":              "until identities exist",
		"http://2130706433:80":        "until identities exist",
		"http://":                     "until identities exist",
		"ws://127.0.0.1:80":           "nothing more",
		"127.0.0.1:80":                "first path segment",
		"http://127.0.0.1:80/desk":    "nothing more",
		"http://127.0.0.1:80/?a=b":    "nothing more",
		"http://127.0.0.1:80/#code":   "nothing more",
		"http://me@127.0.0.1:80":      "nothing more",
		"":                            "nothing more",
	} {
		errs := map[string]error{"Run": desk.NewDevice(desk.Config{URL: url}).Run(t.Context())}
		_, _, errs["Connect"] = desk.Connect(t.Context(), url, "0000-0000", nil)
		for name, err := range errs {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s with %q: %v", name, url, err)
			}
		}
	}
	for _, resource := range []string{"http://192.0.2.1/api/connections/0", "http://127.0.0.1:1/", "/api/connections/0", ""} {
		if err := desk.Leave(t.Context(), resource); err == nil {
			t.Errorf("left %q", resource)
		}
	}
	for _, host := range []string{"127.0.0.1", "127.9.9.9", "::1", "localhost"} {
		if err := desk.Loopback(host); err != nil {
			t.Error(err)
		}
	}
}

// A console believes a desk little.
func TestHostileDesk(t *testing.T) {
	t.Parallel()
	location := func(w http.ResponseWriter, to string) { w.Header().Set("Location", to) }
	for name, x := range map[string]struct {
		serve http.HandlerFunc
		want  string
	}{
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusTemporaryRedirect)
		}, "refused"},
		"no location": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }, "no connection of its own"},
		"location elsewhere": {func(w http.ResponseWriter, _ *http.Request) {
			location(w, "http://127.0.0.1:1/api/connections/0")
			w.WriteHeader(http.StatusCreated)
		}, "no connection of its own"},
		"location beside": {func(w http.ResponseWriter, _ *http.Request) {
			location(w, "/api/device")
			w.WriteHeader(http.StatusCreated)
		}, "no connection of its own"},
		"answer too large": {func(w http.ResponseWriter, _ *http.Request) {
			location(w, "/api/connections/0")
			w.WriteHeader(http.StatusCreated)
			w.Write(make([]byte, frame.MaxSDP+1))
		}, "over 16384 bytes"},
		"answer cut off": {func(w http.ResponseWriter, _ *http.Request) {
			location(w, "/api/connections/0")
			w.Header().Set("Content-Length", "10")
			w.WriteHeader(http.StatusCreated)
			w.Write([]byte("v=0"))
		}, "unexpected EOF"},
		"headers without end": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Fill", strings.Repeat("x", 64<<10))
			w.WriteHeader(http.StatusCreated)
		}, "headers exceeded"},
		"no JSON": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "go away", http.StatusTeapot) }, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hostile := httptest.NewServer(x.serve)
			defer hostile.Close()
			answer, _, err := desk.Connect(t.Context(), hostile.URL, "0000-0000", []byte("v=0"))
			if err == nil || !strings.Contains(err.Error(), x.want) || answer != nil {
				t.Errorf("got %.20q, %v; want %s", answer, err, x.want)
			}
		})
	}
}

// The largest answer passes.
func TestLargestAnswer(t *testing.T) {
	t.Parallel()
	generous := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/api/connections/0")
		w.WriteHeader(http.StatusCreated)
		w.Write(make([]byte, frame.MaxSDP))
	}))
	defer generous.Close()
	answer, _, err := desk.Connect(t.Context(), generous.URL, "0000-0000", []byte("v=0"))
	if len(answer) != frame.MaxSDP || err != nil {
		t.Errorf("%d bytes, %v", len(answer), err)
	}
}

func TestRefusedIsTyped(t *testing.T) {
	t.Parallel()
	_, _, err := desk.Connect(t.Context(), desktest.Start(t, server.Config{}), "0000-0000", []byte("v=0"))
	var refused *desk.Refused
	if !errors.As(err, &refused) || refused.ID != "code_wrong" || refused.Status != http.StatusNotFound || refused.Message == "" {
		t.Errorf("got %v", err)
	}
}

// A desk that sends its device elsewhere is not followed.
func TestNoRedirect(t *testing.T) {
	t.Parallel()
	followed := make(chan string, 10)
	asked := make(chan string, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { followed <- r.URL.Path }))
	defer elsewhere.Close()
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	}))
	defer here.Close()
	d := desk.NewDevice(desk.Config{URL: here.URL})
	desktest.Run(t, d.Run)
	for range 2 { // the second try comes after the first has failed
		if path := <-asked; path != "/api/device" {
			t.Errorf("asked for %s", path)
		}
	}
	select {
	case path := <-followed:
		t.Errorf("followed to %s", path)
	default:
	}
}
