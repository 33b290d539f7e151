package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"telestrator/capture/capturetest"
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
	d.grant()
	becomes(t, agent, `telestrator.state === "live" && telestrator.frames > 0`)
	becomes(t, agent, `document.getElementById("size").textContent.includes("×") && /[0-9] ms/.test(document.getElementById("trip").textContent)`)
	says(t, user, "Pause")
	keep(t, agent, "console")
	keep(t, user, "panel")
}

// keep writes what a page looks like.
func keep(t *testing.T, browser context.Context, name string) {
	t.Helper()
	shot, err := chromedp.Run(browser, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if *pictures == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}
