package fuzz

import (
	"strconv"
	"strings"
	"testing"

	"telestrator/desk/frame"
	"telestrator/desk/server"
	"telestrator/fuzz/bound"
)

// Requests enter the desk from browsers, consoles and devices.

// FuzzDesk has a desk answer any bytes that are HTTP: nothing panics, no answer
// is of use to another origin, and no code opens anything where nobody rings.
func FuzzDesk(f *testing.F) {
	offer := "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n"
	for _, r := range []string{
		"GET / HTTP/1.1\r\nHost: localhost:4712\r\n\r\n",
		"GET /api/device HTTP/1.1\r\nHost: 127.0.0.1:4712\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
		"POST /api/connect HTTP/1.1\r\nHost: 127.0.0.1:4712\r\nAuthorization: Bearer 0123-4567\r\nContent-Type: application/sdp\r\nContent-Length: " + length(offer) + "\r\n\r\n" + offer,
		"POST /api/connect HTTP/1.1\r\nHost: 127.0.0.1:4712\r\nAuthorization: bearer oooo iiii\r\nContent-Type: application/sdp; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nv=0\r\n0\r\n\r\n",
		"DELETE /api/connections/abc HTTP/1.1\r\nHost: 127.0.0.1:4712\r\n\r\n",
		"POST /api/connect HTTP/1.1\r\nHost: 127.0.0.1:4712\r\nOrigin: null\r\nSec-Fetch-Site: cross-site\r\n\r\n",
	} {
		f.Add([]byte(r))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		bound.Check(t, func() {
			desk := server.New(server.Config{Hosts: []string{"127.0.0.1:4712", "localhost:4712"}})
			answer := ask(desk.Handler(), raw, false)
			if answer == nil {
				return
			}
			guarded(t, answer)
			if answer.Code == 201 || answer.Code == 204 || leadsAway(answer.Header().Get("Location")) {
				t.Fatalf("%d where nobody rings: %v", answer.Code, answer.Header())
			}
		})
	})
}

// FuzzCode reads what people type as a code: what is one is the same code when
// it is shown and typed again.
func FuzzCode(f *testing.F) {
	for _, text := range []string{"0123-4567", "oO1l iI1L", " ABCD EFGH ", "０１２３", "", "--------"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bound.Check(t, func() {
			if name := frame.CleanName(text); frame.CleanName(name) != name || len(name) > frame.MaxName {
				t.Fatalf("the name %q becomes %q", text, name)
			}
			code, ok := frame.ParseCode(text)
			if !ok {
				return
			}
			again, ok := frame.ParseCode(frame.FormatCode(code))
			if !ok || again != code || len(code) != frame.CodeLength || strings.Trim(code, frame.CodeAlphabet) != "" {
				t.Fatalf("%q is the code %q, and that %q", text, code, again)
			}
		})
	})
}

// leadsAway reports whether a browser that follows a place comes to another
// host. What goes to the same path, written properly, is the server's own answer
// to two slashes.
func leadsAway(place string) bool {
	return place != "" && (place[0] != '/' || len(place) > 1 && strings.ContainsRune(`/\`, rune(place[1])))
}

func length(body string) string { return strconv.Itoa(len(body)) }
