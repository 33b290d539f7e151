package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"telestrator/agentd/panel"
)

// watcher is the good console's name; all others are attackers.
const watcher = "Watcher"

// user acts for the user, through the panel.
type user struct {
	origin, token string
	ringing       sync.Mutex // held until the code has been used: a new one voids it
}

func newUser(t *target) (*user, error) {
	token, err := os.ReadFile(t.TokenFile)
	origin, _, _ := strings.Cut(t.Panel, "/#")
	return &user{origin: origin, token: strings.TrimSpace(string(token))}, err
}

// call calls the panel and reads the state it answers with.
func (u *user) call(ctx context.Context, method, path string, body any) (state panel.State, err error) {
	var content io.Reader
	if body != nil {
		data, _ := json.Marshal(body) // a map of strings
		content = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, u.origin+path, content)
	if err != nil {
		return state, err
	}
	request.Header.Set("Authorization", "Bearer "+u.token)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return state, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, mib))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s: %s", method, path, response.Status, data)
	}
	if err != nil {
		return state, err
	}
	return state, json.Unmarshal(data, &state)
}

// allow answers everybody who asks until ctx ends: the good console gets what
// it wants, an attacker any part of it.
func (u *user) allow(ctx context.Context, rnd *rand.Rand) {
	for ; ctx.Err() == nil; pause(ctx, 100*time.Millisecond) {
		state, err := u.call(ctx, http.MethodGet, "/api/state", nil)
		if err != nil {
			continue // the panel holds us to its rate too
		}
		for _, s := range state.Sessions {
			if s.State == panel.Asked {
				_, _ = u.call(ctx, http.MethodPost, "/api/grants", // a no is an answer
					map[string]any{"session": s.ID, "scopes": given(s, rnd)})
			}
		}
	}
}

// given is what a session gets of what it asked for.
func given(s panel.Session, rnd *rand.Rand) []string {
	part := []string{}
	for _, scope := range s.Requested {
		if s.Name == watcher || rnd.IntN(4) > 0 {
			part = append(part, scope)
		}
	}
	return part
}
