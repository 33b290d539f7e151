package ink

import "image"

// layout finds a place for everything on a monitor of this size: in one row, or
// with the buttons below, or with the buttons alone.
func (d *dress) layout(w wants, monitor image.Point) layout {
	beside := 2*d.px(edge) + d.px(lampSize) + 4*d.px(gap) + w.clock + w.pause + w.end
	text := min(w.text, monitor.X-beside)
	switch {
	case text >= min(w.text, d.px(minText)) && monitor.Y >= 2*d.px(wideHeight):
		return d.wide(w, beside+text)
	case monitor.X >= 2*d.px(edge)+w.pause+w.end+d.px(gap) && monitor.Y >= 2*d.px(narrowHeight):
		return d.narrow(w, min(monitor.X, beside+d.px(minText)))
	}
	return d.tiny(monitor)
}

func (d *dress) wide(w wants, width int) (l layout) {
	l.size = image.Pt(width, d.px(wideHeight))
	row := image.Rect(d.px(edge), d.px(stripHeight), width-d.px(edge), l.size.Y)
	button := middle(row, d.px(buttonHeight))
	l.end = fromRight(&button, w.end)
	skip(&button, d.px(gap))
	l.pause = fromRight(&button, w.pause)
	skip(&button, d.px(gap))
	l.clock = fromRight(&button, w.clock)
	skip(&button, d.px(gap))
	text := middle(row, d.px(headHeight)+d.px(detailHeight))
	text.Max.X = button.Max.X
	d.text(&l, text)
	return l
}

func (d *dress) narrow(w wants, width int) (l layout) {
	l.size = image.Pt(width, d.px(narrowHeight))
	row := image.Rect(d.px(edge), d.px(stripHeight), width-d.px(edge), l.size.Y-d.px(gap))
	button := row
	button.Min.Y = button.Max.Y - d.px(buttonHeight)
	half := (button.Dx() - d.px(gap)) / 2
	l.end = fromRight(&button, half)
	skip(&button, d.px(gap))
	l.pause = button
	text := row
	text.Max.Y = button.Min.Y
	text = middle(text, d.px(headHeight)+d.px(detailHeight))
	d.text(&l, text)
	l.clock = fromRight(&l.detail, w.clock)
	skip(&l.detail, d.px(gap))
	return l
}

// text puts the lamp and the two lines into a place.
func (d *dress) text(l *layout, place image.Rectangle) {
	l.head, l.detail = place, place
	l.head.Max.Y = place.Min.Y + d.px(headHeight)
	l.detail.Min.Y = l.head.Max.Y
	l.lamp = middle(l.head, d.px(lampSize))
	l.lamp.Max.X = l.lamp.Min.X + d.px(lampSize)
	l.head.Min.X = l.lamp.Max.X + d.px(gap)
	l.detail.Min.X = l.head.Min.X
}

// tiny has room for buttons only, and on the smallest screens for End alone.
func (d *dress) tiny(monitor image.Point) (l layout) {
	l.size = image.Pt(monitor.X, min(monitor.Y, d.px(buttonHeight)))
	l.end = image.Rectangle{Max: l.size}
	if monitor.X >= d.px(minButton) {
		l.pause = l.end
		l.end.Min.X = monitor.X / 2
		l.pause.Max.X = l.end.Min.X
	}
	return l
}

// middle is the part of r of this height that is as far from above as from
// below.
func middle(r image.Rectangle, height int) image.Rectangle {
	r.Min.Y += (r.Dy() - height) / 2
	r.Max.Y = r.Min.Y + height
	return r
}

// fromRight takes the right end of r.
func fromRight(r *image.Rectangle, width int) image.Rectangle {
	end := *r
	end.Min.X = r.Max.X - width
	r.Max.X = end.Min.X
	return end
}

func skip(r *image.Rectangle, width int) { r.Max.X -= width }
