package panel

import (
	"net/http"
	"slices"
	"strings"
)

// call is one row of the API.
type call struct {
	method string
	path   string // {…} stands for one element, which do finds as elementKey
	do     func(*Server, *http.Request) error
}

// calls is the whole API but for state, view, token and link, which answer with
// something else than the state after the call.
var calls = []call{
	{http.MethodPost, "/api/grants", (*Server).grant},
	{http.MethodDelete, "/api/grants/{scope}", (*Server).revoke},
	{http.MethodPost, "/api/windows/{id}/show", (*Server).show},
	{http.MethodPost, "/api/fields/allow", (*Server).allowField},
	{http.MethodPost, "/api/pause", plain(Control.Pause)},
	{http.MethodPost, "/api/resume", plain(Control.Resume)},
	{http.MethodPost, stopPath, plain(Control.Stop)},
	{http.MethodPost, "/api/ring", plain(Control.Ring)},
	{http.MethodPost, "/api/cancel", plain(Control.Cancel)},
}

const (
	statePath = "/api/state"
	viewPath  = "/api/view"
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
	if picture, ok := answer.(Picture); ok {
		writePicture(w, picture)
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
	case viewPath:
		return s.view(h, r)
	case linkPath:
		return s.link(h, r, who)
	}
	row := slices.IndexFunc(calls, func(c call) bool { return c.matches(r) })
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

// elementKey is the name of a path's element, for http.Request.PathValue.
const elementKey = "element"

// matches says whether the request's path is the call's, and notes its element.
func (c call) matches(r *http.Request) bool {
	before, after, has := strings.Cut(c.path, "{")
	if !has {
		return r.URL.Path == c.path
	}
	_, after, _ = strings.Cut(after, "}")
	rest, ok := strings.CutPrefix(r.URL.Path, before)
	element, fits := strings.CutSuffix(rest, after)
	r.SetPathValue(elementKey, element)
	return ok && fits && element != "" && !strings.Contains(element, "/")
}

// accept checks the method, and that there is no query.
func accept(h http.Header, r *http.Request, method string) error {
	if r.Method != method {
		h.Set("Allow", method)
		return badMethod
	}
	if r.URL.RawQuery != "" && r.URL.Path != statePath && r.URL.Path != viewPath {
		return badQuery
	}
	return nil
}
