package console

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// Two monitors of different sizes, and what is shown of them.
const monitors = `[{ x: 0, y: 0, width: 1280, height: 1024 }, { x: 1280, y: 200, width: 640, height: 480 }]`

// shows has the device show a part of the screen, in a picture of some size.
func (c tab) shows(width, height int, part string) {
	c.Helper()
	c.do("device.show(%d, %d, () => {}, %s, %s), 0", width, height, part, monitors)
}

// TestMonitors chooses what is seen by buttons and keys: each is asked for once.
func TestMonitors(t *testing.T) {
	c := openTab(t, all)
	if got := c.do("[monitors.hidden, scaled.hidden]"); got != "[true,false]" {
		t.Errorf("with one monitor, what is hidden is %s", got)
	}
	c.shows(1920, 1024, "{ x: 0, y: 0, width: 1920, height: 1024 }")
	if got := c.do(`[monitors.hidden, [...monitors.children].map((b) => [b.textContent, b.title, b.ariaPressed])]`); got != `[false,[["All","Show all monitors (0 on the picture)","true"],["1","Monitor 1","false"],["2","Monitor 2","false"]]]` {
		t.Errorf("with two: %s", got)
	}
	for _, step := range []struct{ act, asked string }{
		{`document.querySelector('[data-monitor="2"]').click()`, `[[1280,200,640,480,0,0]]`},
		{`document.querySelector('[data-monitor="2"]').click()`, `[]`},
		{`stage.focus(), stage.dispatchEvent(new KeyboardEvent("keydown", { key: "1" }))`, `[[0,0,1280,1024,0,0]]`},
		{`stage.dispatchEvent(new KeyboardEvent("keydown", { key: "3" }))`, `[]`},
		{`stage.dispatchEvent(new KeyboardEvent("keydown", { key: "2", ctrlKey: true }))`, `[]`},
		{`typing.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true }))`, `[]`},
		{`stage.dispatchEvent(new KeyboardEvent("keydown", { key: "s" }))`, `[[0,0,1280,1024,1,1]]`},
		{`stage.dispatchEvent(new KeyboardEvent("keydown", { key: "0" }))`, `[[0,0,0,0,1,1]]`},
		{`document.querySelector('#zoom [data-zoom="1"]').click()`, `[[0,0,0,0,0,0]]`},
		{`document.querySelector('#zoom [data-zoom="fit"]').click()`, `[[0,0,0,0,1,1]]`},
		{`scaled.click()`, `[[0,0,0,0,0,0]]`},
	} {
		c.took()
		c.do("%s, 0", step.act)
		if step.asked != "[]" {
			c.becomes(`device.sent.some(({ kind }) => kind === "look")`)
		}
		const asked = `device.took("look").map(({ x, y, width, height, mostWidth, mostHeight }) => [x, y, width, height, Math.sign(mostWidth), Math.sign(mostHeight)])`
		if got := c.do(asked); got != step.asked {
			t.Errorf("%s: asked for %s, want %s", step.act, got, step.asked)
		}
	}
	c.shows(1280, 1024, "{ x: 0, y: 0, width: 1280, height: 1024 }")
	c.do("device.show(1280, 800), 0")
	if got := c.do("monitors.hidden"); got != "true" {
		t.Error("with one monitor again there is a choice")
	}
}

// TestHandsInAView points, draws and labels in a part of the screen, as it is and
// scaled: all of it is in pixels of the screen, and shown where it belongs.
func TestHandsInAView(t *testing.T) {
	c := openTab(t, all)
	for _, picture := range [][2]int{{640, 480}, {213, 160}} {
		c.shows(picture[0], picture[1], "{ x: 1280, y: 200, width: 640, height: 480 }")
		for _, zoom := range []string{"fit", "1", "2"} {
			c.click(`#zoom [data-zoom="` + zoom + `"]`)
			c.click(`#modes [data-mode="control"]`)
			for _, p := range [][2]int{{1280, 200}, {1501, 302}, {1599, 417}} {
				c.pointsAt(p[0], p[1], zoom, 1)
			}
			c.click(`#modes [data-mode="draw"]`)
			c.click(`#widths [data-width="8"]`)
			c.drag([][2]int{{1300, 300}, {1400, 300}, {1500, 300}})
			c.becomes(`telestrator.strokes === 1 && device.sent.some(({ kind, index, points }) => kind === "stroke-points" && index === 0 && points[0] === 1300 && points[1] === 300)`)
			c.inkIs(120, 100, "[229,57,53,255]")
			c.inkIs(120, 108, "[0,0,0,0]")
			c.click("#clear")
			c.hide("[1, 1300, 220, 220, 36, 2, 0, 0, 1290, 900, 3, 100, 100, 50, 50]")
			c.labelled("of three areas", 2, 1)
			c.covers("#labels > :first-child", 1300, 220, 220, 36, zoom)
			c.pointerAt(1700, 400, zoom)
		}
	}
	c.do("device.tell('cursor', { x: 1279, y: 400, width: 16, height: 16, hotX: 0, hotY: 0, pixels: new Uint8Array(0) }), 0")
	if got := c.do("pointer.hidden"); got != "true" {
		t.Error("the cursor of another monitor is shown")
	}
	c.shows(1920, 1024, "{ x: 0, y: 0, width: 1920, height: 1024 }")
	if got := c.do("pointer.hidden"); got != "false" {
		t.Error("the cursor is not shown when its place is")
	}
}

// pointerAt moves the device's cursor, and wants its tip there.
func (c tab) pointerAt(x, y int, zoom string) {
	c.Helper()
	c.do("device.tell('cursor', { x: %d, y: %d, width: 16, height: 16, hotX: 0, hotY: 0, pixels: new Uint8Array(0) }), 0", x, y)
	px, py := c.at(x, y)
	got := c.do(`(() => { const box = pointer.getBoundingClientRect(), { scale } = telestrator;
		return !pointer.hidden && Math.abs(box.left + 1.5 * scale - %f) <= scale && Math.abs(box.top + 1.5 * scale - %f) <= scale; })()`, px, py)
	if got != "true" {
		c.Errorf("at zoom %s the cursor is not at %d,%d: %s", zoom, x, y, c.do("JSON.stringify(pointer.getBoundingClientRect())"))
	}
}

// TestScaledWindow changes the window while the device scales to it: when it has
// settled, one picture of its size is asked for.
func TestScaledWindow(t *testing.T) {
	c := openTab(t, all)
	c.do("device.show(3840, 2160), 0")
	c.click("#scaled")
	c.took()
	for width := int64(1200); width >= 800; width -= 100 {
		c.perform(chromedp.EmulateViewport(width, 700))
	}
	c.becomes(`device.sent.some(({ kind }) => kind === "look")`)
	want := c.do("[stage.clientWidth, stage.clientHeight]")
	if got := c.do(`device.took("look").map(({ mostWidth, mostHeight }) => [mostWidth, mostHeight]).at(-1)`); got != want {
		t.Errorf("asked for %s in a window with room for %s", got, want)
	}
	c.do("device.show(%s, () => {}, { x: 0, y: 0, width: 3840, height: 2160 }), 0", fmt.Sprintf("%d, %d", 800, 450))
	c.do("new Promise((done) => setTimeout(done, 700))")
	if got := c.do(`device.took("look").length`); got != "0" {
		t.Errorf("a scaled picture makes the page ask for another: %s", got)
	}
}
