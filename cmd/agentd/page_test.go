package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// page is our console in a real browser, in an agent's hands.
type page struct {
	t       *testing.T
	browser context.Context
}

// open joins, is allowed everything, and shows the screen.
func (d *daemon) open(t *testing.T) *page {
	t.Helper()
	p := &page{t, newBrowser(t)}
	perform(t, p.browser, chromedp.Navigate(d.Console))
	d.allow(protocol.AllScopes)
	becomes(t, p.browser, `telestrator.state === "live" && telestrator.frames > 0 && telestrator.scopes.length === 4`)
	return p
}

func (p *page) click(selector string) {
	p.t.Helper()
	if !value[bool](p.t, p.browser, `(document.querySelector(`+"`"+selector+"`"+`)?.click(), true)`) {
		p.t.Fatalf("there is no %s", selector)
	}
}

func (p *page) mode(name string) {
	p.t.Helper()
	p.click("[data-mode=" + name + "]")
	becomes(p.t, p.browser, `telestrator.mode === "`+name+`"`)
}

// at is where a pixel of the device's screen is in the page: its middle.
func (p *page) at(device image.Point) (x, y float64) {
	p.t.Helper()
	place := value[[]float64](p.t, p.browser, fmt.Sprintf(`(() => { const box = document.getElementById("screen").getBoundingClientRect(), { x, y, width, height } = telestrator.part;
		return [box.left + (%d - x + 0.5) * box.width / width, box.top + (%d - y + 0.5) * box.height / height]; })()`, device.X, device.Y))
	return place[0], place[1]
}

// drag moves over some pixels of the device's screen with the button held.
func (p *page) drag(points ...image.Point) {
	p.t.Helper()
	held := func(e *input.DispatchMouseEventParams) { e.Buttons = 1 }
	p.mouse(chromedp.MouseMoved, points[0])
	p.mouse(chromedp.MousePressed, points[0], chromedp.ButtonLeft)
	for _, at := range points[1:] {
		p.mouse(chromedp.MouseMoved, at, chromedp.ButtonLeft, held)
		time.Sleep(20 * time.Millisecond) // a hand is no faster
	}
	p.mouse(chromedp.MouseReleased, points[len(points)-1], chromedp.ButtonLeft)
}

// mouse does something with the mouse at a pixel of the device's screen.
func (p *page) mouse(kind input.DispatchMouseEventType, device image.Point, options ...chromedp.MouseOption) {
	p.t.Helper()
	x, y := p.at(device)
	perform(p.t, p.browser, chromedp.MouseEvent(kind, x, y, options...))
}

// press clicks at a pixel of the device's screen.
func (p *page) press(at image.Point) { p.drag(at) }

// types has the browser insert text, as an input method does.
func (p *page) types(text string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.browser, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.t.Fatal(err)
	}
	becomes(p.t, p.browser, "telestrator.typing === 0")
}

// chord presses keys by their codes, and releases them.
func (p *page) chord(keys ...key) {
	p.t.Helper()
	var modifiers chromedp.Modifier
	for _, k := range keys {
		modifiers |= k.modifier
		p.key(k, input.DispatchKeyEventTypeKeyDown, modifiers)
	}
	for _, k := range slices.Backward(keys) {
		modifiers &^= k.modifier
		p.key(k, input.DispatchKeyEventTypeKeyUp, modifiers)
	}
}

// key is a key of the agent's keyboard.
type key struct {
	code, key string
	modifier  chromedp.Modifier
}

var (
	control = key{"ControlLeft", "Control", chromedp.ModifierCtrl}
	shift   = key{"ShiftLeft", "Shift", chromedp.ModifierShift}
	tab     = key{"Tab", "Tab", 0}
	enter   = key{"Enter", "Enter", 0}
	left    = key{"ArrowLeft", "ArrowLeft", 0}
	f5      = key{"F5", "F5", 0}
	keyA    = key{"KeyA", "a", 0}
)

func (p *page) key(k key, kind input.DispatchKeyEventType, modifiers chromedp.Modifier) {
	p.t.Helper()
	event := input.DispatchKeyEventParams{Type: kind, Key: k.key, Code: k.code, Modifiers: int64(modifiers)}
	if _, err := chromedp.Call(p.browser, input.DispatchKeyEvent, event); err != nil {
		p.t.Fatal(err)
	}
}

// TestStrokesFromThePage draws in the page, at several zooms, and looks for the
// ink on the X server's screen: where it was drawn, to the pixel.
func TestStrokesFromThePage(t *testing.T) {
	display := capturetest.StartXvfb(t, "1280x800x24")
	d := startDemo(t, "--display", display.Name())
	p := d.open(t)
	p.mode("draw")
	p.click(`[data-width="4"]`)
	p.click(`[data-colour="#e53935"]`)
	p.click(`[data-fade="0"]`)
	for _, zoom := range []string{"0.5", "1", "2"} {
		t.Run("zoom "+zoom, func(t *testing.T) {
			p.click(`[data-zoom="` + zoom + `"]`)
			becomes(t, p.browser, "telestrator.scale === "+zoom)
			from, to := image.Pt(101, 121), image.Pt(301, 201)
			p.drag(from, image.Pt(151, 141), image.Pt(201, 161), image.Pt(251, 181), to)
			want := image.Rect(from.X-2, from.Y-2, to.X+2, to.Y+2)
			var got image.Rectangle
			wait(t, "drawn", func() bool { got = inked(display.Picture(t), 0xe53935); return near(got, want) })
			t.Logf("drawn from %v to %v: ink in %v", from, to, got)
			becomes(t, p.browser, "telestrator.strokes === 1")
			p.click("#clear")
			wait(t, "cleared", func() bool { return inked(display.Picture(t), 0xe53935).Empty() })
		})
	}
}

