package panel

import (
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"
)

// plain is a call that takes nothing.
func plain(act func(Control) error) func(*Server, *http.Request) error {
	return func(s *Server, r *http.Request) error {
		if err := readBody(r, nil); err != nil {
			return err
		}
		return act(s.control)
	}
}

// grant hands on the user's answer to a request.
func (s *Server) grant(r *http.Request) error {
	var session string
	var scopes []string
	if err := readBody(r, map[string]any{"session": &session, "scopes": &scopes}); err != nil {
		return err
	}
	if session == "" || len(session) > maxSession {
		return badBody
	}
	if !validScopes(scopes) {
		return badScope
	}
	return s.control.Grant(session, scopes)
}

// revoke takes the scope back that the path names.
func (s *Server) revoke(r *http.Request) error {
	if err := readBody(r, nil); err != nil {
		return err
	}
	scope := r.PathValue(elementKey)
	if !validScopes([]string{scope}) {
		return badScope
	}
	return s.control.Revoke(scope)
}

// show shows the window that the path names.
func (s *Server) show(r *http.Request) error {
	if err := readBody(r, nil); err != nil {
		return err
	}
	named := r.PathValue(elementKey)
	window, err := strconv.ParseUint(named, 10, 32)
	if err != nil || strconv.FormatUint(window, 10) != named {
		return badWindow
	}
	return s.control.Show(uint32(window))
}

// allowField lets a session type into one hidden field.
func (s *Server) allowField(r *http.Request) error {
	var session, field string
	if err := readBody(r, map[string]any{"session": &session, "field": &field}); err != nil {
		return err
	}
	if session == "" || len(session) > maxSession || field == "" || utf8.RuneCountInString(field) > MaxField {
		return badBody
	}
	return s.control.AllowField(session, field)
}

// validScopes reports whether each scope is known and named once.
func validScopes(scopes []string) bool {
	for i, scope := range scopes {
		switch scope {
		case View, Ink, Pointer, Keyboard:
		default:
			return false
		}
		if slices.Contains(scopes[:i], scope) {
			return false
		}
	}
	return true
}

// serveToken exchanges a link's code for a token. The right code is never
// refused for the rate.
func (s *Server) serveToken(w http.ResponseWriter, r *http.Request) {
	token, err := s.token(w.Header(), r)
	switch err {
	case nil:
		trust(r.Context())
		writeJSON(w, http.StatusOK, map[string]string{"token": token})
	case badCode:
		s.refuseStranger(w, r, badCode)
	default:
		s.refuse(w, r, err)
	}
}

func (s *Server) token(h http.Header, r *http.Request) (string, error) {
	if err := accept(h, r, http.MethodPost); err != nil {
		return "", err
	}
	var code string
	if err := readBody(r, map[string]any{"code": &code}); err != nil {
		return "", err
	}
	token, ok := s.keys.exchange(code)
	if !ok {
		return "", badCode
	}
	return token, nil
}

// newLink is the answer of POST /api/link.
type newLink struct {
	Link    string `json:"link"`
	Expires int    `json:"expires_in_seconds"`
}

// link makes a new one-time link. A tab may not: whoever got hold of its token
// could stay for ever.
func (s *Server) link(h http.Header, r *http.Request, who holder) (any, error) {
	if err := accept(h, r, http.MethodPost); err != nil {
		return nil, err
	}
	if who != master {
		return nil, masterOnly
	}
	if err := readBody(r, nil); err != nil {
		return nil, err
	}
	return newLink{s.Link(), int(linkTime.Seconds())}, nil
}
