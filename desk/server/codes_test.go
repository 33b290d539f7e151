package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"telestrator/desk"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

const (
	created  = http.StatusCreated
	codeGone = http.StatusNotFound
)

func TestCodeOnce(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Name: "kiosk", Answer: echo})
	code := ring(t, d)
	got := w.wantConnect(t, code, created, "")
	if got.body != someOffer || got.header.Get("Content-Type") != "application/sdp" {
		t.Errorf("the answer is %q", got.body)
	}
	w.wantConnect(t, code, codeGone, "code_wrong")
}

func TestCodeAsTyped(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	for _, typed := range []func(string) string{
		strings.ToLower,
		func(code string) string { return strings.ReplaceAll(code, "-", "") },
		func(code string) string { return strings.NewReplacer("0", "o", "1", "l").Replace(code) },
	} {
		w.wantConnect(t, typed(ring(t, d)), created, "")
	}
}

func TestCodeExpires(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		d, _ := w.device(t, desk.Config{Answer: echo})
		code := ring(t, d)
		time.Sleep(10*time.Minute - time.Millisecond)
		w.wantConnect(t, code, created, "")
		code = ring(t, d)
		time.Sleep(10 * time.Minute)
		w.wantConnect(t, code, codeGone, "code_wrong")
	})
}

func TestCodeBurns(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	code := s.ring(1)
	for range 5 {
		w.wantConnect(t, wrongFor(code), codeGone, "code_wrong")
	}
	s.wantVoid(1, frame.ReasonBurnt)
	w.wantConnect(t, code, codeGone, "code_wrong")
	w.wantConnect(t, wrongFor(code), codeGone, "code_wrong")
}

func TestCodeSurvivesFourWrong(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	for range 4 {
		w.wantConnect(t, wrongFor(code), codeGone, "code_wrong")
	}
	w.wantConnect(t, code, created, "")
}

// What the caller sees of a wrong secret is what it sees of a ring that never
// was, to the byte.
func TestCodeWrongLooksTheSame(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	unknown := "0000-0000"
	if strings.HasPrefix(code, "0000") {
		unknown = "1111-0000"
	}
	known, never := w.connect(t, wrongFor(code)), w.connect(t, unknown)
	known.header.Del("Date")
	never.header.Del("Date")
	if known.status != never.status || known.body != never.body || len(known.header) != len(never.header) {
		t.Errorf("they differ: %+v, %+v", known, never)
	}
	for _, typed := range []string{"", "-", "ABC", "UUUU-UUUU", code + "0", strings.Repeat("0", 2000), "....-....", "0000...."} {
		if got := w.connect(t, typed); got.body != known.body {
			t.Errorf("code %q: %+v", typed, got)
		}
	}
}

func TestCodeReplaced(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	older, newer := ring(t, d), ring(t, d)
	w.wantConnect(t, older, codeGone, "code_wrong")
	w.wantConnect(t, newer, created, "")
}

func TestCodeCancelled(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	d, _ := w.device(t, desk.Config{Answer: echo})
	code := ring(t, d)
	if err := d.Cancel(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantConnect(t, code, codeGone, "code_wrong")
}

// A cancel for an older ring leaves the newer one alone, and is answered.
func TestCodeCancelOlder(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	s.ring(1)
	code := s.ring(2)
	s.send(&frame.Cancel{Number: 1})
	s.wantVoid(1, frame.ReasonCancelled)
	for range 5 {
		w.wantConnect(t, wrongFor(code), codeGone, "code_wrong")
	}
	s.wantVoid(2, frame.ReasonBurnt) // so it was alive
}

func TestCodeEndsWithItsDevice(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Limits: server.Limits{Devices: 1}})
	s := w.welcomed(t)
	code := s.ring(1)
	s.send(&frame.Bye{Reason: frame.ReasonShutdown})
	if f := s.read(); f != nil {
		t.Errorf("got %+v after bye", f)
	}
	again, _ := w.device(t, desk.Config{Answer: echo}) // comes in once the first has gone
	ring(t, again)
	w.wantConnect(t, code, codeGone, "code_wrong")
}
