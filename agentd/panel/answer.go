package panel

import (
	"encoding/json"
	"errors"
	"net/http"
)

// The panel's own refusals. docs/panel-api.md lists them.
var (
	badHost    = &Refusal{http.StatusMisdirectedRequest, "bad_host", "This address is not the help page's own; open it under 127.0.0.1 or localhost."}
	badOrigin  = &Refusal{http.StatusForbidden, "bad_origin", "Another page asked for this; only the help page itself may."}
	badToken   = &Refusal{http.StatusUnauthorized, "bad_token", "This page is no longer signed in; open a new link to it."}
	badCode    = &Refusal{http.StatusUnauthorized, "bad_code", "This link has been used or is too old; open a new one."}
	masterOnly = &Refusal{http.StatusForbidden, "master_only", "Only the command line may do this, with the token from its file."}
	tooFast    = &Refusal{http.StatusTooManyRequests, "too_fast", "Too many requests; try again in a second."}
	noSuchCall = &Refusal{http.StatusNotFound, "not_found", "There is nothing at this address."}
	badMethod  = &Refusal{http.StatusMethodNotAllowed, "bad_method", "This address does not take this method."}
	badQuery   = &Refusal{http.StatusBadRequest, "bad_query", "Only GET /api/state and GET /api/view take a query: after, once, a whole number."}
	badType    = &Refusal{http.StatusUnsupportedMediaType, "bad_type", "A body must be of type application/json."}
	tooLarge   = &Refusal{http.StatusRequestEntityTooLarge, "too_large", "A body may have 4096 bytes."}
	tooSlow    = &Refusal{http.StatusRequestTimeout, "too_slow", "The body did not arrive in time."}
	badBody    = &Refusal{http.StatusBadRequest, "bad_body", "The body is not what this call takes."}
	badScope   = &Refusal{http.StatusBadRequest, "bad_scope", "A scope is view, ink, pointer or keyboard, each at most once."}
	badWindow  = &Refusal{http.StatusBadRequest, "bad_window", "A window is named by its number, as the state has it."}
	internal   = &Refusal{http.StatusInternalServerError, "internal", "Something went wrong inside the help program; its log says more."}
)

// refuse answers with an error. Whatever is no Refusal is a fault of ours: it
// goes to the log, and the user reads that there is one.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var no *Refusal
	if !errors.As(err, &no) {
		s.log.Error("panel: call failed", "method", r.Method, "path", r.URL.Path, "err", err)
		no = internal
	}
	switch no {
	case badHost, badOrigin, tooLarge, tooSlow:
		w.Header().Set("Connection", "close")
	case badToken, badCode:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case tooFast:
		w.Header().Set("Retry-After", "1")
	}
	status := no.Status
	if status == 0 {
		status = http.StatusConflict
	}
	writeJSON(w, status, no)
}

// writeJSON writes v. An error means that the client has gone, which nobody
// needs to hear.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
