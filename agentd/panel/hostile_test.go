package panel

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Hostile names and reasons are text, whatever they look like.
func TestPageTextStaysText(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	before := value[int](t, tab, `document.querySelectorAll("script, img, iframe, style, link").length`)
	name := `<img src=x onerror=alert(1)>"'{name}$&` + "\u202e\u0007"
	reason := `</blockquote><script>document.title="taken"</script><a href="javascript:alert(1)">x</a>` + strings.Repeat("y", 500)
	for round, scene := range []string{"asked-demo", "live", "over"} {
		state := states()[scene]
		if state.Session != nil {
			session := *state.Session
			session.Name, session.Reason = name, reason
			state.Session, state.Sessions = &session, []Session{session}
		}
		if scene == "live" {
			state.Session.Field, state.Sessions[0].Field = name, name
			state.Privacy = Privacy{Unknown: "ask", Protects: true, Sentence: reason, Windows: []Window{
				{ID: 1, Title: name, Program: reason, Toolkit: name, State: WindowUnsure, Why: reason},
				{ID: 2, Title: "x", State: name},
			}}
		}
		if state.Over != nil {
			state.Over = &Ending{Name: name, Reason: reason}
		}
		state.Name = fmt.Sprint("round", round, "<b>")
		c.show(state)
		until(t, tab, `document.getElementById("device").textContent.includes("round`+fmt.Sprint(round)+`<b>")`)
		if text := value[string](t, tab, `document.getElementById("cards").textContent`); !strings.Contains(text, `<img src=x onerror=alert(1)>"'{name}$&`) || strings.ContainsAny(text, "\u202e\a") {
			t.Errorf("%s shows %q", scene, text)
		}
		if after := value[int](t, tab, `document.querySelectorAll("script, img, iframe, style, link").length`); after != before {
			t.Errorf("%s: the page has %d elements that it should not have", scene, after-before)
		}
		if title := value[string](t, tab, "document.title"); !strings.HasPrefix(title, "Telestrator panel: ") {
			t.Errorf("%s: the title is %q", scene, title)
		}
	}
}

// An address that is none of the web becomes no link.
func TestPageLinksOnlyToTheWeb(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	for _, address := range []string{"javascript:alert(1)", "JAVASCRIPT:alert(1)//http://x", "data:text/html,x", "file:///etc/passwd"} {
		state := states()["waiting"]
		state.Console = address
		c.show(state)
		until(t, tab, fmt.Sprintf(`document.querySelector(".address span")?.textContent === %q`, address))
		if value[bool](t, tab, `document.querySelector(".address a") !== null`) {
			t.Errorf("%s is a link", address)
		}
	}
}

// What a page of the web can try, it tries in vain: requests across sites,
// forms, frames, scripts, and its own name pointed at us.
func TestForeignPages(t *testing.T) {
	c := newFakeControl()
	s := serveTCP(t, c)
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>evil</title><iframe name="sink"></iframe>`)
	}))
	defer evil.Close()
	_, evilPort, _ := net.SplitHostPort(evil.Listener.Addr().String())
	_, port, _ := net.SplitHostPort(s.addr.String())
	tab := newTab(t)
	panel := "http://127.0.0.1:" + port
	for _, from := range []string{"http://" + foreignName + ":" + evilPort, "http://127.0.0.1:" + evilPort} {
		perform(t, tab, chromedp.Navigate(from))
		for what, attempt := range map[string]string{
			"read the state":   `fetch(P + "/api/state", { headers: { Authorization: T } })`,
			"read the page":    `fetch(P + "/")`,
			"stop blindly":     `fetch(P + "/api/stop", { method: "POST", mode: "no-cors" }).then((r) => { if (r.type !== "opaque") return r; throw 0; })`,
			"stop as a form":   `fetch(P + "/api/stop", { method: "POST", body: new URLSearchParams("a=b") })`,
			"delete":           `fetch(P + "/api/grants/view", { method: "DELETE", headers: { Authorization: T } })`,
			"load a script":    `new Promise((y, n) => { const s = document.createElement("script"); s.src = P + "/main.js"; s.onload = y; s.onerror = n; document.body.append(s); })`,
			"load a picture":   `new Promise((y, n) => { const s = new Image(); s.src = P + "/icon.svg"; s.onload = y; s.onerror = n; })`,
			"open a WebSocket": `new Promise((y, n) => { const s = new WebSocket(P.replace("http", "ws") + "/api/state"); s.onopen = y; s.onerror = n; })`,
		} {
			script := fmt.Sprintf(`((P, T) => %s)(%q, "Bearer %s").then(() => true, () => false)`, attempt, panel, testToken)
			if value[bool](t, tab, script) {
				t.Errorf("%s could %s", from, what)
			}
		}
	}
	if got := c.done(); got != "" {
		t.Errorf("foreign pages did %s", got)
	}
	// The name of a foreign site, pointed at our port: same origin for the
	// browser, and still not ours.
	perform(t, tab, chromedp.Navigate("http://"+foreignName+":"+port+"/"))
	if text := value[string](t, tab, "document.body.innerText"); !strings.Contains(text, "bad_host") {
		t.Errorf("DNS rebinding shows %q", text)
	}
	got := value[int](t, tab, fmt.Sprintf(`fetch("/api/state", { headers: { Authorization: "Bearer %s" } }).then((r) => r.status)`, testToken))
	if got != http.StatusMisdirectedRequest {
		t.Errorf("DNS rebinding with the right token: %d", got)
	}
}
