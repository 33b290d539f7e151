package ink

import (
	"image"
	"time"
)

// bar is the window with the words and the buttons. Its background is a picture
// of them, which the X server paints by itself.
type bar struct {
	x      *canvas
	dress  *dress
	window uint32
	area   image.Rectangle // on the screen
	image  *image.RGBA     // what the picture shows; nil before the first
	pixmap uint32          // the picture
}

// draw shows a sign on a monitor, and says whether the window must be placed
// for it.
func (b *bar) draw(s Sign, monitor image.Rectangle, now time.Time) (l *layout, moved bool) {
	at := b.dress.layout(b.dress.wants(s, now), monitor.Size())
	img := b.dress.paint(s, &at, now)
	corner := image.Pt(monitor.Min.X+(monitor.Dx()-at.size.X)/2, monitor.Min.Y)
	area := image.Rectangle{corner, corner.Add(at.size)}
	if moved = area != b.area; moved {
		b.resize(area)
	}
	b.renew(img)
	return &at, moved
}

// resize makes a new picture for the window's new size, and its new shape.
func (b *bar) resize(area image.Rectangle) {
	b.forget()
	b.area = area
	b.pixmap = b.x.CreatePixmap(area.Size())
	b.x.shape(b.window, rounded(area.Size(), b.dress.px(corner)))
}

// forget gives the picture back.
func (b *bar) forget() {
	if b.pixmap != 0 {
		b.x.BackPixmap(b.window, 0)
		b.x.FreePixmap(b.pixmap)
	}
	b.pixmap, b.image, b.area = 0, nil, image.Rectangle{}
}

// renew writes what is new into the picture, and paints that part of the
// window.
func (b *bar) renew(img *image.RGBA) {
	part := changed(b.image, img)
	b.image = img
	if part.Empty() {
		return
	}
	b.x.put(b.pixmap, img, part)
	b.x.BackPixmap(b.window, b.pixmap)
	b.x.Clear(b.window, part)
}

// changed is the smallest rectangle outside of which two pictures of one size
// are equal.
func changed(old, img *image.RGBA) image.Rectangle {
	if old == nil {
		return img.Rect
	}
	var box image.Rectangle
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			if old.RGBAAt(x, y) != img.RGBAAt(x, y) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// rounded is the shape of the bar: the lower corners are cut.
func rounded(size image.Point, radius int) []image.Rectangle {
	radius = min(radius, size.X/2, size.Y)
	all := []image.Rectangle{image.Rect(0, 0, size.X, size.Y-radius)}
	for i := range radius {
		in := inset(radius, i)
		all = append(all, image.Rect(in, size.Y-radius+i, size.X-in, size.Y-radius+i+1))
	}
	return all
}

// inset is how far the circle of a corner lies from the side in its row i.
func inset(radius, i int) int {
	for in := range radius {
		dx, dy := 2*(radius-in)-1, 2*i+1
		if dx*dx+dy*dy <= 4*radius*radius {
			return in
		}
	}
	return radius
}
