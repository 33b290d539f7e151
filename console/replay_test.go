package console

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// openReplay opens the page that plays recordings, and the sample in it.
func openReplay(t *testing.T) tab {
	t.Helper()
	c := openPage(t, "/replay.html", 900)
	c.becomes("globalThis.telestratorReplay")
	c.choose("/demo.rec", "")
	return c
}

// TestWayToRecordings goes from the front page to the player and back, by the
// keyboard alone, and takes pictures of both like TestLooks.
func TestWayToRecordings(t *testing.T) {
	c := openPage(t, "/", 800)
	c.becomes("telestrator.state === 'idle'")
	c.shoot(shots(t), "door")
	focus := func(what string) {
		for range 20 {
			if c.perform(chromedp.KeyEvent("\t")); c.do("document.activeElement.matches(%q)", what) == "true" {
				return
			}
		}
		t.Fatalf("the keyboard does not get to %s", what)
	}
	focus(`a[data-word="replay"]`)
	if got := c.do("[document.activeElement.textContent, document.activeElement.checkVisibility()]"); got != `["Play a recording of a session",true]` {
		t.Errorf("the way to the recordings is %s", got)
	}
	c.perform(chromedp.KeyEvent("\r"))
	c.becomes("globalThis.telestratorReplay && location.pathname === '/replay.html'")
	c.becomes(`says.textContent.startsWith("Choose a recording above.") && says.checkVisibility()`)
	c.shoot(shots(t), "replay")
	focus(`a[data-word="join"]`)
	c.perform(chromedp.KeyEvent("\r"))
	c.becomes("globalThis.telestrator?.state === 'idle' && location.pathname === '/'")
}

// choose opens a file that the server has, or its beginning, as the user would.
func (c tab) choose(path, slice string) {
	c.Helper()
	c.do(`(async () => {
		const data = (await (await fetch(%q)).blob())%s, files = new DataTransfer();
		files.items.add(new File([data], 'a\u202e<b>.rec'));
		file.files = files.files;
		file.dispatchEvent(new Event('change'));
	})()`, path, slice)
}

// key presses a key on the page.
func (c tab) press(key string) {
	c.Helper()
	c.do("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: %q, bubbles: true }))", key)
}

// TestReplayPage: the page plays a local file through the worker, and is worked
// by keyboard; the last picture is that of the session.
func TestReplayPage(t *testing.T) {
	t.Parallel()
	c := openReplay(t)
	c.becomes("telestratorReplay.playing && telestratorReplay.frames > 0")
	c.press(" ")
	c.becomes("!telestratorReplay.playing && play.textContent === 'Play'")
	c.press("End")
	c.becomes("telestratorReplay.time === telestratorReplay.duration && telestratorReplay.frames >= 1 && telestratorReplay.view === 'live'")
	c.showsSample()
	if got := c.do("document.querySelectorAll('#labels > div').length"); got != "1" {
		t.Errorf("%s areas are called private", got)
	}
	if got := c.do("[document.getElementById('name').textContent, document.getElementById('name').children.length]"); got != `["a <b>.rec",0]` {
		t.Errorf("the file is called %s", got)
	}
	c.press("Home")
	c.becomes("telestratorReplay.time === 0 && sheet.hidden")
	c.press("+")
	c.press("+")
	c.press("+")
	c.press("+")
	c.press(" ")
	c.becomes("telestratorReplay.time === telestratorReplay.duration && !telestratorReplay.playing")
	c.showsSample()
	if got := c.do("document.querySelector('#speeds [aria-pressed=true]').textContent"); got != `"8×"` {
		t.Errorf("the speed is %s", got)
	}
}

// TestReplayPageOfBrokenFile: it plays what is whole, and says so; of a file
// that is none it shows nothing.
func TestReplayPageOfBrokenFile(t *testing.T) {
	t.Parallel()
	c := openReplay(t)
	c.choose("/demo.rec", ".slice(0, -1)")
	c.becomes("telestratorReplay.broken.includes('ends too early') && says.textContent.includes('damaged')")
	c.press("End")
	c.showsSample()
	c.choose("/demo.png", "")
	c.becomes("telestratorReplay.broken.includes('byte 0') && telestratorReplay.frames === 0 && sheet.hidden")
}

// showsSample waits until the page shows the picture beside the recording.
func (c tab) showsSample() {
	c.Helper()
	c.do("globalThis.alike = false")
	c.becomes("(" + compare + ", globalThis.alike)")
}

// compare compares the two, and notes in alike whether they are the same.
const compare = `(async () => {
	const image = await createImageBitmap(await (await fetch('/demo.png')).blob());
	const other = new OffscreenCanvas(image.width, image.height).getContext('2d');
	other.drawImage(image, 0, 0);
	const canvas = document.getElementById('screen');
	if (canvas.width !== image.width || canvas.height !== image.height) return;
	const a = other.getImageData(0, 0, image.width, image.height).data;
	const b = canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data;
	globalThis.alike = a.every((value, i) => value === b[i]);
})()`
