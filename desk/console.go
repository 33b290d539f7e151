package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"telestrator/desk/frame"
)

// connectWithin bounds Connect and Leave: the desk waits for its device less
// long than that.
const connectWithin = 20 * time.Second

// connections is the path below which the desk puts its connections.
const connections = "/api/connections/"

// Refused is the desk's error answer. SIGNALLING.md lists its ids.
type Refused struct {
	Status  int    `json:"-"`
	ID      string `json:"error"`
	Message string `json:"message"`
}

// Error is the desk's own sentence, with its id.
func (r *Refused) Error() string {
	return fmt.Sprintf("desk: refused: %s (%s)", r.Message, r.ID)
}

// Connect gives the desk a code and an offer, and brings the device's answer.
// The resource is for Leave. What the desk refuses is a *Refused.
func Connect(ctx context.Context, deskURL, code string, offer []byte) (answer []byte, resource string, err error) {
	desk, err := origin(deskURL)
	if err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	resp, err := send(ctx, http.MethodPost, desk.JoinPath("api", "connect"), code, offer)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return nil, "", refusal(resp)
	}
	if resource, err = resourceOf(resp, desk); err != nil {
		return nil, "", err
	}
	answer, err = readSDP(resp.Body)
	return answer, resource, err
}

// Leave ends the connection behind a resource that Connect has given. One
// that has ended already is no error.
func Leave(ctx context.Context, resource string) error {
	u, err := url.Parse(resource)
	if err != nil || !strings.HasPrefix(u.Path, connections) {
		return fmt.Errorf("desk: leave: not a connection of a desk")
	}
	if err := Loopback(u.Hostname()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	resp, err := send(ctx, http.MethodDelete, u, "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent && resp.StatusCode != http.StatusNotFound {
		return refusal(resp)
	}
	return nil
}

func send(ctx context.Context, method string, u *url.URL, code string, offer []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(offer))
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	if code != "" {
		req.Header.Set("Authorization", "Bearer "+code)
		req.Header.Set("Content-Type", "application/sdp")
	}
	resp, err := newClient(nil).Do(req)
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	return resp, nil
}

// resourceOf is the connection's address, which must be on the same desk.
func resourceOf(resp *http.Response, desk *url.URL) (string, error) {
	u, err := resp.Location()
	if err != nil || u.Host != desk.Host || u.Scheme != desk.Scheme || !strings.HasPrefix(u.Path, connections) {
		return "", fmt.Errorf("desk: the desk named no connection of its own")
	}
	return u.String(), nil
}

func readSDP(body io.Reader) ([]byte, error) {
	sdp, err := io.ReadAll(io.LimitReader(body, frame.MaxSDP+1))
	if err != nil {
		return nil, fmt.Errorf("desk: the answer: %w", err)
	}
	if len(sdp) > frame.MaxSDP {
		return nil, fmt.Errorf("desk: the answer is over %d bytes", frame.MaxSDP)
	}
	return sdp, nil
}

// refusal reads an error answer; what is no such thing keeps its status only.
func refusal(resp *http.Response) error {
	refused := &Refused{ID: "unknown", Message: http.StatusText(resp.StatusCode)}
	_ = json.NewDecoder(io.LimitReader(resp.Body, 1<<10)).Decode(refused)
	refused.Status = resp.StatusCode
	return refused
}

// newClient makes a client that never leaves this machine: no proxy, no
// redirect, and every address checked where it is dialled.
func newClient(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Client {
	if dial == nil {
		dial = (&net.Dialer{Control: loopbackOnly}).DialContext
	}
	return &http.Client{
		Transport:     &http.Transport{DialContext: dial, DisableKeepAlives: true, MaxResponseHeaderBytes: 8 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
