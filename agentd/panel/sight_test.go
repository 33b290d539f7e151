package panel

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// openSight shows the page with somebody who sees the screen, and looks.
func openSight(t *testing.T, c *fakeControl, picture Picture) context.Context {
	t.Helper()
	tab := openPage(t, serveTCP(t, c))
	c.paint(picture, nil)
	c.show(states()["live"])
	until(t, tab, `document.querySelector("[data-act=look]")`)
	perform(t, tab, chromedp.Click(chromedp.CSS("[data-act=look]")))
	painted(t, tab, len(picture.Private))
	return tab
}

// painted waits for a picture that hides so many areas.
func painted(t *testing.T, tab context.Context, hidden int) {
	t.Helper()
	until(t, tab, fmt.Sprintf(`document.getElementById("sight")?.getAttribute("aria-label").includes("\u2068%d\u2069 areas")`, hidden))
}

// pixel is a colour of the canvas, such as "128 128 128 255".
func pixel(t *testing.T, tab context.Context, x, y int) string {
	t.Helper()
	return value[string](t, tab, fmt.Sprintf(`document.getElementById("sight").getContext("2d").getImageData(%d, %d, 1, 1).data.join(" ")`, x, y))
}

func rgba(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprint(r>>8, " ", g>>8, " ", b>>8, " 255")
}

// What agents see is painted as it comes, pixel by pixel, with a word in private
// areas that have room for one, and only while the user looks.
func TestPageShowsWhatAgentsSee(t *testing.T) {
	c := newFakeControl()
	shot := screenshot(t)
	tab := openSight(t, c, shot)
	if size := value[string](t, tab, `(({width, height}) => width + " " + height)(document.getElementById("sight"))`); size != "1280 800" {
		t.Errorf("the canvas has %s pixels", size)
	}
	seen := decode(t, shot)
	for _, p := range []image.Point{{5, 5}, {200, 200}, {500, 500}, {710, 70}, {1230, 410}, {25, 703}} {
		if got, want := pixel(t, tab, p.X, p.Y), rgba(seen.At(p.X, p.Y)); got != want {
			t.Errorf("at %v the user sees %s, want %s", p, got, want)
		}
	}
	words := func(r image.Rectangle) int {
		return value[int](t, tab, fmt.Sprintf(`(() => { const d = document.getElementById("sight").getContext("2d").getImageData(%d, %d, %d, %d).data;
			let dark = 0; for (let i = 0; i < d.length; i += 4) dark += d[i] < 64; return dark; })()`, r.Min.X, r.Min.Y, r.Dx(), r.Dy()))
	}
	if words(shot.Private[0].Area) == 0 || words(shot.Private[2].Area) > 0 {
		t.Error("the word is not where there is room for it")
	}
	shot.Private = shot.Private[:2]
	c.paint(shot, nil)
	painted(t, tab, 2)
	perform(t, tab, chromedp.Click(chromedp.CSS("[data-act=look]")))
	until(t, tab, `!document.getElementById("sight")`)
	c.mu.Lock()
	before := c.views
	c.mu.Unlock()
	c.paint(screenshot(t), nil) // answers what may still wait
	c.show(states()["paused"])
	until(t, tab, `document.querySelector(".paused")`)
	if c.mu.Lock(); c.views > before {
		t.Errorf("closed, and asked %d times more", c.views-before)
	}
	c.mu.Unlock()
}

// A pause says so over the last picture, and the end takes it away; what comes
// after begins closed.
func TestPageSightPauses(t *testing.T) {
	c := newFakeControl()
	tab := openSight(t, c, screenshot(t))
	before := pixel(t, tab, 500, 500)
	c.show(states()["paused"])
	until(t, tab, `document.querySelector(".band")?.textContent === "Paused"`)
	if after := pixel(t, tab, 500, 500); after != before {
		t.Errorf("the picture changed from %s to %s", before, after)
	}
	c.show(states()["over"])
	until(t, tab, `document.querySelector(".over") && !document.getElementById("sight")`)
	c.show(states()["live"])
	until(t, tab, `document.querySelector("[data-act=look]")?.textContent === "Look"`)
}

