package console

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestAsking grants step by step what the console asks for.
func TestAsking(t *testing.T) {
	c := openTab(t, 1)
	if got := c.do("[...document.querySelectorAll('#modes button')].map((b) => b.disabled)"); got != "[false,true,true]" {
		t.Errorf("modes that cannot be chosen: %s", got)
	}
	c.click(`#asks button[data-scope="2"]`)
	if got := c.do("device.took().map(({ kind, scopes, reason }) => [kind, scopes, reason])"); got != `[["request",2,"To show you on your screen where to look"]]` {
		t.Errorf("asked for ink by %s", got)
	}
	c.do("device.grant(1, 2, 1)")
	c.becomes(`[...document.querySelectorAll("#asks button:not([hidden])")].every((b) => b.disabled) && tip.textContent === "The user is being asked."`)
	c.do("device.grant(1, 0, 2)")
	c.becomes(`tip.textContent === "The user does not allow that now."`)
	c.click(`#asks button[data-scope="2"]`)
	c.do("device.grant(3, 0, 3)")
	c.becomes(`document.querySelector('#asks button[data-scope="2"]').hidden && document.querySelectorAll("#scopes .held").length === 2`)
	c.becomes(`telestrator.scopes.join() === "view,ink" && !document.querySelector('[data-mode="draw"]').disabled`)
}

// TestPointer points at pixels at every zoom, and wants their numbers.
func TestPointer(t *testing.T) {
	c := openTab(t, all)
	c.click(`#modes [data-mode="control"]`)
	c.becomes(`telestrator.mode === "control"`)
	for _, density := range []float64{1, 2, 1.25} {
		c.perform(chromedp.EmulateViewport(1280, 800, chromedp.EmulateScale(density)))
		for _, zoom := range []string{"fit", "0.5", "1", "2"} {
			c.click(`#zoom [data-zoom="` + zoom + `"]`)
			c.becomes(fmt.Sprintf(`String(telestrator.zoom) === %q && (telestrator.zoom === "fit" || telestrator.scale === telestrator.zoom / %v)`, zoom, density))
			for _, p := range [][2]int{{0, 0}, {301, 202}, {302, 203}, {599, 251}} {
				c.pointsAt(p[0], p[1], zoom, density)
			}
		}
	}
}

func (c tab) pointsAt(x, y int, zoom string, density float64) {
	c.Helper()
	c.took()
	c.mouse(chromedp.MouseMoved, x, y)
	c.becomes("device.sent.some(({ channel, kind }) => channel === 'input' && kind === 'pointer')")
	for _, m := range c.took("pointer") {
		if m.X != x || m.Y != y {
			c.Errorf("at zoom %s, density %v, the pixel %d,%d is %d,%d on %s", zoom, density, x, y, m.X, m.Y, m.Channel)
		}
	}
}

// TestButtons presses, drags beyond the edge and turns the wheel.
func TestButtons(t *testing.T) {
	c := openTab(t, all)
	c.click(`#modes [data-mode="control"]`)
	c.mouse(chromedp.MousePressed, 100, 100, chromedp.ButtonLeft)
	c.perform(chromedp.MouseEvent(chromedp.MouseMoved, 3000, 300, chromedp.ButtonLeft, func(p *input.DispatchMouseEventParams) { p.Buttons = 1 }))
	c.perform(chromedp.MouseEvent(chromedp.MouseReleased, 3000, 300, chromedp.ButtonLeft))
	buttons := c.took("button")
	if len(buttons) != 2 || !buttons[0].Down || buttons[0].X != 100 || buttons[0].Y != 100 || buttons[1].Down || buttons[1].X != 1279 {
		t.Errorf("a drag beyond the edge: %+v", buttons)
	}
	c.do("document.addEventListener('contextmenu', (event) => { globalThis.menu = !event.defaultPrevented; })")
	c.mouse(chromedp.MousePressed, 7, 8, chromedp.ButtonRight)
	c.mouse(chromedp.MouseReleased, 7, 8, chromedp.ButtonRight)
	if got := c.do("globalThis.menu"); got != "false" {
		t.Errorf("the browser's own menu: %s", got)
	}
	if buttons := c.took("button"); len(buttons) != 2 || buttons[0].Button != 2 {
		t.Errorf("a right click: %+v", buttons)
	}
	c.mouse(chromedp.MouseMoved, 50, 60)
	c.mouse(chromedp.MouseWheel, 50, 60, func(p *input.DispatchMouseEventParams) { p.DeltaX, p.DeltaY = 1e-6, 120 })
	c.becomes("device.sent.some(({ kind }) => kind === 'wheel')")
	if wheel := c.took("wheel"); len(wheel) != 1 || wheel[0].DY != 1 || wheel[0].DX != 0 || wheel[0].X != 50 {
		t.Errorf("a turn of the wheel: %+v", wheel)
	}
}

