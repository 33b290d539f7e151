package ink

import (
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// Heights of the bar's letters in pixels, on a screen of ordinary density.
const (
	headSize   = 15.0
	detailSize = 13.0
)

// maxName is how many characters of a name are shown.
const maxName = 40

// fonts are the bar's letters at one density. Not safe for concurrent use.
type fonts struct {
	head, detail, button typeface
	known                *sfnt.Font // knows which characters can be drawn
	scratch              sfnt.Buffer
}

// typeface is one kind of letters.
type typeface struct{ font.Face }

// newFonts makes letters for a screen with percent of the ordinary density.
func newFonts(percent int) (*fonts, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	medium, err := opentype.Parse(gomedium.TTF)
	if err != nil {
		return nil, err
	}
	f := &fonts{known: medium}
	for _, face := range []struct {
		to   *typeface
		from *sfnt.Font
		size float64
	}{{&f.head, medium, headSize}, {&f.detail, regular, detailSize}, {&f.button, medium, detailSize}} {
		options := opentype.FaceOptions{Size: face.size * float64(percent) / 100, DPI: 72, Hinting: font.HintingFull}
		if face.to.Face, err = opentype.NewFace(face.from, &options); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// width is how many pixels a text takes.
func (t typeface) width(text string) int { return font.MeasureString(t, text).Ceil() }

// fit cuts a text to so many pixels, with an ellipsis where something is lost.
// Where not even that fits, nothing is left.
func (t typeface) fit(text string, width int) string {
	if t.width(text) <= width {
		return text
	}
	runes := []rune(text)
	for n := min(len(runes), width); n > 0; n-- { // no letter is narrower than a pixel
		if short := shorten(runes, n); t.width(short) <= width {
			return short
		}
	}
	return ""
}

// shorten is the beginning of a text with an ellipsis, n characters together.
func shorten(text []rune, n int) string {
	return strings.TrimRight(string(text[:n-1]), " ") + "…"
}

// unseen are the characters that nobody sees but that change what is seen, and
// the marks that stack on letters.
var unseen = []*unicode.RangeTable{
	unicode.C, unicode.M, unicode.Other_Default_Ignorable_Code_Point,
	{R16: []unicode.Range16{{Lo: 0x2800, Hi: 0x2800, Stride: 1}, {Lo: 0xfffd, Hi: 0xfffd, Stride: 1}}},
}

// clean makes a name that a stranger gave safe to show: one line of at most
// maxName characters that are seen. Characters that our letters lack, those of
// all scripts written from right to left among them, become boxes; where there
// is nothing else, no name is left.
func (f *fonts) clean(name string) string {
	out := make([]rune, 0, maxName+2)
	drawn := false
	for _, r := range name {
		if len(out) > maxName+1 {
			break
		}
		switch {
		case unicode.IsSpace(r):
			if r = ' '; len(out) == 0 || out[len(out)-1] == ' ' {
				continue
			}
		case unicode.In(r, unseen...):
			continue
		case !f.has(r):
			r = missing
		default:
			drawn = true
		}
		out = append(out, r)
	}
	return present(out, drawn)
}

// missing stands for a character that our letters lack.
const missing = '□'

func present(name []rune, drawn bool) string {
	if !drawn {
		return ""
	}
	text := []rune(strings.TrimSuffix(string(name), " "))
	if len(text) > maxName {
		return shorten(text, maxName)
	}
	return string(text)
}

// has says whether there is a letter for r.
func (f *fonts) has(r rune) bool {
	glyph, err := f.known.GlyphIndex(&f.scratch, r)
	return err == nil && glyph != 0
}
