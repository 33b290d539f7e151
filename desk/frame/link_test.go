package frame

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// linkTo serves one link, as the desk's side, to a plain WebSocket. What the
// link's reader ends with comes out of ended.
func linkTo(t *testing.T) (raw *websocket.Conn, ended <-chan error) {
	t.Helper()
	raw, _, ended = linkOver(t)
	return raw, ended
}

// linkOver also gives the connection under the WebSocket.
func linkOver(t *testing.T) (raw *websocket.Conn, under net.Conn, ended <-chan error) {
	t.Helper()
	errs := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, err := Accept(r.Context(), w, r)
		if err != nil {
			errs <- err
			return
		}
		defer l.Close()
		for {
			if _, err := l.Read(); err != nil {
				errs <- err
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		under, err = new(net.Dialer).DialContext(ctx, network, address)
		return under, err
	}}
	raw, _, err := websocket.Dial(t.Context(), server.URL, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.CloseNow() })
	return raw, under, errs
}

// wantEnd reads what is left on the socket: a bye with the reason, then the end.
func wantEnd(t *testing.T, raw *websocket.Conn, want Reason) {
	t.Helper()
	_, data, err := raw.Read(t.Context())
	if err != nil {
		t.Fatalf("no bye: %v", err)
	}
	f, err := Decode(data, Desk)
	if bye, ok := f.(*Bye); !ok || bye.Reason != want {
		t.Errorf("got %+v, %v; want bye %d", f, err, want)
	}
	if _, _, err := raw.Read(t.Context()); err == nil {
		t.Error("the link goes on after its bye")
	}
}

func wantReason(t *testing.T, err error, want Reason, remote bool) {
	t.Helper()
	var why *Error
	if !errors.As(err, &why) || why.Reason != want || why.Remote != remote {
		t.Errorf("ended with %v, want reason %d (remote %v)", err, want, remote)
	}
}

func TestLinkRefuses(t *testing.T) {
	t.Parallel()
	hello, err := Encode(&Hello{Version: 1, Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name string
		kind websocket.MessageType
		data []byte
		want Reason
	}{
		{"text", websocket.MessageText, hello, ReasonForm},
		{"nothing", websocket.MessageBinary, nil, ReasonForm},
		{"noise", websocket.MessageBinary, []byte(strings.Repeat("\xff", MaxFrame)), ReasonForm},
		{"two frames", websocket.MessageBinary, append(hello, hello...), ReasonForm},
		{"a desk's frame", websocket.MessageBinary, []byte{0x82, 2, 0xa1, 1, 1}, ReasonDirection},
		{"no kind", websocket.MessageBinary, []byte{0x82, 12, 0xa1, 1, 1}, ReasonKind},
		{"ring 0", websocket.MessageBinary, []byte{0x82, 3, 0xa1, 1, 0}, ReasonRange},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			raw, ended := linkTo(t)
			if err := raw.Write(t.Context(), x.kind, x.data); err != nil {
				t.Fatal(err)
			}
			wantEnd(t, raw, x.want)
			wantReason(t, <-ended, x.want, false)
		})
	}
}

func TestLinkTooLarge(t *testing.T) {
	t.Parallel()
	raw, ended := linkTo(t)
	if err := raw.Write(t.Context(), websocket.MessageBinary, make([]byte, MaxFrame+1)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := raw.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("got %v, want the close code for too large", err)
	}
	wantReason(t, <-ended, ReasonSize, false)
}

func TestLinkBye(t *testing.T) {
	t.Parallel()
	raw, ended := linkTo(t)
	bye, err := Encode(&Bye{Reason: ReasonVersion})
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Write(t.Context(), websocket.MessageBinary, bye); err != nil {
		t.Fatal(err)
	}
	wantReason(t, <-ended, ReasonVersion, true)
	if _, data, err := raw.Read(t.Context()); err == nil {
		t.Errorf("a bye was answered with %x", data)
	}
}

func TestLinkLost(t *testing.T) {
	t.Parallel()
	raw, ended := linkTo(t)
	raw.CloseNow()
	wantReason(t, <-ended, ReasonLost, false)
}

// A flood in real time: far more than the limit, so that what comes in while
// the machine is slow does not matter. The exact limit is in TestLinkRate.
func TestLinkFlood(t *testing.T) {
	t.Parallel()
	ring, err := Encode(&Ring{Number: 1})
	if err != nil {
		t.Fatal(err)
	}
	raw, ended := linkTo(t)
	go func() {
		for raw.Write(context.Background(), websocket.MessageBinary, ring) == nil {
		}
	}()
	wantReason(t, <-ended, ReasonFlood, false)
	wantOver(t, raw)
}

// wantOver takes a bye, or the reset that overtakes it when the other side
// closes a socket with unread bytes in it.
func wantOver(t *testing.T, raw *websocket.Conn) {
	t.Helper()
	_, _, err := raw.Read(t.Context())
	if err == nil {
		_, _, err = raw.Read(t.Context())
	}
	if err == nil {
		t.Error("the link goes on")
	}
}

// Pings and pongs count as frames do.
func TestLinkControlFlood(t *testing.T) {
	for name, control := range map[string][]byte{
		"ping": {0x89, 0x80, 0, 0, 0, 0}, // masked with zeros, and empty
		"pong": {0x8a, 0x80, 0, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, under, ended := linkOver(t)
			go func() {
				for _, err := under.Write(control); err == nil; _, err = under.Write(control) {
				}
			}()
			wantReason(t, <-ended, ReasonFlood, false)
			wantOver(t, raw)
		})
	}
}

func TestLinkEnd(t *testing.T) {
	t.Parallel()
	l := make(chan *Link, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		link, err := Accept(r.Context(), w, r)
		if err != nil {
			t.Error(err)
			return
		}
		defer link.Close()
		l <- link
		link.Read()
	}))
	defer server.Close()
	client, err := Dial(t.Context(), http.DefaultClient, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	(<-l).End(ReasonShutdown)
	_, err = client.Read()
	wantReason(t, err, ReasonShutdown, true)
	wantReason(t, client.Err(), ReasonShutdown, true)
	select {
	case <-client.Done():
	case <-time.After(10 * time.Second):
		t.Error("the client's link lives on")
	}
	wantReason(t, client.Write(&Ring{Number: 1}), ReasonShutdown, true)
}
