package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
	"time"
)

// Panel is a User and an Opener by the API of docs/panel-api.md.
type Panel struct{ URL, Token string }

// panelState is what is read of the panel's state.
type panelState struct {
	Number uint64
	Code   string
	Desk   struct{ URL string }

	Sessions []struct {
		ID, Name, State string
	}
}

// Open rings for a new code.
func (p *Panel) Open(ctx context.Context) (desk, code string, err error) {
	var s panelState
	err = p.call(ctx, http.MethodPost, "/api/ring", nil, &s)
	if err == nil && s.Code == "" {
		err = errors.New("the panel gave no code")
	}
	return s.Desk.URL, s.Code, err
}

// Do acts for the session of a name.
func (p *Panel) Do(ctx context.Context, act Act, name string, scopes []string) error {
	switch act {
	case Grant:
		return p.grant(ctx, name, scopes)
	case Revoke:
		return p.call(ctx, http.MethodDelete, "/api/grants/"+strings.Join(scopes, ","), nil, nil)
	}
	return p.call(ctx, http.MethodPost, "/api/"+string(act), nil, nil)
}

// grant answers the request of a console, once the panel shows it.
func (p *Panel) grant(ctx context.Context, name string, scopes []string) error {
	if scopes == nil {
		scopes = []string{}
	}
	for number := uint64(0); ; {
		var s panelState
		if err := p.call(ctx, http.MethodGet, fmt.Sprintf("/api/state?after=%d", number), nil, &s); err != nil {
			return err
		}
		for _, one := range s.Sessions {
			if one.Name == name && one.State == "asked" {
				return p.call(ctx, http.MethodPost, "/api/grants", map[string]any{"session": one.ID, "scopes": scopes}, nil)
			}
		}
		number = s.Number
	}
}

// View is what the panel shows of the screen.
func (p *Panel) View(ctx context.Context) (image.Image, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(p.URL, "/")+"/api/view", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+p.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return png.Decode(io.LimitReader(response.Body, 128<<20))
}

// call makes a request, again and again while the panel has no time for it.
func (p *Panel) call(ctx context.Context, method, path string, body, answer any) error {
	for {
		err := p.once(ctx, method, path, body, answer)
		var busy *errBusy
		if !errors.As(err, &busy) {
			return err
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return busy
		}
	}
}

func (p *Panel) once(ctx context.Context, method, path string, body, answer any) error {
	var content io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(p.URL, "/")+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+p.Token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the panel: %s %s: %w", method, path, refusal(response.StatusCode, data))
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(data, answer)
}
