package ink

import (
	"image"

	"telestrator/x11"
)

// glass is a window of marks. It has the shape of all of them together, and a
// background as large as the screen in which they are drawn: so the X server
// paints whatever part of it comes to light by itself.
type glass struct {
	x      *canvas
	window uint32
	shape  uint32 // region: where there are marks
	paper  uint32 // pixmap: their colours; 0 while there was none since the sign is shown
	screen image.Rectangle
	marks  []Mark            // what is shown
	spans  []image.Rectangle // scratch
}

// inked says whether there are marks to be seen.
func (g *glass) inked() bool { return len(g.marks) > 0 }

// show replaces the marks, and draws where that makes a difference. It says
// whether the window has to appear for it; it goes by itself.
func (g *glass) show(marks []Mark) (appeared bool) {
	box, gone := difference(g.marks, marks)
	box = box.Intersect(g.screen)
	was := g.inked()
	g.marks = append(g.marks[:0], marks...)
	if g.inked() && g.paper == 0 {
		g.paper = g.x.CreatePixmap(g.screen.Max)
	}
	if !box.Empty() {
		g.draw(box, gone)
	}
	if was && !g.inked() {
		g.x.Unmap(g.window)
	}
	return !was && g.inked()
}

// hide forgets the marks, and gives back what they took.
func (g *glass) hide() {
	g.show(nil)
	if g.paper != 0 {
		g.x.BackPixmap(g.window, 0)
		g.x.FreePixmap(g.paper)
		g.paper = 0
	}
}

// hold gives the window its size, and its place just below another, if there
// are marks.
func (g *glass) hold(under uint32) {
	if !g.inked() {
		return
	}
	g.paint(g.screen, func() {
		g.x.Place(g.window, g.screen, under)
		g.x.Map(g.window)
	})
}

// fit redraws all for a screen of this size.
func (g *glass) fit(screen image.Rectangle) {
	if screen == g.screen {
		return
	}
	marks := append([]Mark(nil), g.marks...)
	g.hide()
	g.screen = screen
	g.show(marks)
}

// mostUncovered bounds what is uncovered around ink that stays: the number of
// rectangles there, times that of the ink. An X server takes as many steps to
// paint the windows below.
const mostUncovered = 1 << 18

// draw makes the window right within box, where so many marks may be gone.
func (g *glass) draw(box image.Rectangle, gone int) {
	g.fill(box)
	g.x.replace(g.shape, box, g.spans)
	if gone*len(g.marks) > mostUncovered {
		g.x.shape(g.window, nil) // all is uncovered at once, which is quick
		box = g.screen
	}
	g.paint(box, func() { g.x.fixes.Shape(g.window, x11.ShapeSeen, g.shape) })
}

// paint makes a change to the window and draws what lies in box. Backgrounds
// are painted through a shape rectangle by rectangle, each for each, but copies
// go through it in one go: so there is no background while the change is made.
func (g *glass) paint(box image.Rectangle, change func()) {
	g.x.Together(func() {
		g.x.BackPixmap(g.window, 0)
		change()
		g.x.Copy(g.paper, g.window, g.x.gc, box)
		g.x.BackPixmap(g.window, g.paper)
	})
}

// fill draws the parts of marks that lie in box, and leaves them in spans.
func (g *glass) fill(box image.Rectangle) {
	g.spans = g.spans[:0]
	begun := 0 // first span of the colour that is being drawn
	var colour uint32
	flush := func() {
		if begun < len(g.spans) {
			g.x.Foreground(g.x.gc, g.x.pixels.of(colour))
			g.x.Fill(g.paper, g.x.gc, g.spans[begun:])
		}
		begun = len(g.spans)
	}
	for i := range g.marks {
		part := g.marks[i].Area.Intersect(box)
		if part.Empty() {
			continue
		}
		if g.marks[i].Colour != colour {
			flush()
			colour = g.marks[i].Colour
		}
		g.spans = append(g.spans, part)
	}
	flush()
}
