package conform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"slices"
	"time"
)

// settle hears until the picture stands still, or long enough.
type settle struct{}

// String says the step in the words of a report.
func (settle) String() string { return "wait for the whole picture" }

func (settle) play(p *player) error {
	for end := time.Now().Add(stillFor); time.Now().Before(end); {
		before := p.console.picture.number
		if err := (rest{still}).play(p); err != nil {
			return err
		}
		if p.console.picture.number == before && !p.console.picture.open {
			break
		}
	}
	if p.console.picture.pixels == nil {
		return errors.New("there was no picture")
	}
	return nil
}

// looks is how often a picture is looked at anew: a screen may change between
// two looks.
const looks = 4

// same expects that a picture drawn anew shows what the one before it showed,
// but for what changed meanwhile.
type same struct{}

// String says the step in the words of a report.
func (same) String() string { return "expect the same picture after a refresh" }

func (same) play(p *player) error {
	differ := 0
	for look := range looks {
		before := bytes.Clone(p.console.picture.pixels.Pix)
		if err := (say{"refresh", with{"number": look + 1}}).play(p); err != nil {
			return err
		}
		if err := (expect{"update", with{"reset": atLeast(resetHead)}}).play(p); err != nil {
			return err
		}
		if err := (settle{}).play(p); err != nil {
			return err
		}
		if differ = unlike(before, p.console.picture.pixels.Pix); differ == 0 {
			return nil
		}
	}
	return fmt.Errorf("%d bytes of the picture differ", differ)
}

// unlike counts what differs by more than decoders of JPEG may.
func unlike(a, b []byte) (n int) {
	const levels = 24
	if len(a) != len(b) {
		return max(len(a), len(b))
	}
	for i := range a {
		if max(a[i], b[i])-min(a[i], b[i]) > levels {
			n++
		}
	}
	return n
}

// Viewer is a User who can say what the screen looks like to agents.
type Viewer interface {
	View(ctx context.Context) (image.Image, error)
}

// agreed expects that the user is shown what our console shows.
type agreed struct{}

// String says the step in the words of a report.
func (agreed) String() string { return "expect the picture that the user is shown" }

func (agreed) play(p *player) error {
	user, ok := p.user.(Viewer)
	if !ok {
		return nil
	}
	for look := range looks {
		view, err := user.View(p)
		if err != nil {
			return err
		}
		if err := (rest{still}).play(p); err != nil {
			return err
		}
		if pixels := p.console.picture.pixels; pixels.Rect == view.Bounds() && slices.Equal(pixels.Pix, plain(view).Pix) {
			return nil
		} else if look == looks-1 {
			return fmt.Errorf("%v and %v differ", pixels.Rect, view.Bounds())
		}
	}
	return nil
}

func plain(view image.Image) *image.RGBA {
	pixels := image.NewRGBA(view.Bounds())
	draw.Draw(pixels, pixels.Rect, view, pixels.Rect.Min, draw.Src)
	return pixels
}
