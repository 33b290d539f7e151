package ink

import (
	"image"
	"image/color"
	"image/draw"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Colours of border and bar, 0xRRGGBB.
const (
	liveColour   = 0xe5382e // somebody sees the screen
	pausedColour = 0xf2a93b // nobody does, though somebody is there
	ground       = 0x1b212a
	headColour   = 0xffffff
	detailColour = 0xc3ccd8
	handColour   = 0xf2c46b
	quietButton  = 0x3a4554
	endButton    = 0xc62f26
	buttonText   = 0xffffff
)

// accent is the colour of the border, the strip and the lamp.
func (s Sign) accent() uint32 {
	if s.Paused {
		return pausedColour
	}
	return liveColour
}

// paint makes a picture of the bar.
func (d *dress) paint(s Sign, l *layout, now time.Time) *image.RGBA {
	img := image.NewRGBA(image.Rectangle{Max: l.size})
	draw.Draw(img, img.Rect, plain(ground), image.Point{}, draw.Src)
	texts := d.fitted(s, l.head.Dx(), now)
	if !l.head.Empty() {
		strip := image.Rect(0, 0, l.size.X, d.px(stripHeight))
		draw.Draw(img, strip, plain(s.accent()), image.Point{}, draw.Src)
		round(img, l.lamp, l.lamp.Dx()/2, s.accent())
		d.fonts.head.write(img, l.head, texts.head, headColour)
		d.fonts.detail.write(img, l.detail, texts.detail, d.detailColour(texts.detail))
		d.fonts.detail.write(img, l.clock, texts.clock, detailColour)
	}
	word := d.words.Pause
	if s.Paused {
		word = d.words.Resume
	}
	d.button(img, l.pause, word, quietButton)
	d.button(img, l.end, d.words.End, endButton)
	return img
}

// detailColour makes the user's own hand stand out.
func (d *dress) detailColour(text string) uint32 {
	if text == d.words.Hand {
		return handColour
	}
	return detailColour
}

// fitted are the texts of a sign, the name in them shortened until the head
// has no more than so many pixels.
func (d *dress) fitted(s Sign, width int, now time.Time) lines {
	texts := d.words.lines(s, now)
	if len(s.Agents) == 0 {
		return texts
	}
	name := []rune(s.Agents[0])
	for n := len(name); n > minName && d.fonts.head.width(texts.head) > width; n-- {
		s.Agents = append([]string{shorten(name, n-1)}, s.Agents[1:]...)
		short := d.words.lines(s, now)
		if short.head == texts.head {
			break // the name is elsewhere
		}
		texts = short
	}
	return texts
}

// minName is how many characters of a name are left before the rest of the
// text is cut.
const minName = 5

// button draws a button with its word, where there is room for one.
func (d *dress) button(img *image.RGBA, r image.Rectangle, word string, colour uint32) {
	if r.Empty() {
		return
	}
	round(img, r, d.px(corner), colour)
	word = d.fonts.button.fit(word, r.Dx())
	inner := r
	inner.Min.X += (r.Dx() - d.fonts.button.width(word)) / 2
	d.fonts.button.write(img, inner, word, buttonText)
}

// write draws a text from the left of r, in the middle between above and below.
func (t typeface) write(img *image.RGBA, r image.Rectangle, text string, colour uint32) {
	m := t.Metrics()
	capitals := m.CapHeight.Round()
	drawer := font.Drawer{
		Dst:  img.SubImage(r).(draw.Image),
		Src:  plain(colour),
		Face: t,
		Dot:  fixed.P(r.Min.X, r.Min.Y+(r.Dy()+capitals)/2),
	}
	drawer.DrawString(t.fit(text, r.Dx()))
}

// round fills a rectangle whose corners are quarters of a circle.
func round(img *image.RGBA, r image.Rectangle, radius int, colour uint32) {
	const straight = 0.4477 // how far a curve's helping point is from the corner, in radii
	w, h := float32(r.Dx()), float32(r.Dy())
	k := min(float32(radius), w/2, h/2)
	c := k * straight
	z := vector.NewRasterizer(r.Dx(), r.Dy())
	z.MoveTo(k, 0)
	z.LineTo(w-k, 0)
	z.CubeTo(w-c, 0, w, c, w, k)
	z.LineTo(w, h-k)
	z.CubeTo(w, h-c, w-c, h, w-k, h)
	z.LineTo(k, h)
	z.CubeTo(c, h, 0, h-c, 0, h-k)
	z.LineTo(0, k)
	z.CubeTo(0, c, c, 0, k, 0)
	z.ClosePath()
	z.Draw(img, r, plain(colour), image.Point{})
}

// plain is a colour to draw with.
func plain(colour uint32) *image.Uniform {
	return image.NewUniform(color.RGBA{uint8(colour >> 16), uint8(colour >> 8), uint8(colour), 255})
}
