package panel

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// showAsked shows a request for everything, in the demo's way, and waits until
// it is there.
func showAsked(t *testing.T, tab context.Context, c *fakeControl, change func(*State)) {
	t.Helper()
	state := states()["asked-demo"]
	change(&state)
	c.show(state)
	until(t, tab, `document.querySelectorAll(".asked [role=switch]").length === 4`)
}

func asIs(*State) {}

// turn clicks one switch, as a user does: on its words.
func turn(t *testing.T, tab context.Context, scope string) {
	t.Helper()
	perform(t, tab, chromedp.Click(chromedp.CSS(fmt.Sprintf(`.choice:has([data-scope=%s]) span`, scope))))
}

// switches are the scopes that are turned on, those that cannot be turned in
// brackets.
func switches(t *testing.T, tab context.Context) string {
	t.Helper()
	return value[string](t, tab, `[...document.querySelectorAll(".asked [role=switch]")].map((s) => {
		const word = (s.checked ? "+" : "-") + s.dataset.scope;
		return s.disabled ? "(" + word + ")" : word;
	}).join(" ")`)
}

// Four scopes one by one: each can be left off, control has to be turned on,
// and nothing is left without view.
func TestPageScopes(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	showAsked(t, tab, c, asIs)
	for _, step := range []struct{ scope, want string }{
		{"", "+view +ink -pointer -keyboard"},
		{Ink, "+view -ink -pointer -keyboard"},
		{Pointer, "+view -ink +pointer -keyboard"},
		{Keyboard, "+view -ink +pointer +keyboard"},
		{View, "-view (-ink) (-pointer) (-keyboard)"},
		{Keyboard, "-view (-ink) (-pointer) (-keyboard)"},
		{View, "+view -ink -pointer -keyboard"},
		{Pointer, "+view -ink +pointer -keyboard"},
	} {
		if step.scope != "" {
			turn(t, tab, step.scope)
		}
		if got := switches(t, tab); got != step.want {
			t.Fatalf("after %q: %s, want %s", step.scope, got, step.want)
		}
		if value[bool](t, tab, `document.querySelector("[data-act=allow]").disabled`) != strings.HasPrefix(step.want, "-view") {
			t.Errorf("with %s: Allow is wrong", step.want)
		}
	}
	click(t, tab, c, "allow", "grant s1 [view pointer]")
	c.show(states()["asked-more"])
	until(t, tab, `document.querySelector("h1").textContent.includes("use your mouse and keyboard")`)
	if got := switches(t, tab); got != "-pointer -keyboard" {
		t.Errorf("asked for more: %s", got)
	}
	turn(t, tab, Keyboard)
	click(t, tab, c, "allow", "grant s2 [keyboard]")
}

// The keyboard reaches every switch, and a screen reader says what it is.
func TestPageScopesWithoutAMouse(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	showAsked(t, tab, c, asIs)
	space := chromedp.KeyEvent(" ")
	for _, key := range []chromedp.Action[chromedp.Void]{
		chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), space, chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), space,
	} {
		perform(t, tab, key)
	}
	if got, want := switches(t, tab), "+view -ink -pointer +keyboard"; got != want {
		t.Errorf("by keys: %s, want %s", got, want)
	}
	tree, err := chromedp.Call(tab, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	var read []string
	for _, node := range tree.Nodes {
		if node.Role == nil || string(node.Role.Value) != `"switch"` {
			continue
		}
		for _, p := range node.Properties {
			if p.Name == "checked" {
				read = append(read, string(node.Name.Value)+" "+string(p.Value.Value))
			}
		}
	}
	want := `"see your screen" "true", "draw on your screen" "false", ` +
		`"use your mouse off until you turn it on" "false", "use your keyboard turned on by you" "true"`
	if got := strings.Join(read, ", "); got != want {
		t.Errorf("read aloud:\n%s, want\n%s", got, want)
	}
}

// Control stays off and inert for its own delay; viewing does not wait for it.
func TestPageControlDelay(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	showAsked(t, tab, c, func(s *State) { s.Policy.ControlDelay = 3600 })
	turn(t, tab, Pointer)
	value[bool](t, tab, `document.querySelector("[data-scope=keyboard]").click(), true`)
	if got := switches(t, tab); got != "+view +ink (-pointer) (-keyboard)" {
		t.Errorf("within the delay: %s", got)
	}
	click(t, tab, c, "allow", "grant s1 [view ink]")
	showAsked(t, tab, c, asIs)
	until(t, tab, `document.querySelector("[data-scope=pointer]:enabled")`)
	turn(t, tab, Pointer)
	click(t, tab, c, "allow", "grant s1 [view ink pointer]")
}

