package console

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// mixture is some pictures of each scene, and then what was a film moves: its
// pixels are copies of what came out of JPEGs.
func mixture(s *screen, n int) {
	switch {
	case n < 4:
		drawTyping(s, n)
	case n < 9:
		drawScroll(s, n-4)
	case n < 15:
		drawDrag(s, n-9)
	case n < 18:
		drawFilm(s, n-14)
	case n < 22:
		shift(s)
	default:
		drawDrag(s, n)
	}
}

// TestPicture plays a mixture of scenes to the page. In the end its canvas is
// what our own decoder makes of it: to the last bit where nothing is lossy,
// and alike where decoders may differ.
func TestPicture(t *testing.T) {
	t.Parallel()
	find(t, "chromium")
	s := newScreen(t)
	takes := record(s, 26, mixture)
	d := newDevice(t)
	browser := openBrowser(t, d.url+"/#7K3M-Q2XD")
	d.opened()
	d.play(takes, 60)
	if err := chromedp.Do(browser, chromedp.Evaluate[chromedp.Void](`fetch("/shown", {
		method: "POST", body: new Blob([document.getElementById("screen").getContext("2d").getImageData(0, 0, 1920, 1080).data]),
	}).then(() => undefined)`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	select {
	case pix := <-d.shown:
		s.compare(pix)
	case <-time.After(patience):
		t.Fatal("the page does not send its picture")
	}
}

// compare says where RGBA pixels are not what the viewer has to show.
func (s *screen) compare(pix []byte) {
	s.Helper()
	want, lossy := s.shows.Picture().Pix, s.shows.Lossy().Pix
	if len(pix) != len(want) {
		s.Fatalf("%d bytes instead of %d", len(pix), len(want))
	}
	wrong, blurred, off := 0, 0, 0
	for i, l := range lossy {
		for c := range 3 {
			differ := int(pix[4*i+c]) - int(want[4*i+c])
			if l == 0 && differ != 0 {
				wrong++
			} else if l != 0 {
				blurred++
				off += max(differ, -differ)
			}
		}
	}
	if wrong > 0 {
		s.Errorf("%d exact values are wrong", wrong)
	}
	if blurred == 0 || off > alike*blurred {
		s.Errorf("%d values out of JPEGs are off by %d in all", blurred, off)
	}
}

const alike = 3 // levels by which decoders of JPEGs may differ in the mean
