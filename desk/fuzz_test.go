package desk

import (
	"bufio"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"telestrator/desk/frame"
	"telestrator/fuzz/bound"
)

// FuzzReply reads any bytes as what a desk answers to a console: what is taken
// is an answer of bounded length with a connection on that desk.
func FuzzReply(f *testing.F) {
	for _, reply := range []string{
		"HTTP/1.1 201 Created\r\nLocation: /api/connections/a\r\nContent-Length: 5\r\n\r\nv=0\r\n",
		"HTTP/1.1 201 Created\r\nLocation: http://evil.example/api/connections/a\r\n\r\nv=0",
		"HTTP/1.1 201 Created\r\nLocation: //127.0.0.1:4712/api/connections/../x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nv=0\r\n0\r\n\r\n",
		"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n{\"error\":\"code_wrong\",\"message\":\"No.\"}",
		"HTTP/1.1 500 x\r\n\r\n" + strings.Repeat("[", 2000),
		"HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n",
	} {
		f.Add([]byte(reply))
	}
	at := &url.URL{Scheme: "http", Host: "127.0.0.1:4712"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		bound.Check(t, func() { readReply(t, at, raw) })
	})
}

// readReply does what Connect does with a response.
func readReply(t *testing.T, at *url.URL, raw []byte) {
	request := &http.Request{Method: http.MethodPost, URL: at.JoinPath("api", "connect")}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), request)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		if refused := refusal(resp).(*Refused); refused.Status != resp.StatusCode || len(refused.Message) > 1<<12 {
			t.Fatalf("refused as %+v", refused)
		}
		return
	}
	resource, err := resourceOf(resp, at)
	if err != nil {
		return
	}
	if u, err := url.Parse(resource); err != nil || u.Host != at.Host || u.Scheme != at.Scheme {
		t.Fatalf("the connection is at %q", resource)
	}
	if sdp, err := readSDP(resp.Body); err == nil && len(sdp) > frame.MaxSDP {
		t.Fatalf("an answer of %d bytes", len(sdp))
	}
}
