package console

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// openReplay opens the page that plays recordings, and the sample in it.
func openReplay(t *testing.T) tab {
	t.Helper()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/demo.rec", "/demo.png":
			http.ServeFile(w, r, "../protocol/testdata/recordings"+r.URL.Path)
		default:
			servePage(w, r)
		}
	}))
	t.Cleanup(page.Close)
	limited, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(find(t, "chromium")), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("lang", "en"), chromedp.WindowSize(1280, 900))...)
	browser, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	c := tab{t, browser}
	c.complain()
	c.perform(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(page.URL+"/replay.html"))
	c.becomes("globalThis.telestratorReplay")
	c.choose("/demo.rec", "")
	return c
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
