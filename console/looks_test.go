package console

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestLooks takes a picture of every state, light and dark, wide and narrow,
// into the folder that CONSOLE_SHOTS names, if it names one.
func TestLooks(t *testing.T) {
	c := openTab(t, all)
	folder := shots(t)
	c.do("device.show(1280, 800, %s), 0", desktop)
	c.do("globalThis.private = [1, 540, 400, 220, 36, 2, 860, 80, 340, 180, 2, 860, 260, 120, 60], 0")
	for name, enter := range map[string]string{
		"look":    `device.grant(1), 0`,
		"draw":    `device.grant(15), document.querySelector("[data-mode=draw]").click()`,
		"control": `device.grant(15), document.querySelector("[data-mode=control]").click()`,
		"mouse":   `device.grant(7), document.querySelector("[data-mode=control]").click()`,
		"hand":    `device.grant(15), document.querySelector("[data-mode=control]").click(), device.tell("hand", { why: 1 })`,
		"asked":   `device.grant(3), document.querySelector("[data-scope='4']").click()`,
		"private": `device.grant(15), device.tell("masks", { generation: device.session.consent.generation, protection: 1, areas: private })`,
		"paused":  `device.grant(15), device.tell("paused", { why: 1 })`,
	} {
		c.do(`document.querySelector("[data-mode=look]").click(), device.tell("hand", { why: 0 }), device.tell("paused", { why: 0 }), 0`)
		c.do("%s, 0", enter)
		if name == "draw" {
			c.do("device.tools.pen.style = { colour: 0xe53935, width: 8, fade: 0 }, 0")
			c.drag([][2]int{{560, 330}, {480, 350}, {440, 420}, {500, 520}, {640, 560}, {790, 540}, {830, 440}, {760, 350}, {600, 325}})
			c.drag([][2]int{{900, 250}, {840, 330}, {850, 300}, {840, 330}, {870, 320}})
		}
		c.shoot(folder, name)
	}
}

// shots is the folder for pictures: they are taken even if nobody wants them,
// so that every state can be shown.
func shots(t *testing.T) string {
	if folder := os.Getenv("CONSOLE_SHOTS"); folder != "" {
		return folder
	}
	return t.TempDir()
}

func (c tab) shoot(folder, name string) {
	c.Helper()
	for _, width := range []int64{1280, 390} {
		c.perform(chromedp.EmulateViewport(width, 800))
		for _, scheme := range []string{"light", "dark"} {
			media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
			if _, err := chromedp.Call(c.Context, emulation.SetEmulatedMedia, media); err != nil {
				c.Fatal(err)
			}
			png, err := chromedp.Run(c.Context, chromedp.CaptureScreenshot())
			if err != nil {
				c.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), png, 0o644); err != nil {
				c.Fatal(err)
			}
		}
	}
	c.perform(chromedp.EmulateViewport(1280, 800))
}

// desktop draws a screen with two windows.
const desktop = `(context) => {
	context.fillStyle = "#2f5061";
	context.fillRect(0, 0, 1280, 800);
	const open = (x, y, width, height, title) => {
		context.fillStyle = "#d8dde3";
		context.fillRect(x, y, width, height);
		context.fillStyle = "#fff";
		context.fillRect(x + 2, y + 26, width - 4, height - 28);
		context.fillStyle = "#222";
		context.font = "bold 14px sans-serif";
		context.fillText(title, x + 10, y + 18);
	};
	open(60, 60, 700, 420, "Terminal");
	context.font = "15px monospace";
	context.fillText("demo$ printer --status", 74, 110);
	context.fillText("error 42: the queue is paused", 74, 132);
	open(520, 340, 300, 200, "Print queue");
	context.fillStyle = "#808080"; // masked
	context.fillRect(540, 400, 220, 36);
	context.fillRect(860, 80, 340, 180);
	context.fillRect(860, 260, 120, 60);
	context.fillStyle = "#2b6fc4";
	context.fillRect(660, 480, 130, 36);
	context.fillStyle = "#fff";
	context.fillText("Resume", 695, 503);
}`
