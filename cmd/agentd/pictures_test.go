package main

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

var pictures = flag.String("pictures", "", "folder for the pictures of README.md")

// TestPictures is the README's way: the demo with its own desktop, the panel
// in one window, the console in another. With -pictures it keeps what they
// look like.
func TestPictures(t *testing.T) {
	capturetest.Require(t, "Xvfb", "openbox", "xterm", "zenity", "xsetroot")
	t.Setenv("DISPLAY", "")
	d := startDemo(t)
	user, agent := newBrowser(t), newBrowser(t)
	perform(t, user, chromedp.EmulateViewport(560, 1120), chromedp.Navigate(d.Panel))
	perform(t, agent, chromedp.EmulateViewport(1280, 860), chromedp.Navigate("about:blank"), chromedp.Navigate(d.Desk))
	becomes(t, agent, `document.getElementById("name") !== null`)
	perform(t, agent, chromedp.SendKeys("#name", "Maria Lopez"))
	perform(t, agent, chromedp.SetValue("#code", d.Code), chromedp.Click("#submit"))
	says(t, user, "Maria Lopez")
	keep(t, user, "panel-asked")
	d.allow(protocol.AllScopes)
	becomes(t, agent, `telestrator.state === "live" && telestrator.frames > 0`)
	d.mark(t, &page{t, agent})
	becomes(t, agent, `document.getElementById("size").textContent.includes("×") && /[0-9] ms/.test(document.getElementById("trip").textContent)`)
	says(t, user, "Pause")
	keep(t, agent, "console")
	keep(t, user, "panel")
	perform(t, user, chromedp.EmulateViewport(560, 1240), chromedp.Click("[data-act=look]"))
	becomes(t, user, `document.getElementById("sight")?.width > 300`)
	becomes(t, user, `(document.querySelector(".sight").scrollIntoView(), document.querySelector(".windows") !== null)`)
	keep(t, user, "panel-sight")
}

// mark draws around the form on the demo's desktop, and keeps what its user sees.
func (d *daemon) mark(t *testing.T, p *page) {
	t.Helper()
	t.Setenv("XAUTHORITY", d.cookie(t))
	o := observeName(t, d.Display)
	p.mode("draw")
	p.click(`[data-width="8"]`)
	var loop []image.Point
	for i := range 33 {
		sin, cos := math.Sincos(float64(i) / 5)
		loop = append(loop, image.Pt(640+int(220*cos), 400+int(130*sin)))
	}
	p.drag(loop...)
	wait(t, "drawn", func() bool { return o.pixel(640+220, 400) == 0xe53935 })
	write(t, "screen", encoded(t, o.picture()))
}

// cookie is the file with which the demo's own desktop lets programs in.
func (d *daemon) cookie(t *testing.T) string {
	t.Helper()
	_, argv := d.child(t, func(argv []string) bool { return argv[0] == "Xvfb" })
	return argv[slices.Index(argv, "-auth")+1]
}

func encoded(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// keep writes what a page looks like.
func keep(t *testing.T, browser context.Context, name string) {
	t.Helper()
	shot, err := chromedp.Run(browser, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, shot)
}

// write writes a picture where it is wanted.
func write(t *testing.T, name string, shot []byte) {
	t.Helper()
	if *pictures == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}
