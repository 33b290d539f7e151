package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const maxSDP = 16 << 10 // bytes of a description: desk/SIGNALLING.md 3

// errBusy is a desk or a device that has no room now; it is asked again.
type errBusy struct{ id string }

// Error says what the desk gave for a reason.
func (e *errBusy) Error() string { return "the desk says " + e.id }

// connect brings an offer to a desk, for the device's answer.
func connect(ctx context.Context, client *http.Client, desk, code, offer string) (answer string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(desk, "/")+"/api/connect", strings.NewReader(offer))
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+code)
	request.Header.Set("Content-Type", "application/sdp")
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxSDP+1))
	switch {
	case err != nil:
		return "", err
	case response.StatusCode != http.StatusCreated:
		return "", refusal(response.StatusCode, body)
	case len(body) > maxSDP || len(bytes.TrimSpace(body)) == 0:
		return "", fmt.Errorf("the desk gave an answer of %d bytes", len(body))
	}
	return string(body), nil
}

// refusal reads the error of a desk or a panel.
func refusal(status int, body []byte) error {
	var said struct{ Error, Message string }
	_ = json.Unmarshal(body, &said) // what is no such thing keeps its status
	switch said.Error {
	case "too_many", "too_fast", "too_early", "device_busy", "device_failed", "device_away", "desk_away", "no_sign":
		return &errBusy{said.Error}
	}
	return fmt.Errorf("%d %s: %s %s", status, http.StatusText(status), said.Error, said.Message)
}
