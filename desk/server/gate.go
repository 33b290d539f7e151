package server

import (
	"net/http"
	"strings"
)

// headers go out with every reply. The policy has no inline code, no other
// origin and no frame; the two cross-origin ones make the page isolated, so
// that it has fine timers.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
		"connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
}

// gate lets a request through to next: first the headers of the reply, then
// the Host, then who sent it, then how often.
func (s *Server) gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.work.enter() {
			deskStopping.write(w)
			return
		}
		defer s.work.leave()
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if strings.HasPrefix(r.URL.Path, "/api/") {
			w.Header().Set("Cache-Control", "no-store")
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		if refused := s.judge(r); refused != nil {
			s.log.Debug("desk: request refused", "why", refused.ID, "method", r.Method)
			refused.write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// judge tells why a request may not come in, nil if it may.
func (s *Server) judge(r *http.Request) *problem {
	switch {
	case !s.hosts[strings.ToLower(r.Host)]:
		return forbiddenHost
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return nil
	case !sameOrigin(r):
		return forbiddenOrigin
	case !s.callers.allow(r.RemoteAddr):
		return tooMany
	}
	return nil
}

// sameOrigin tells whether a request comes from the desk's own page, or from
// no page at all. The Host is one of ours by now.
func sameOrigin(r *http.Request) bool {
	for _, origin := range r.Header.Values("Origin") {
		if !strings.EqualFold(origin, "http://"+r.Host) {
			return false
		}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" {
			return false
		}
	}
	return true
}
