package privacy

import (
	"fmt"
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

func (y *play) enter() {
	y.next++
	a := &actor{title: fmt.Sprint("window ", y.next), area: image.Rect(0, 0, 150, 100).Add(image.Pt(y.r.IntN(170), y.r.IntN(100)))}
	y.knows(func() {
		a.id = y.p.show(pane{area: a.area, colour: green, title: a.title})
		y.wins = append(y.wins, a)
	})
	y.hears(a)
}

func (y *play) leave(a *actor) {
	y.knows(func() {
		xproto.DestroyWindow(y.p.c, a.id)
		y.p.sync()
		y.wins = slices.DeleteFunc(y.wins, func(b *actor) bool { return a == b })
	})
}

func (y *play) move(a *actor) {
	a.area = a.area.Sub(a.area.Min).Add(image.Pt(y.r.IntN(170), y.r.IntN(100)))
	y.p.move(a.id, a.area.Min)
	y.hears(a)
}

// hears lets the program learn in time where its window is, of each place in its
// turn.
func (y *play) hears(a *actor) {
	at := a.area.Min
	a.moves++
	move := a.moves
	y.after(recent*4/5, func() {
		if move > a.heard {
			y.knows(func() { a.told, a.heard = at, move })
		}
	})
}

// fill paints in a window.
func (y *play) fill(a *actor, r image.Rectangle, colour uint32) {
	gc, err := xproto.NewGcontextId(y.p.c)
	if err != nil {
		return
	}
	xproto.CreateGC(y.p.c, gc, xproto.Drawable(a.id), xproto.GcForeground, []uint32{colour})
	xproto.PolyFillRectangle(y.p.c, xproto.Drawable(a.id), gc, []xproto.Rectangle{
		{X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy())}})
	xproto.FreeGC(y.p.c, gc)
}

// repaint paints all fields of a window, each with a frame around it.
func (y *play) repaint(a *actor) {
	for _, f := range a.props {
		if !f.painted.Empty() {
			y.fill(a, f.painted.Inset(-2), blue)
			y.fill(a, f.painted, secret)
		}
	}
	y.p.sync()
}

// puts paints a field at another place, or nowhere.
func (y *play) puts(a *actor, f *prop, to image.Rectangle) {
	if !f.painted.Empty() {
		y.fill(a, f.painted.Inset(-2), green)
	}
	f.painted = to
	y.repaint(a)
}

// somewhere is a place for a field.
func (y *play) somewhere() image.Rectangle {
	return image.Rect(0, 0, 70, 14).Add(image.Pt(4+y.r.IntN(70), 4+y.r.IntN(78)))
}

// appear brings a field. A program that lags tells of it after it has painted it,
// others no later than that.
func (y *play) appear(a *actor) {
	if len(a.props) > 1 {
		return
	}
	y.next++
	f := &prop{id: fmt.Sprint("field ", y.next), busy: time.Now().Add(time.Second)}
	a.props = append(a.props, f)
	y.put(a, f, y.somewhere(), y.m.hold)
}

// scroll moves a field.
func (y *play) scroll(a *actor) {
	if f := y.free(a); f != nil && !f.painted.Empty() {
		f.busy = time.Now().Add(time.Second)
		y.put(a, f, y.somewhere(), y.m.settle)
	}
}

// put tells of a new place and paints it, in the order of the toolkit.
func (y *play) put(a *actor, f *prop, to image.Rectangle, late time.Duration) {
	switch {
	case late > 0:
		y.puts(a, f, to)
		y.after(late*2/5, func() { y.knows(func() { f.told = to }) })
	case y.r.IntN(2) == 0:
		y.knows(func() {
			y.puts(a, f, to)
			f.told = to
		})
	default:
		y.knows(func() { f.told = to })
		y.after(recent*2/3, func() { y.puts(a, f, to) })
	}
}

// vanish takes a field away, from what the program tells some time before or after.
func (y *play) vanish(a *actor) {
	f := y.free(a)
	if f == nil {
		return
	}
	f.busy = time.Now().Add(time.Hour)
	y.after(haunts/2, func() { y.knows(func() { f.told = image.Rectangle{} }) })
	y.after(haunts/2, func() { y.puts(a, f, image.Rectangle{}) })
	y.later = append(y.later, cue{time.Now().Add(haunts / 2), func() {
		y.knows(func() { a.props = lacking(a.props, f) })
	}})
}

// free is a field of a window with which nothing is being done.
func (y *play) free(a *actor) *prop {
	for _, f := range a.props {
		if time.Now().After(f.busy) {
			return f
		}
	}
	return nil
}

func lacking(props []*prop, f *prop) (rest []*prop) {
	for _, p := range props {
		if p != f {
			rest = append(rest, p)
		}
	}
	return rest
}
