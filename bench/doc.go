// Package bench is where telestrator joins a comparison of remote-screen tools
// on the same work: a harness outside this repository draws scenes, starts one
// tool after the other, and measures what arrives at a client.
//
//	bench/serve    the device's side: a D-Bus session, and agentd demo in it
//	bench/native   a client without a window that keeps the harness's contract
//	bench/open     acts as the user, and prints the link of the web console
//	bench/table    the ratios of a run, one line for each scene and tool
//
// The package itself is what the programs share: the user, who reads the code
// and allows the view, through the panel's API as any user would.
package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"telestrator/agentd"
)

// User is the person in front of a running agentd.
type User struct {
	address, token string
}

// State is the part of the panel's state that a user here looks at.
type State struct {
	Number  uint64
	State   string
	Code    string
	Console string
	Desk    struct{ URL string }
	Session *struct{ ID string }
}

// Find waits for the agentd of the given name, until ctx ends.
func Find(ctx context.Context, name string) (*User, error) {
	for {
		address, token, err := agentd.FindInstance(name)
		if err == nil {
			return &User{address, token}, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Await returns the first state that is wanted, or ctx's error.
func (u *User) Await(ctx context.Context, wanted func(State) bool) (State, error) {
	for after := uint64(0); ; {
		var s State
		if err := u.call(ctx, http.MethodGet, fmt.Sprintf("/api/state?after=%d", after), nil, &s); err != nil {
			return s, err
		}
		if wanted(s) {
			return s, nil
		}
		after = s.Number
	}
}

// Invite waits for a code with which a helper can connect.
func (u *User) Invite(ctx context.Context) (State, error) {
	return u.Await(ctx, func(s State) bool { return s.Code != "" && s.Console != "" })
}

// Allow waits for the helper's request and allows the view.
func (u *User) Allow(ctx context.Context) error {
	s, err := u.Await(ctx, func(s State) bool { return s.State == "asked" && s.Session != nil })
	if err != nil {
		return err
	}
	grant := map[string]any{"session": s.Session.ID, "scopes": []string{"view"}}
	return u.call(ctx, http.MethodPost, "/api/grants", grant, nil)
}

func (u *User) call(ctx context.Context, method, path string, body, answer any) error {
	var wire bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&wire).Encode(body); err != nil {
			return err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, u.address+path, &wire)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+u.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("bench: the panel answered %s to %s %s", response.Status, method, path)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(answer)
}
