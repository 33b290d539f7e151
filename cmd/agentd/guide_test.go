package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var javascript = regexp.MustCompile("(?s)\n```js\n(.*?)\n```")

// TestGuideInBrowser: the console that docs/writing-a-console.md builds shows the
// screen exactly, in a real browser and against the real daemon.
func TestGuideInBrowser(t *testing.T) {
	display := applications(t, "1280x800x24")
	browse(t, display)
	d := startDemo(t, "--display", display.Name())
	text, err := os.ReadFile("../../docs/writing-a-console.md")
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	for _, block := range javascript.FindAllStringSubmatch(string(text), -1) {
		program.WriteString(strings.ReplaceAll(block[1], "export ", "") + "\n")
	}
	browser := newBrowser(t)
	perform(t, browser, chromedp.Navigate(d.Desk+"/"))
	value[bool](t, browser, fmt.Sprintf(guided, program.String(), strings.ReplaceAll(d.Code, "-", "")))
	d.grant()
	becomes(t, browser, "globalThis.shownByGuide > 0")
	exact(t, browser, display)
	if held := value[int](t, browser, "guide.viewer.held"); held != 1 {
		t.Errorf("it holds %d", held)
	}
	value[bool](t, browser, "(guide.end(), true)")
}

// guided joins with the guide's console and shows its pictures on the page.
const guided = `(async () => {
	%s
	globalThis.shownByGuide = 0;
	const canvas = document.getElementById('screen');
	globalThis.guide = await connect(async (offer) => {
		const response = await fetch('/api/connect', { method: 'POST', body: offer,
			headers: { 'Authorization': 'Bearer %s', 'Content-Type': 'application/sdp' } });
		return response.text();
	}, ({ width, height, pixels }) => {
		if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
		canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
		globalThis.shownByGuide++;
	});
	return true;
})()`
