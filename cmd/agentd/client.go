package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"telestrator/agentd"
	"telestrator/agentd/panel"
)

// client asks a running daemon through its panel's API.
type client struct{ address, token string }

// find finds the daemon of a name.
func find(name string) (client, error) {
	address, token, err := agentd.FindInstance(name)
	if err != nil {
		return client{}, usage{err}
	}
	return client{address, token}, nil
}

// call sends one request and decodes what comes back into answer, if not nil.
func (c client) call(ctx context.Context, method, path string, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.address+path, bytes.NewReader([]byte("{}")))
	if err != nil {
		return err
	}
	if method == http.MethodGet {
		request.Body, request.ContentLength = nil, 0
	} else {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("agentd: the daemon does not answer: %w", errors.Unwrap(err))
	}
	defer response.Body.Close()
	return read(response, answer)
}

func read(response *http.Response, answer any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		var refusal panel.Refusal
		if json.Unmarshal(body, &refusal) == nil && refusal.Message != "" {
			return errors.New(refusal.Message)
		}
		return fmt.Errorf("agentd: the daemon answered %s", response.Status)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(body, answer)
}

// act is pause, resume or stop: the command's own name is the call's.
type act struct {
	Name string `help:"Name of the agentd; the demo's is demo." default:"agentd" env:"AGENTD_NAME"`
}