// near says whether two rectangles are the same but for a pixel.
func near(a, b image.Rectangle) bool {
	return !a.Empty() && a.In(b.Inset(-1)) && b.In(a.Inset(-1))
}

// inked is what a colour covers of a picture.
func inked(picture image.Image, colour uint32) (area image.Rectangle) {
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			if r, g, b, _ := picture.At(x, y).RGBA(); r>>8<<16|g>>8<<8|b>>8 == colour {
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return area
}

// TestTypingFromThePage types in the page into a GTK entry and into a terminal,
// uses keys, clicks through ink, and loses the keyboard.
func TestTypingFromThePage(t *testing.T) {
	display, answer, keys := typists(t)
	d := startDemo(t, "--display", display.Name())
	o := observe(t, display)
	p := d.open(t)
	p.click(`[data-zoom="1"]`)
	p.mode("control")

	const text = "Zwölf @ € ñ ß 日本 😀"
	p.press(image.Pt(700, 200))
	focused(t, display, "Write")
	p.types("to be overwritten")
	p.chord(control, keyA)
	p.types(text)

	p.press(image.Pt(200, 200))
	focused(t, display, "Terminal")
	p.types("plain ASCII {|}~")
	p.chord(enter)
	p.chord(tab)
	p.chord(f5)
	p.chord(shift, left)
	p.chord(control, keyA)
	want := "plain ASCII {|}~^M^I^[[15~^[[1;2D^A"
	wait(t, "in the terminal: "+want, func() bool { return content(keys) == want })

	d.call("DELETE", "/api/grants/keyboard", nil, nil)
	becomes(t, p.browser, `!telestrator.scopes.includes("keyboard")`)
	p.types("no more")
	p.chord(f5)
	p.press(image.Pt(220, 220))
	d.shows("clicked", func(s panel.State) bool { return s.Session.Injected.Button >= 3 })
	if got := content(keys); got != want {
		t.Errorf("typed without the keyboard: %q", got)
	}

	ok := button(t, display)
	p.mode("draw")
	p.click(`[data-width="16"]`)
	p.drag(ok.Add(image.Pt(-30, 0)), ok, ok.Add(image.Pt(30, 0)))
	wait(t, "ink over the button", func() bool { return o.pixel(ok.X, ok.Y) == 0xe53935 })
	p.mode("control")
	p.press(ok)
	wait(t, "answered by a click through the ink: "+text, func() bool { return content(answer) == text+"\n" })
}

// typists are a terminal that writes down the keys it gets and a GTK window
// with an entry that writes down its text.
func typists(t *testing.T) (display *capturetest.Display, answer, keys string) {
	t.Helper()
	capturetest.Require(t, "openbox", "xterm", "zenity", "xdotool")
	t.Setenv("NO_AT_BRIDGE", "1")
	display = capturetest.StartXvfb(t, "1280x800x24")
	display.Start(t, "openbox")
	wait(t, "managed", observe(t, display).managed)
	folder := t.TempDir()
	answer, keys = filepath.Join(folder, "answer"), filepath.Join(folder, "keys")
	display.Start(t, "xterm", "-T", "Terminal", "-geometry", "60x20+20+100", "-e", "sh", "-c", "stty raw -echo; exec cat -vt > "+keys)
	comesUp(t, display, "Terminal")
	display.Start(t, "sh", "-c", "exec zenity --entry --title=Write --text=Text --width=500 > "+answer)
	comesUp(t, display, "Write")
	display.Run(t, "xdotool", "search", "--onlyvisible", "--name", "^Write$", "windowmove", "--sync", "600", "120")
	display.WaitStill(t)
	return display, answer, keys
}

// focused waits until the window manager has given a window the focus. Between
// two windows none has it, and xdotool fails.
func focused(t *testing.T, display *capturetest.Display, title string) {
	t.Helper()
	wait(t, title+" focused", func() bool {
		return strings.TrimSpace(display.Run(t, "sh", "-c", "xdotool getactivewindow getwindowname || true")) == title
	})
}

// button is the middle of the OK button of zenity's window, at its lower right.
func button(t *testing.T, display *capturetest.Display) image.Point {
	t.Helper()
	out := display.Run(t, "xdotool", "search", "--onlyvisible", "--name", "^Write$", "getwindowgeometry", "--shell")
	place := map[string]int{}
	for line := range strings.Lines(out) {
		var name string
		var n int
		if k, v, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			name = k
			_, _ = fmt.Sscan(v, &n)
		}
		place[name] = n
	}
	return image.Pt(place["X"]+place["WIDTH"]-60, place["Y"]+place["HEIGHT"]-30)
}

// content is what a file holds so far.
func content(file string) string {
	text, _ := os.ReadFile(file) // not there yet
	return string(text)
}
