package ink

import (
	"fmt"
	"image"
	"slices"
	"time"

	"telestrator/protocol"
)

// show puts a sign on the screen, or renews the one that is there.
func (o *Overlay) show(s Sign) error {
	s.Agents = slices.Clone(s.Agents)
	if len(s.Agents) > 0 { // the only one who is named
		s.Agents[0] = o.bar.dress.fonts.clean(s.Agents[0])
	}
	first := o.sign == nil
	o.sign = &s
	if !first {
		o.renew(time.Now())
		o.outline()
		return nil
	}
	o.x.WatchWindows()
	return o.fit()
}

// hide takes everything off the screen and forgets the ink and what is hidden.
func (o *Overlay) hide() {
	o.sign, o.hidden = nil, nil
	o.controls.Store(nil)
	o.x.Unwatch()
	o.outlines.hide()
	o.glass.hide()
	o.x.Unmap(o.border.window)
	o.x.Unmap(o.bar.window)
	o.bar.forget()
}

// fit makes everything fit the screen as it is now.
func (o *Overlay) fit() error {
	if err := o.survey(); err != nil {
		return err
	}
	o.outlines.fit(o.screen)
	o.outline()
	o.glass.fit(o.screen)
	o.border.fit(o.monitors, o.bar.dress.px(stripHeight))
	o.renew(time.Now())
	o.hold()
	return nil
}

// survey asks for the size of the screen and for the monitors.
func (o *Overlay) survey() error {
	o.x.AskRootSize()
	if o.randr != nil {
		o.randr.AskMonitors()
	}
	size, err := o.x.RootSize()
	if err != nil {
		return err
	}
	if err := checkSize(size); err != nil {
		return err
	}
	o.screen = image.Rectangle{Max: size}
	o.monitors = nil
	if o.randr != nil {
		if o.monitors, err = o.randr.Monitors(o.screen); err != nil {
			return err
		}
	}
	if len(o.monitors) == 0 {
		o.monitors = []image.Rectangle{o.screen}
	}
	return nil
}

// checkSize refuses screens that are larger than any picture: the ink is kept
// in memory of the X server as large as the screen.
func checkSize(size image.Point) error {
	if size.X > protocol.MaxSide || size.Y > protocol.MaxSide || size.X*size.Y > protocol.MaxArea {
		return fmt.Errorf("a screen of %dx%d is too large: a side of %d and %d pixels in all are possible",
			size.X, size.Y, protocol.MaxSide, protocol.MaxArea)
	}
	return nil
}

// renew draws border and bar as the sign has them at this moment.
func (o *Overlay) renew(now time.Time) {
	o.border.paint(o.sign.accent())
	l, moved := o.bar.draw(*o.sign, o.monitors[0], now)
	o.controls.Store(&placed{l, o.bar.area.Min})
	if moved {
		o.hold()
	}
	o.tick = o.sign.nextMinute(now)
}

// hold gives each window that is to be seen its size and its place on top. It
// changes nothing where all is so already.
func (o *Overlay) hold() {
	o.x.Place(o.bar.window, o.bar.area, 0)
	o.x.Place(o.border.window, o.screen, o.bar.window)
	o.x.Map(o.bar.window)
	o.x.Map(o.border.window)
	lowest := o.border.window
	if o.glass.inked() {
		o.glass.hold(lowest)
		lowest = o.glass.window
	}
	o.outlines.hold(lowest)
}
