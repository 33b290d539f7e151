package panel

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// serve answers one request: the checks that need no token first.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.answering.RLock()
	defer s.answering.RUnlock()
	harden(w.Header())
	limitBody(w, r)
	switch {
	case !s.ownHost(r):
		s.refuse(w, r, badHost)
	case !ownOrigin(r):
		s.refuse(w, r, badOrigin)
	case strings.HasPrefix(r.URL.Path, "/api/"):
		s.serveAPI(w, r)
	default:
		s.serveFile(w, r)
	}
}

// policy is the page's Content-Security-Policy: files of our own, and nothing
// inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// harden sets the headers that every answer carries.
func harden(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// limitBody gives a body bodyTime to arrive. A request without one keeps the
// connection free of deadlines, because they would end a long wait.
func limitBody(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		// A recorder in a test has no deadlines, and needs none.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime))
	}
}

// ownHost stops DNS rebinding: a foreign page that has its own name point to
// us still sends that name.
func (s *Server) ownHost(r *http.Request) bool {
	port := ":" + strconv.Itoa(int(s.addr.Port()))
	switch r.Host {
	case "127.0.0.1" + port, "[::1]" + port, "localhost" + port:
		return true
	}
	return false
}

// ownOrigin stops requests that a foreign page makes the browser send. Programs
// that are no browsers send neither header.
func ownOrigin(r *http.Request) bool {
	for _, origin := range r.Header.Values("Origin") {
		if origin != "http://"+r.Host {
			return false
		}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		typed := site == "none" && r.Method == http.MethodGet
		if site != "same-origin" && !typed {
			return false
		}
	}
	return true
}

// bearer returns the token of a request, empty when there is not exactly one.
func bearer(r *http.Request) string {
	values := r.Header.Values("Authorization")
	if len(values) != 1 {
		return ""
	}
	token, ok := strings.CutPrefix(values[0], "Bearer ")
	if !ok {
		return ""
	}
	return token
}

// slow holds back the answer to a wrong token or code, so that guessing takes
// time. It holds up nobody else.
func slow(ctx context.Context) {
	select {
	case <-time.After(wrongTime):
	case <-ctx.Done():
	}
}