// typed says what came as keys and texts, short.
func (c tab) typed() string {
	c.Helper()
	var said []string
	for _, m := range c.took("key", "text") {
		switch {
		case m.Kind == "text":
			said = append(said, m.Text)
		case m.Down:
			said = append(said, "+"+m.Code)
		default:
			said = append(said, "-"+m.Code)
		}
	}
	return strings.Join(said, " ")
}

// TestKeyboard types, presses keys, pastes, and finds the way out.
func TestKeyboard(t *testing.T) {
	c := openTab(t, all)
	c.click(`#modes [data-mode="control"]`)
	c.becomes(`document.activeElement.id === "typing"`)

	c.key(down, "ä", "Quote", "ä", 0)
	c.key(up, "ä", "Quote", "", 0)
	c.key(down, "Tab", "Tab", "", 0)
	c.key(up, "Tab", "Tab", "", 0)
	c.key(down, "Control", "ControlLeft", "", chromedp.ModifierCtrl)
	c.key(down, "a", "KeyA", "", chromedp.ModifierCtrl)
	c.key(up, "a", "KeyA", "", chromedp.ModifierCtrl)
	c.key(up, "Control", "ControlLeft", "", 0)
	if got := c.typed(); got != "ä +Tab -Tab +ControlLeft +KeyA -KeyA -ControlLeft" {
		t.Errorf("typed: %s", got)
	}

	if _, err := chromedp.Call(c.Context, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "にほ", SelectionStart: 2, SelectionEnd: 2}); err != nil {
		t.Fatal(err)
	}
	if got := c.typed(); got != "" {
		t.Errorf("typed in the middle of composing: %s", got)
	}
	if _, err := chromedp.Call(c.Context, input.InsertText, input.InsertTextParams{Text: "日本"}); err != nil {
		t.Fatal(err)
	}
	if got := c.typed(); got != "日本" {
		t.Errorf("composed: %s", got)
	}

	c.do(`(() => {
		const clipboardData = new DataTransfer();
		clipboardData.setData("text/plain", "x".repeat(5000));
		typing.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
	})()`)
	c.becomes(`telestrator.typing > 3000 && /Your clipboard is being typed, \d+ bytes to go/.test(banner.textContent)`)
	c.key(down, "Escape", "Escape", "", 0)
	c.key(up, "Escape", "Escape", "", 0)
	c.becomes(`telestrator.typing === 0 && banner.hidden`)
	c.click("#paste") // which this browser does not allow
	c.becomes(`banner.textContent === "The browser does not hand over the clipboard; press Ctrl+Shift+V instead." && document.activeElement.id === "typing"`)
	c.took()

	c.key(down, "Shift", "ShiftLeft", "", chromedp.ModifierShift)
	c.key(down, "Control", "ControlLeft", "", chromedp.ModifierShift|chromedp.ModifierCtrl)
	c.key(down, "Alt", "AltLeft", "", chromedp.ModifierShift|chromedp.ModifierCtrl|chromedp.ModifierAlt)
	c.becomes(`telestrator.mode === "control" && telestrator.pressed.length === 3`)
	c.key(up, "Alt", "AltLeft", "", chromedp.ModifierShift|chromedp.ModifierCtrl)
	c.becomes(`telestrator.mode === "look" && telestrator.pressed.length === 0 && document.activeElement.dataset.mode === "look"`)
	if got := c.typed(); got != "+ShiftLeft +ControlLeft +AltLeft -ShiftLeft -ControlLeft -AltLeft" {
		t.Errorf("the way out: %s", got)
	}
}

// settle waits until all that was said so far is shown, as pace.js says.
func (c tab) settle() {
	c.Helper()
	c.do(`globalThis.settled = false, setTimeout(() => { settled = true; }, 50)`)
	c.becomes("settled")
}

// TestFlood hears 20,001 messages on evt, two hundred in each task, and wants few of
// them to be shown: no more than there was time for, the last among them.
func TestFlood(t *testing.T) {
	c := openTab(t, all)
	c.click(`#modes [data-mode="control"]`)
	c.do(`(async () => {
		const flood = globalThis.flood = { redraws: 0 };
		new MutationObserver((records) => { flood.redraws += records.length; }).observe(badge, { childList: true });
		const began = performance.now();
		for (let i = 1; i <= 10000; i++) {
			device.tell("hand", { why: i %% 2 });
			device.tell("masks", { generation: telestrator.generation, protection: 1, areas: [1, i %% 500, 0, 9, 9] });
			if (i %% 100 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
		}
		device.tell("hand", { why: 2 });
		flood.room = Math.ceil((performance.now() - began) / 15) + 2;
	})()`)
	c.becomes(`flood.room > 0`)
	c.settle()
	c.becomes(`banner.textContent.startsWith("The user is being asked")`)
	t.Logf("20,001 messages, redraws and how many there was time for: %s", c.do(`[flood.redraws, flood.room]`))
	if c.do(`flood.redraws > 0 && flood.redraws <= flood.room`) != "true" {
		t.Error("more redraws than there was time for, or none")
	}
}

