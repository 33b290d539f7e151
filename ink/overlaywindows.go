package ink

import (
	"image"
	"strconv"
	"strings"

	"telestrator/x11"
)

// Class is the class of all windows, the second part of WM_CLASS.
const Class = "Telestrator"

// What the windows are called: "Telestrator ink", and so on.
const (
	title = "Telestrator "
	class = "telestrator\x00" + Class + "\x00"
)

// createWindows makes the windows, unseen.
func (o *Overlay) createWindows() error {
	o.x.AskAtom("_NET_WM_NAME")
	o.x.AskAtom("UTF8_STRING")
	o.x.AskAtom("_COMPTON_SHADOW")
	netName, err := o.x.Atom()
	if err != nil {
		return err
	}
	utf8, err := o.x.Atom()
	if err != nil {
		return err
	}
	shadow, err := o.x.Atom()
	if err != nil {
		return err
	}
	through := o.x.fixes.CreateRegion() // empty
	for _, w := range []struct {
		window *uint32
		name   string
		clicks bool
	}{{&o.outlines.window, "outlines", false}, {&o.glass.window, "ink", false}, {&o.border.window, "border", false}, {&o.bar.window, "bar", true}} {
		*w.window = o.x.CreateWindow(image.Rect(0, 0, 1, 1))
		o.x.SetText(*w.window, x11.AtomName, x11.AtomString, title+w.name)
		o.x.SetText(*w.window, netName, utf8, title+w.name)
		o.x.SetText(*w.window, x11.AtomClass, x11.AtomString, class)
		o.x.SetNumber(*w.window, shadow, 0) // picom's would darken all that the border encloses
		if !w.clicks {
			o.x.fixes.Shape(*w.window, x11.ShapeInput, through)
		}
	}
	return nil
}

// The density of a screen, in dots per inch: as settings have it, ordinary,
// and the highest that the bar grows with.
const (
	densitySetting  = "Xft.dpi:"
	ordinaryDensity = 96
	highestDensity  = 3 * ordinaryDensity
	maxSettings     = 64 << 10 // bytes
)

// newDress makes letters that suit the screen's density.
func (x *canvas) newDress(words Words) (*dress, error) {
	x.AskText(x.Setup.Root, x11.AtomResourceManager, x11.AtomString, maxSettings)
	settings, err := x.Text()
	if err != nil {
		return nil, err
	}
	d := &dress{words: words, percent: density(settings) * 100 / ordinaryDensity}
	d.fonts, err = newFonts(d.percent)
	return d, err
}

// density reads the density from the user's settings.
func density(settings string) int {
	for line := range strings.Lines(settings) {
		if value, found := strings.CutPrefix(line, densitySetting); found {
			dpi, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err == nil && dpi >= ordinaryDensity {
				return int(min(dpi, highestDensity))
			}
		}
	}
	return ordinaryDensity
}

// shape gives a window a shape of its own making.
func (x *canvas) shape(window uint32, all []image.Rectangle) {
	x.fixes.SetRegion(x.whole, nil)
	x.add(x.whole, all)
	x.fixes.Shape(window, x11.ShapeSeen, x.whole)
}

// replace replaces the part of a region that lies in box.
func (x *canvas) replace(region uint32, box image.Rectangle, all []image.Rectangle) {
	x.fixes.SetRegion(x.part, []image.Rectangle{box})
	x.fixes.Subtract(region, x.part)
	x.add(region, all)
}

// add adds any number of rectangles to a region.
func (x *canvas) add(region uint32, all []image.Rectangle) {
	for len(all) > 0 {
		n := min(len(all), x11.MaxRectangles)
		x.fixes.SetRegion(x.part, all[:n])
		x.fixes.Union(region, x.part)
		all = all[n:]
	}
}