// Keys open and close it, and the focus stays on the button.
func TestPageSightWithoutAMouse(t *testing.T) {
	c := newFakeControl()
	tab := openSight(t, c, screenshot(t))
	value[bool](t, tab, `document.querySelector("[data-act=look]").focus(), true`)
	for _, step := range []struct{ key, want string }{{"\r", "Look"}, {" ", "Close"}} {
		perform(t, tab, chromedp.KeyEvent(step.key))
		until(t, tab, `document.querySelector("[data-act=look]").textContent === "`+step.want+`"`)
		if got := value[string](t, tab, "document.activeElement.dataset.act"); got != "look" {
			t.Errorf("the focus is on %q", got)
		}
	}
	painted(t, tab, 3)
	tree, err := chromedp.Call(tab, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range tree.Nodes {
		if node.Name != nil && strings.Contains(string(node.Name.Value), "areas in it are hidden") {
			return
		}
	}
	t.Error("nobody reads the picture aloud")
}

// A picture that came while the page had lost the daemon is painted anew.
func TestPageSightComesBack(t *testing.T) {
	c := newFakeControl()
	tab := openSight(t, c, screenshot(t))
	want := pixel(t, tab, 500, 500)
	value[bool](t, tab, `document.getElementById("cards").replaceChildren(), true`)
	c.show(states()["live-all"])
	until(t, tab, `document.getElementById("sight")`)
	until(t, tab, `document.getElementById("sight").width === 1280`)
	if got := pixel(t, tab, 500, 500); got != want {
		t.Errorf("the user sees %s, want %s", got, want)
	}
}

// A window is shown by the user, one at a time, and not in the first moment.
func TestPageShowsWindows(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	state := states()["live-windows"]
	state.Policy.ConsentDelay = 3600
	c.show(state)
	until(t, tab, `document.querySelectorAll(".list li").length === 9`)
	value[bool](t, tab, `document.querySelectorAll("[data-act=show]").forEach((b) => b.click()), true`)
	if n := value[int](t, tab, `document.querySelectorAll("[data-act=show]:disabled").length`); n != 2 {
		t.Errorf("%d windows wait for the delay", n)
	}
	state.Policy.ConsentDelay = 0
	c.show(state)
	until(t, tab, `document.querySelector("[data-act=show]:enabled")`)
	perform(t, tab, chromedp.Click(chromedp.CSS(`[data-act=show][data-value="12"]`)))
	expectAct(t, c, "show 12")
	state.Privacy.Unknown = "flat"
	c.show(state)
	until(t, tab, `!document.querySelector("[data-act=show]")`)
	if got := c.done(); got != "show 12" {
		t.Errorf("did %s", got)
	}
}

// The list of windows stays as the user opened or closed it.
func TestPageListStaysClosed(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	c.show(states()["live-windows"])
	until(t, tab, `document.querySelector("details[open]")`)
	perform(t, tab, chromedp.Click(chromedp.CSS("summary")))
	until(t, tab, `!document.querySelector("details[open]")`)
	next := states()["live-windows"]
	next.Privacy.Windows = next.Privacy.Windows[:4]
	c.show(next)
	until(t, tab, `document.querySelector("summary").textContent.includes("\u20684\u2069 windows")`)
	if value[bool](t, tab, `document.querySelector("details[open]") !== null`) {
		t.Error("the list opened by itself")
	}
}

// Typing into a hidden field is allowed by an act of its own.
func TestPageAllowsAField(t *testing.T) {
	c := newFakeControl()
	tab := openPage(t, serveTCP(t, c))
	state := states()["live-field"]
	state.Policy.ConsentDelay = 3600
	c.show(state)
	until(t, tab, `document.querySelector("[data-act=field]:disabled")`)
	below := `document.querySelector("[data-act=stop]").getBoundingClientRect().top`
	before := value[float64](t, tab, below)
	value[bool](t, tab, `document.querySelector("[data-act=field]").click(), true`)
	state.Policy.ConsentDelay = 0
	c.show(state)
	until(t, tab, `document.querySelector("[data-act=field]:enabled")`)
	click(t, tab, c, "field", "allow s2 [Password]") // and nothing before
	c.show(states()["live-windows"])
	until(t, tab, `!document.querySelector("[data-act=field]")`)
	if after := value[float64](t, tab, below); after != before {
		t.Errorf("End moved from %v to %v", before, after)
	}
}
