package console

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// masked is a field and a window of two areas, by a rule.
const masked = "[1, 540, 400, 220, 36, 2, 860, 80, 340, 180, 2, 860, 260, 120, 60]"

// hide tells the console what is masked in the picture that it shows.
func (c tab) hide(areas string) {
	c.Helper()
	c.do("device.tell('masks', { generation: device.session.consent.generation, protection: 1, areas: %s }), 0", areas)
}

// labelled wants labels on so many areas, with so many of the words to be seen.
func (c tab) labelled(when string, labels, words int) {
	c.Helper()
	c.settle()
	got := c.do(`[labels.children.length, [...document.querySelectorAll("#labels span")].filter((w) => w.checkVisibility()).length]`)
	if want := fmt.Sprintf("[%d,%d]", labels, words); got != want {
		c.Errorf("%s: labels and words are %s, want %s", when, got, want)
	}
}

// TestPrivate has areas come and go, and their labels with them.
func TestPrivate(t *testing.T) {
	c := openTab(t, all)
	c.labelled("before any word of it", 0, 0)
	c.hide(masked)
	c.labelled("told", 2, 2)
	if got := c.do(`[labels.textContent.replace(/\s+/g, " ").trim(), privacySaid.textContent, privacy.textContent, privacy.title, telestrator.masks.length, telestrator.protection]`); got != `["private private","2 areas are private. Password fields are found and hidden.","2 areas","Password fields are found and hidden.",3,1]` {
		t.Errorf("told: %s", got)
	}
	c.hide("[1, 540, 400, 220, 36]")
	c.labelled("one has gone", 1, 1)
	c.do("device.session.receive('evt', device.encode('masks', { number: 1, generation: device.session.consent.generation, protection: 0, areas: [] }).slice().buffer), 0")
	c.labelled("an older one", 1, 1)
	c.do("device.grant(3), 0")
	c.labelled("another grant", 1, 1)
	c.do("device.show(640, 480), 0")
	c.labelled("another picture", 0, 0)
	c.hide("[2, 600, 440, 16384, 16384, 2, 700, 10, 50, 50, 3, 10, 10, 150, 100]")
	c.labelled("of which some is outside", 2, 1)
	c.hide("[]")
	c.labelled("all have gone", 0, 0)
	if got := c.do("[privacySaid.textContent, private.children.length]"); got != `["Nothing is private. Password fields are found and hidden.",0]` {
		t.Errorf("when all have gone: %s", got)
	}
	c.hide(masked)
	c.do("device.tell('paused', { why: 1 }), 0")
	c.becomes("telestrator.state === 'paused'")
	c.do("device.grant(0), 0")
	c.labelled("taken back", 0, 0)
}

// TestPrivateAtEveryZoom looks where stripes and words are, and whether the
// pixels under them can still be pointed at.
func TestPrivateAtEveryZoom(t *testing.T) {
	c := openTab(t, all)
	c.hide(masked)
	c.click(`#modes [data-mode="control"]`)
	for zoom, words := range map[string]int{"fit": 2, "0.5": 1, "1": 2, "2": 2} {
		c.click(`#zoom [data-zoom="` + zoom + `"]`)
		c.labelled("at zoom "+zoom, 2, words)
		c.covers(`#private rect:first-child`, 540, 400, 220, 36, zoom)
		c.covers(`#labels > :first-child`, 540, 400, 220, 36, zoom)
		c.covers(`#labels > :last-child`, 860, 80, 340, 180, zoom)
	}
	c.click(`#zoom [data-zoom="fit"]`)
	c.pointsAt(1030, 170, "fit", 1) // the word is there
	if x, y := c.at(1030, 170); c.do("document.elementFromPoint(%v, %v).id", x, y) != `"screen"` {
		t.Error("a label is in the way of the pointer")
	}
	c.do(`stage.scrollTo(0, 0), 0`)
	c.click(`#zoom [data-zoom="2"]`)
	c.do(`stage.scrollTo(1800, 420), 0`) // the middle of the window is above
	c.becomes(`(() => {
		const word = document.querySelector("#labels > :last-child .private").getBoundingClientRect(), seen = stage.getBoundingClientRect();
		return word.top >= seen.top && word.bottom <= seen.bottom;
	})()`)
	if got := c.do(`[...sheet.children].map(({ id }) => id)`); got != `["screen","stripes","labels","ink","pointer","typing"]` {
		t.Errorf("from below to above: %s", got)
	}
	c.perform(chromedp.EmulateViewport(390, 800))
	c.click(`#zoom [data-zoom="fit"]`)
	c.labelled("where the field is too small", 2, 1)
}

// covers wants an element to be where an area of the picture is, within a pixel.
func (c tab) covers(selector string, x, y, width, height int, zoom string) {
	c.Helper()
	var off [4]float64
	err := json.Unmarshal([]byte(c.do(`(() => {
		const of = document.querySelector(%q).getBoundingClientRect(), screen = document.getElementById("screen").getBoundingClientRect();
		const { part } = telestrator, scale = screen.width / part.width;
		return [of.left - screen.left - (%d - part.x) * scale, of.top - screen.top - (%d - part.y) * scale, of.width - %d * scale, of.height - %d * scale];
	})()`, selector, x, y, width, height)), &off)
	if err != nil {
		c.Fatal(err)
	}
	for _, d := range off {
		if d < -1 || d > 1 {
			c.Errorf("at zoom %s, %s is off by %v", zoom, selector, off)
			return
		}
	}
}
