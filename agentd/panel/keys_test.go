package panel

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// codeOf returns the code that a link carries, and never sends.
func codeOf(t *testing.T, link string) string {
	t.Helper()
	code, ok := strings.CutPrefix(link, "http://"+testAddr+"/#")
	if !ok || len(code) < 26 {
		t.Fatalf("the link is %q", link)
	}
	return code
}

// exchange asks for a token as the page does: without having one.
func exchange(code string) *http.Request {
	r := request("POST", "/api/token", `{"code":"`+code+`"}`)
	r.Header.Del("Authorization")
	return r
}

// signIn exchanges a fresh link for a token.
func signIn(t *testing.T, s *Server) string {
	t.Helper()
	w := expect(t, s, exchange(codeOf(t, s.Link())), fine)
	var got struct{ Token string }
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || !validToken(got.Token) {
		t.Fatalf("the token is %s", w.Body)
	}
	return got.Token
}

// use asks for the state with token.
func use(t *testing.T, s *Server, token string, want answer) {
	t.Helper()
	r := request("GET", "/api/state", "")
	r.Header.Set("Authorization", "Bearer "+token)
	expect(t, s, r, want)
}

func TestLinkWorksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		code := codeOf(t, s.Link())
		expect(t, s, exchange(code), fine)
		expect(t, s, exchange(code), says(badCode))
		expect(t, s, exchange(""), says(badCode))
		expect(t, s, exchange(strings.ToLower(codeOf(t, s.Link()))), says(badCode))
	})
}

func TestLinkExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		first, second := codeOf(t, s.Link()), codeOf(t, s.Link())
		time.Sleep(linkTime)
		expect(t, s, exchange(first), fine)
		time.Sleep(1 * time.Nanosecond)
		expect(t, s, exchange(second), says(badCode))
	})
}

func TestLinkLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		var codes []string
		for range maxLinks + 1 {
			codes = append(codes, codeOf(t, s.Link()))
			time.Sleep(1 * time.Nanosecond)
		}
		expect(t, s, exchange(codes[0]), says(badCode))
		for _, code := range codes[1:] {
			expect(t, s, exchange(code), fine)
		}
	})
}

// The tab that goes when one too many comes is the one idle longest.
func TestTabLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		var tokens []string
		for range maxTabs {
			tokens = append(tokens, signIn(t, s))
			time.Sleep(time.Second)
		}
		for _, token := range tokens {
			use(t, s, token, fine)
			time.Sleep(time.Second)
		}
		use(t, s, tokens[0], fine)
		time.Sleep(time.Second)
		tokens = append(tokens, signIn(t, s))
		use(t, s, tokens[1], says(badToken))
		for i, token := range tokens {
			if i != 1 {
				use(t, s, token, fine)
			}
		}
		use(t, s, testToken, fine)
	})
}

func TestLinkIsForTheMasterAlone(t *testing.T) {
	s := newServer(t, newFakeControl())
	w := expect(t, s, request("POST", "/api/link", ""), fine)
	var got newLink
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Expires != 60 {
		t.Fatalf("got %s", w.Body)
	}
	expect(t, s, exchange(codeOf(t, got.Link)), fine)
	r := request("POST", "/api/link", "")
	r.Header.Set("Authorization", "Bearer "+signIn(t, s))
	expect(t, s, r, says(masterOnly))
}

func TestTokensDiffer(t *testing.T) {
	s := newServer(t, newFakeControl())
	if a, b := signIn(t, s), signIn(t, s); a == b || a == testToken {
		t.Error("two tabs share a token")
	}
}