// Keys that somebody presses blindly answer nothing while the delay runs, and
// turn no control on.
func TestPageSweepOfKeys(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	showAsked(t, tab, c, func(s *State) { s.Policy = Policy{ConsentDelay: 3600, ControlDelay: 3600} })
	for range 12 {
		for _, key := range []string{"\t", "\r", " ", " "} {
			perform(t, tab, chromedp.KeyEvent(key))
		}
	}
	if got := switches(t, tab); !strings.HasSuffix(got, "(-pointer) (-keyboard)") {
		t.Errorf("keys turned %s", got)
	}
	c.show(states()["live-all"])
	until(t, tab, `document.querySelector(".live")`)
	click(t, tab, c, "pause", "pause") // and nothing before
}

// Nothing is pressed by Enter or Space on a fresh request, wherever the focus
// was: nowhere, or on the button that allowed the request before.
func TestPageFreshRequest(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	focus := func() string {
		return value[string](t, tab, "document.activeElement.id || document.activeElement.dataset.act || document.activeElement.tagName")
	}
	showAsked(t, tab, c, asIs)
	if got := focus(); got != "heading-0" {
		t.Errorf("the focus is on %s", got)
	}
	value[bool](t, tab, `document.querySelector("[data-act=allow]").focus(), true`)
	value[bool](t, tab, `document.querySelector("[data-act=allow]").wasThere = true`)
	next := states()["asked-demo"]
	again := *next.Session
	again.AskedSince = again.AskedSince.Add(time.Minute)
	next.Session, next.Sessions = &again, []Session{again}
	c.show(next)
	until(t, tab, `!document.querySelector("[data-act=allow]").wasThere`)
	if got := focus(); got != "heading-0" {
		t.Errorf("after another request of the same helper the focus is on %s", got)
	}
	perform(t, tab, chromedp.KeyEvent("\r"), chromedp.KeyEvent(" "))
	click(t, tab, c, "refuse", "grant s1 []") // and nothing before
}

// No key works from elsewhere on the page, and nothing takes the focus by
// itself.
func TestPageHasNoShortcuts(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	for name, state := range states() {
		state.Name = name
		c.show(state)
		until(t, tab, `document.getElementById("device").textContent.includes("\u2068`+name+`\u2069")`)
		if found := value[int](t, tab, `document.querySelectorAll("[accesskey], [autofocus], form, [type=submit]").length`); found != 0 {
			t.Errorf("%s: %d elements that keys could press", name, found)
		}
	}
}

// What is held can be taken back, one by one, and the rest stays on view.
func TestPageTakeBack(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	live := states()["live-all"]
	c.show(live)
	until(t, tab, `document.querySelectorAll(".live [data-act=revoke]").length === 4`)
	for _, scope := range []string{Keyboard, Pointer, Ink, View} {
		perform(t, tab, chromedp.Click(chromedp.CSS(`[data-act=revoke][data-scope=`+scope+`]`)))
		expectAct(t, c, "revoke "+scope)
	}
	value[bool](t, tab, `document.querySelector("[data-act=revoke][data-scope=pointer]").focus(), true`)
	c.count(func(s *Session) { s.Granted = []string{View, Ink} })
	c.show(c.State())
	until(t, tab, `document.querySelectorAll(".live [data-act=revoke]").length === 2`)
	if got := value[string](t, tab, `document.activeElement.id`); got != "heading-0" {
		t.Errorf("the focus is on %s", got)
	}
	if got := value[string](t, tab, `document.querySelector("h1").textContent`); got != "\u2068Maria Lopez\u2069 can see your screen" {
		t.Errorf("the heading says %s", got)
	}
}

// Counts run without a new state, and the page follows them all the same.
func TestPageCounts(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.show(states()["live-all"])
	said := func(what string) {
		t.Helper()
		until(t, tab, `document.querySelector(".people")?.textContent.replace(/[\u2068\u2069]/g, "").includes("`+what+`")`)
	}
	said("for 3 minutes · drew 3 strokes · moved the mouse · 12 clicks · 40 keys")
	c.count(func(s *Session) { s.Injected.Key, s.Injected.Wheel, s.Refused = 41, 1, 2 })
	said("12 clicks · scrolled · 41 keys · 2 not carried out")
	if foot := value[string](t, tab, `document.querySelector(".foot").textContent`); !strings.HasPrefix(foot, "Your own mouse") {
		t.Errorf("under the buttons: %s", foot)
	}
	below := `document.querySelector("[data-act=stop]").getBoundingClientRect().top`
	before := value[float64](t, tab, below)
	c.count(func(s *Session) { s.Hand = true })
	c.show(c.State())
	until(t, tab, `document.querySelector(".foot").textContent.startsWith("You are using")`)
	if after := value[float64](t, tab, below); after != before {
		t.Errorf("End moved from %v to %v under the user's hand", before, after)
	}
}
