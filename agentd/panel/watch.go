package panel

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

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

// parseAfter reads the query of a call that waits.
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
