package panel

import (
	"context"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestPageTypes(t *testing.T) {
	t.Parallel()
	need(t, "tsc")
	if out, err := exec.CommandContext(t.Context(), "tsc", "-p", "page").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestPageModules(t *testing.T) {
	t.Parallel()
	need(t, "node")
	if out, err := exec.CommandContext(t.Context(), "node", "--test", "page/test/").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// openPage opens a fresh link and waits until the page shows a state.
func openPage(t *testing.T, s *Server) context.Context {
	t.Helper()
	tab := newTab(t)
	perform(t, tab, chromedp.Navigate(s.Link()))
	until(t, tab, `document.getElementById("device").textContent`)
	return tab
}

// click presses a button of the page and waits for what it does.
func click(t *testing.T, tab context.Context, c *fakeControl, button, want string) {
	t.Helper()
	perform(t, tab, chromedp.Click(chromedp.CSS(`[data-act="`+button+`"]`)))
	expectAct(t, c, want)
}

// expectAct waits for the daemon to be asked for one thing.
func expectAct(t *testing.T, c *fakeControl, want string) {
	t.Helper()
	select {
	case got := <-c.asked:
		if got != want {
			t.Fatalf("did %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("nobody asked for %q", want)
	}
}

// One help, from ringing to its end, by the page's own buttons.
func TestPageStory(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	scene := states()
	show := func(name, marker string) {
		c.show(scene[name])
		until(t, tab, marker)
	}
	click(t, tab, c, "ring", "ring")
	show("waiting", `document.querySelector(".letters")?.textContent === "7K3M-Q2XD"`)
	click(t, tab, c, "again", "ring")
	click(t, tab, c, "cancel", "cancel")
	show("asked-demo", `document.querySelector("[data-act=allow]:enabled")`)
	click(t, tab, c, "refuse", "grant s1 []")
	click(t, tab, c, "allow", "grant s1 [view ink]")
	show("live", `document.querySelector("h1").textContent === "\u2068Maria Lopez\u2069 can see your screen"`)
	click(t, tab, c, "pause", "pause")
	show("paused", `document.querySelector(".paused [data-act=resume]")`)
	click(t, tab, c, "resume", "resume")
	click(t, tab, c, "stop", "stop")
	show("over", `document.querySelector("h1").textContent === "Help has ended"`)
	if title := value[string](t, tab, "document.title"); !strings.HasPrefix(title, "Telestrator panel") {
		t.Errorf("the title is %q, and privacy would not know the window", title)
	}
}

// While the delay runs, neither a click nor a key answers.
func TestPageDelay(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	asked := states()["asked"]
	asked.Policy.ConsentDelay = 3600
	c.show(asked)
	until(t, tab, `document.querySelector(".asked .clock")?.textContent.includes("You can answer in")`)
	value[bool](t, tab, `document.querySelector("[data-act=allow]").click(), document.querySelector("[data-act=refuse]").click(), true`)
	if !value[bool](t, tab, `document.querySelectorAll("button:disabled").length === 2`) {
		t.Error("the buttons can be pressed")
	}
	asked.Policy.ConsentDelay = 0
	c.show(asked)
	until(t, tab, `document.querySelector("[data-act=allow]:enabled")`)
	click(t, tab, c, "allow", "grant s1 [view ink]")
}

// Somebody who is about to press a button must not find another one under the
// finger.
func TestPageFocusNeverMovesToAnotherButton(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.show(states()["waiting"])
	until(t, tab, `document.querySelector("[data-act=cancel]")`)
	value[bool](t, tab, `document.querySelector("[data-act=cancel]").focus(), true`)
	c.show(states()["asked-demo"])
	until(t, tab, `document.querySelector("[data-act=allow]:enabled")`)
	if got := value[string](t, tab, "document.activeElement.tagName"); got != "H1" {
		t.Errorf("the focus is on %s", got)
	}
	perform(t, tab, chromedp.KeyEvent("\r"), chromedp.KeyEvent(" "))
	for range 4 { // past the four switches, where Enter does nothing
		perform(t, tab, chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
	}
	perform(t, tab, chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
	expectAct(t, c, "grant s1 [view ink]") // by the fifth Tab and Enter, and by nothing before

	c.show(states()["live"])
	until(t, tab, `document.querySelector("[data-act=pause]")`)
	value[bool](t, tab, `document.querySelector("[data-act=pause]").focus(), true`)
	c.show(states()["paused"])
	until(t, tab, `document.querySelector("[data-act=resume]")`)
	if got := value[string](t, tab, "document.activeElement.tagName"); got != "H1" {
		t.Errorf("after a pause the focus is on %s", got)
	}
}

// What stays on view keeps the focus, whatever appears above it.
func TestPageFocusStays(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.fail(errBroken)
	value[bool](t, tab, `document.querySelector("[data-act=ring]").focus(), true`)
	perform(t, tab, chromedp.KeyEvent("\r"))
	until(t, tab, `document.querySelector(".warning")?.textContent.includes("went wrong")`)
	c.fail(nil)
	perform(t, tab, chromedp.KeyEvent("\r"))
	until(t, tab, `!document.querySelector(".warning")?.textContent.includes("went wrong")`)
	if got := value[string](t, tab, "document.activeElement.dataset.act"); got != "ring" {
		t.Errorf("the focus is on %q", got)
	}
	waiting := states()["waiting"]
	c.show(waiting)
	until(t, tab, `document.querySelector("[data-act=cancel]")`)
	value[bool](t, tab, `document.querySelector("[data-act=cancel]").focus(), true`)
	c.show(states()["waiting-expired"])
	until(t, tab, `!document.querySelector(".letters")`)
	if got := value[string](t, tab, "document.activeElement.dataset.act"); got != "cancel" {
		t.Errorf("after the code has expired the focus is on %q", got)
	}
}

// A double click is one act, and no act waits for another.
func TestPageDoubleClick(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.show(states()["waiting"])
	until(t, tab, `document.querySelector("[data-act=cancel]")`)
	release := c.hold()
	press := func(act string) { value[bool](t, tab, `document.querySelector("[data-act=`+act+`]").click(), true`) }
	press("again")
	expectAct(t, c, "ring")
	press("again")
	press("cancel")
	expectAct(t, c, "cancel")
	release()
	if got := c.done(); got != "ring, cancel" {
		t.Errorf("did %s", got)
	}
}

// A refusal is shown in the daemon's own words.
func TestPageShowsRefusals(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.fail(&Refusal{ID: "no_desk", Message: "The desk does not answer."})
	click(t, tab, c, "ring", "ring")
	until(t, tab, `document.querySelector(".warning:not([hidden])")?.textContent === "The desk does not answer."`)
	if said := value[string](t, tab, `document.getElementById("say").textContent`); !strings.Contains(said, "does not answer") {
		t.Errorf("read aloud: %q", said)
	}
}

// The page works without breaking its own security policy, and reports no
// error.
func TestPageIsQuiet(t *testing.T) {
	c := newFakeControl()
	s := serveTCP(t, c)
	tab := newTab(t)
	said := listen(t, tab)
	perform(t, tab, chromedp.Navigate(s.Link()))
	until(t, tab, `document.querySelector(".idle")`)
	for name, state := range states() {
		state.Name = name
		c.show(state)
		until(t, tab, `document.getElementById("device").textContent.includes("\u2068`+name+`\u2069")`)
	}
	c.show(states()["live"])
	c.paint(screenshot(t), nil)
	until(t, tab, `document.querySelector("[data-act=look]")`)
	perform(t, tab, chromedp.Click(chromedp.CSS("[data-act=look]")))
	painted(t, tab, 3)
	if lines := said(); len(lines) > 0 {
		t.Errorf("the browser says:\n%s", strings.Join(lines, "\n"))
	}
}

// The code leaves the address bar, and the token stays with its tab.
func TestPageLink(t *testing.T) {
	s := serveTCP(t, newFakeControl())
	tab := openPage(t, s)
	if hash := value[string](t, tab, "location.hash"); hash != "" {
		t.Errorf("the address still has %q", hash)
	}
	perform(t, tab, chromedp.Reload())
	until(t, tab, `document.querySelector(".idle")`)
	other, end := chromedp.NewContext(tab)
	defer end()
	perform(t, other, chromedp.Navigate("http://"+s.addr.String()+"/"))
	until(t, other, `document.querySelector(".locked")`)
	perform(t, other, chromedp.Navigate(s.Link())) // changes nothing but the part after #
	until(t, other, `document.querySelector(".idle")`)
}

// A page that lost its daemon says so, and finds the way back by itself.
func TestPageLosesTheDaemon(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Control: newFakeControl(), Token: testToken, Addr: l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	end := start(t, s, l)
	tab := openPage(t, s)
	end()
	until(t, tab, `document.querySelector(".lost")`)
	if l, err = net.Listen("tcp", s.addr.String()); err != nil {
		t.Fatal(err)
	}
	end = start(t, s, l)
	until(t, tab, `document.querySelector(".idle")`)
	end()

	// A daemon that was started anew knows no tab.
	if l, err = net.Listen("tcp", s.addr.String()); err != nil {
		t.Fatal(err)
	}
	if s, err = New(Config{Control: newFakeControl(), Token: testToken, Addr: l.Addr().String()}); err != nil {
		t.Fatal(err)
	}
	defer start(t, s, l)()
	until(t, tab, `document.querySelector(".locked")`)
}
