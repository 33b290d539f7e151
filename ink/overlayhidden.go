package ink

import "image"

// Hidden shows the user exactly these areas as hidden from who sees the
// screen. Without a sign nothing is shown, and with it they go. While paused
// there is no outline: nothing is shown to anybody, and nobody finds out where
// secrets are now.
func (o *Overlay) Hidden(areas []image.Rectangle) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sign == nil {
		return nil
	}
	o.hidden = append(o.hidden[:0], Outlined(areas)...)
	o.outline()
	err := o.x.Check()
	if err != nil {
		o.outlines.hide() // the next try begins afresh
		o.x.Check()       // what was not made cannot be given back
	}
	return gone(err)
}

// outline draws around what is hidden.
func (o *Overlay) outline() {
	var marks []Mark
	if !o.sign.Paused {
		marks = outlines(o.inside(o.hidden), o.bar.dress.unit())
	}
	if appeared := o.outlines.show(marks); appeared {
		o.hold()
	}
}

// inside cuts areas to what the border leaves of the monitors.
func (o *Overlay) inside(areas []image.Rectangle) (cut []image.Rectangle) {
	for _, m := range o.monitors {
		m = m.Inset(o.bar.dress.px(stripHeight))
		for _, a := range areas {
			if a = a.Intersect(m); !a.Empty() {
				cut = append(cut, a)
			}
		}
	}
	return cut
}

// unit is the width of a thin line.
func (d *dress) unit() int { return (d.percent + 50) / 100 }
