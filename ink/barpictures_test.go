package ink

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var pictures = flag.String("pictures", "", "folder for pictures of the bar")

// TestPictures draws the bar as it comes in all languages and sizes. With
// -pictures it keeps what they look like.
func TestPictures(t *testing.T) {
	t.Parallel()
	for language := range catalogues {
		for _, percent := range []int{100, 200} {
			d := newTestDress(t, language, percent)
			for name, s := range signs() {
				s.Since = time.Now().Add(-754 * time.Second)
				for _, width := range []int{100, 320, 480, 1280} {
					l := d.layout(d.wants(s, time.Now()), image.Pt(width, 800))
					keep(t, fmt.Sprintf("bar-%s-%s-%d-%d", language, name, percent, width), d.paint(s, &l, time.Now()))
				}
			}
		}
	}
}

// keep writes a picture where the flag says.
func keep(t *testing.T, name string, img image.Image) {
	t.Helper()
	if *pictures == "" {
		return
	}
	f, err := os.Create(filepath.Join(*pictures, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
