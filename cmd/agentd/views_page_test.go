package main

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/image/draw"

	"telestrator/capture/capturetest"
)

// TestViewsInThePage looks at all of a large screen with two monitors of
// different sizes, at each of them, and at scaled pictures. In every view the
// picture is as it should be, the mouse hits the pixel, and ink lies where it
// was drawn.
func TestViewsInThePage(t *testing.T) {
	capturetest.Require(t, "xrandr")
	display := applications(t, "2560x1440x24")
	display.Run(t, "xrandr", "--setmonitor", "left", "1536/360x1440/340+0+0", "screen")
	display.Run(t, "xrandr", "--setmonitor", "right", "1024/240x768/180+1536+300", "none")
	all, left, right := image.Rect(0, 0, 2560, 1440), image.Rect(0, 0, 1536, 1440), image.Rect(1536, 300, 2560, 1068)
	display.Run(t, "xdotool", "search", "--onlyvisible", "--class", "xterm", "windowmove", "--sync", "1700", "400")
	display.Run(t, "xdotool", "mousemove", "2203", "901", "click", "1") // no window has the focus
	display.WaitStill(t)
	screen := display.Picture(t) // as it stays, but for what our signs cover
	d := startDemo(t, "--display", display.Name())
	p := d.open(t)
	for _, c := range []struct {
		name, choose string
		part         image.Rectangle
		scaled       bool
		at           image.Point
	}{
		{"right", `[data-monitor="2"]`, right, false, image.Pt(2203, 901)},
		{"left", `[data-monitor="1"]`, left, false, image.Pt(1222, 1333)},
		{"left scaled", `#scaled`, left, true, image.Pt(77, 99)},
		{"right, small enough", `[data-monitor="2"]`, right, false, image.Pt(2333, 444)},
		{"all scaled", `[data-monitor="0"]`, all, true, image.Pt(2301, 1305)},
		{"all", `#scaled`, all, false, image.Pt(2301, 1305)},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.t = t
			p.click(c.choose)
			becomes(t, p.browser, fmt.Sprintf(`(({ x, y, width, height }) => [x, y, width, height].join() === %q)(telestrator.part) &&
				(telestrator.size.width < telestrator.part.width) === %v`, asked(c.part), c.scaled))
			p.sees(screen, c.part)
			p.photograph(c.name)
			p.hits(display, c.at)
			p.inks(display, c.at)
		})
	}
}

// sees waits until the picture is that of a part of the screen.
func (p *page) sees(screen *image.RGBA, part image.Rectangle) {
	p.t.Helper()
	worst := 0
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		picture := canvas(p.t, p.browser)
		got, want, allowed := image.NewRGBA(picture.Bounds()), image.NewRGBA(picture.Bounds()), 0
		draw.Copy(got, image.Point{}, picture, got.Rect, draw.Src, nil)
		if draw.BiLinear.Scale(want, want.Rect, screen, part, draw.Src, nil); got.Rect.Size() != part.Size() {
			allowed = 1
		}
		worst = 0
		for i := range got.Pix {
			worst = max(worst, int(got.Pix[i])-int(want.Pix[i]), int(want.Pix[i])-int(got.Pix[i]))
		}
		if worst <= allowed {
			return
		}
	}
	p.t.Errorf("of %v the picture is %d levels off", part, worst)
}

// hits moves the mouse to a pixel, and wants the device's pointer there.
func (p *page) hits(display *capturetest.Display, at image.Point) {
	p.t.Helper()
	o := observe(p.t, display)
	p.mode("control")
	p.press(at)
	wait(p.t, fmt.Sprint("the pointer at ", at), func() bool { return o.at() == at })
}

// inks draws from a pixel on, and wants the ink there.
func (p *page) inks(display *capturetest.Display, at image.Point) {
	p.t.Helper()
	p.mode("draw")
	p.click(`[data-width="4"]`)
	p.click(`[data-colour="#e53935"]`)
	to := at.Add(image.Pt(100, 60))
	p.drag(at, at.Add(image.Pt(50, 30)), to)
	want := image.Rect(at.X-2, at.Y-2, to.X+2, to.Y+2)
	wait(p.t, fmt.Sprint("ink in ", want), func() bool { return near(inked(display.Picture(p.t), 0xe53935), want) })
	p.click("#clear")
	wait(p.t, "cleared", func() bool { return inked(display.Picture(p.t), 0xe53935).Empty() })
}

// photograph keeps what the page looks like in the folder that CONSOLE_SHOTS names.
func (p *page) photograph(name string) {
	p.t.Helper()
	folder := os.Getenv("CONSOLE_SHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(p.browser, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}
