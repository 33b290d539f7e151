package panel

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// call is one row of the API.
type call struct {
	method string
	path   string // with a final slash: one more element follows
	do     func(*Server, *http.Request) error
}

// calls is the whole API but for state, token and link, which answer with
// something else than the state after the call.
var calls = []call{
	{http.MethodPost, "/api/grants", (*Server).grant},
	{http.MethodDelete, "/api/grants/", (*Server).revoke},
	{http.MethodPost, "/api/pause", plain(Control.Pause)},
	{http.MethodPost, "/api/resume", plain(Control.Resume)},
	{http.MethodPost, stopPath, plain(Control.Stop)},
	{http.MethodPost, "/api/ring", plain(Control.Ring)},
	{http.MethodPost, "/api/cancel", plain(Control.Cancel)},
}

const (
	statePath = "/api/state"
	tokenPath = "/api/token"
	linkPath  = "/api/link"
	stopPath  = "/api/stop" // never refused for the rate: ending is always possible
)

// serveAPI checks token and rate, and answers the call.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	who := s.keys.holder(bearer(r))
	switch {
	case r.URL.Path == tokenPath:
		s.serveToken(w, r)
		return
	case who == nobody:
		s.refuseStranger(w, r, badToken)
		return
	}
	trust(r.Context())
	if !s.known.Allow() && r.URL.Path != stopPath {
		s.refuse(w, r, tooFast)
		return
	}
	answer, err := s.answer(w.Header(), r, who)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, answer)
}

// refuseStranger answers a wrong token or code: slowly, and not too often.
func (s *Server) refuseStranger(w http.ResponseWriter, r *http.Request, no *Refusal) {
	if !s.strangers.Allow() {
		no = tooFast
	} else {
		slow(r.Context())
	}
	s.refuse(w, r, no)
}

// answer carries out one call and returns what the client reads.
func (s *Server) answer(h http.Header, r *http.Request, who holder) (any, error) {
	switch r.URL.Path {
	case statePath:
		return s.state(h, r)
	case linkPath:
		return s.link(h, r, who)
	}
	row := slices.IndexFunc(calls, func(c call) bool { return c.matches(r.URL.Path) })
	if row < 0 {
		return nil, noSuchCall
	}
	if err := accept(h, r, calls[row].method); err != nil {
		return nil, err
	}
	if err := calls[row].do(s, r); err != nil {
		return nil, err
	}
	return presentable(s.control.State()), nil
}

func (c call) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, c.path)
	return ok && (rest == "") != strings.HasSuffix(c.path, "/") && !strings.Contains(rest, "/")
}

// accept checks the method, and that there is no query.
func accept(h http.Header, r *http.Request, method string) error {
	if r.Method != method {
		h.Set("Allow", method)
		return badMethod
	}
	if r.URL.RawQuery != "" && r.URL.Path != statePath {
		return badQuery
	}
	return nil
}

// state answers at once without after, and otherwise waits for a newer state.
// A number from the future belongs to an earlier life of the daemon.
func (s *Server) state(h http.Header, r *http.Request) (any, error) {
	if err := accept(h, r, http.MethodGet); err != nil {
		return nil, err
	}
	if err := readBody(r, nil); err != nil {
		return nil, err
	}
	state := s.control.State()
	if r.URL.RawQuery == "" {
		return presentable(state), nil
	}
	after, err := parseAfter(r.URL.RawQuery)
	if err != nil {
		return nil, err
	}
	if after == state.Number {
		ctx, end := context.WithTimeout(r.Context(), waitTime)
		defer end()
		state = s.control.Wait(ctx, after)
	}
	return presentable(state), nil
}

// parseAfter reads the query of a state call.
func parseAfter(query string) (uint64, error) {
	values, err := url.ParseQuery(query)
	if err != nil || len(values) != 1 || len(values["after"]) != 1 {
		return 0, badQuery
	}
	after, err := strconv.ParseUint(values.Get("after"), 10, 64)
	if err != nil {
		return 0, badQuery
	}
	return after, nil
}