// TestLettingGo holds a key and a button, and does what makes the console let
// go of them.
func TestLettingGo(t *testing.T) {
	c := openTab(t, all)
	for name, act := range map[string]string{
		"blur":  `window.dispatchEvent(new Event("blur"))`,
		"field": `typing.blur()`,
		"tab":   `document.dispatchEvent(new Event("visibilitychange"))`,
	} {
		c.hold()
		c.do("%s, 0", act)
		c.released(name)
		c.mouse(chromedp.MouseReleased, 5, 5, chromedp.ButtonLeft)
	}
	c.hold()
	c.do(`device.tell("hand", { why: 1 }), 0`)
	c.becomes(`telestrator.pressed.length === 0 && banner.textContent === "The user's own hand has taken over; your input rests."`)
	if sent := c.took(); len(sent) != 0 {
		t.Errorf("after the hand: %+v", sent)
	}
	c.do(`device.tell("hand", { why: 0 }), 0`)
	c.mouse(chromedp.MouseReleased, 5, 5, chromedp.ButtonLeft)
	c.hold()
	c.do(`window.dispatchEvent(new Event("pagehide")), 0`)
	c.released("pagehide") // and with it the session ends
}

func (c tab) hold() {
	c.Helper()
	c.click(`#modes [data-mode="control"]`)
	c.mouse(chromedp.MousePressed, 5, 5, chromedp.ButtonLeft)
	c.key(down, "F5", "F5", "", 0)
	c.becomes(`telestrator.pressed.join() === "F5,0"`)
	c.took()
}

func (c tab) released(why string) {
	c.Helper()
	c.becomes("telestrator.pressed.length === 0")
	ups := c.took("key", "button")
	if len(ups) != 2 || ups[0].Down || ups[1].Down {
		c.Errorf("%s: %+v", why, ups)
	}
}

// TestInk draws, and wants the stroke on the wire and on the page.
func TestInk(t *testing.T) {
	c := openTab(t, all)
	c.click(`#modes [data-mode="draw"]`)
	c.click(`#colours [data-colour="#2e9e4f"]`)
	c.click(`#widths [data-width="8"]`)
	c.click(`#zoom [data-zoom="0.5"]`)
	c.drag([][2]int{{100, 100}, {200, 100}, {300, 100}})
	c.becomes(`telestrator.strokes === 1 && device.sent.some(({ kind }) => kind === "stroke-end")`)
	if got := c.do(`device.took().map(({ channel, kind, colour, width, fade, index, points }) => [channel, kind, colour ?? index ?? points, width, fade])`); !strings.HasPrefix(got, `[["ink","stroke-begin",3055183,8,0],["ink","stroke-points",0,null,null]`) || !strings.HasSuffix(got, `["ink","stroke-end",3,null,null]]`) {
		t.Errorf("drawn: %s", got)
	}
	c.inkIs(200, 100, "[46,158,79,255]")
	c.inkIs(200, 97, "[46,158,79,255]")
	c.inkIs(200, 105, "[0,0,0,0]")
	c.click("#undo")
	c.becomes("telestrator.strokes === 0 && ink.hidden && undo.disabled")
	c.click(`#fades [data-fade="3000"]`)
	c.drag([][2]int{{10, 10}, {50, 50}})
	c.becomes("telestrator.strokes === 1")
	c.becomes("telestrator.strokes === 0 && ink.hidden")
	c.drag([][2]int{{10, 10}, {50, 50}})
	c.do("device.grant(13)")
	c.becomes(`telestrator.strokes === 0 && ink.hidden && telestrator.mode === "look"`)
}

func (c tab) drag(points [][2]int) {
	c.Helper()
	held := func(p *input.DispatchMouseEventParams) { p.Buttons = 1 }
	c.mouse(chromedp.MousePressed, points[0][0], points[0][1], chromedp.ButtonLeft)
	for _, p := range points[1:] {
		c.mouse(chromedp.MouseMoved, p[0], p[1], chromedp.ButtonLeft, held)
	}
	last := points[len(points)-1]
	c.mouse(chromedp.MouseReleased, last[0], last[1], chromedp.ButtonLeft)
}

// inkIs waits until a pixel of the ink is this.
func (c tab) inkIs(x, y int, want string) {
	c.Helper()
	c.becomes(fmt.Sprintf(`JSON.stringify([...ink.getContext("2d").getImageData(%d, %d, 1, 1).data]) === %q`, x, y, want))
}
