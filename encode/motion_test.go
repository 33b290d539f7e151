package encode

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"
)

// desk is a screen with windows that lie over each other, the last on top.
type desk struct {
	s       *screen
	rnd     *rand.Rand
	ground  func(x, y int) uint32
	windows []pane
}

type pane struct {
	area   image.Rectangle
	colour func(x, y int) uint32 // from the window's corner
}

func newDesk(t *testing.T, rnd *rand.Rand, w, h, windows int) *desk {
	d := &desk{s: newScreen(t, w, h), rnd: rnd, ground: waves(rnd.Uint32())}
	for range windows {
		d.windows = append(d.windows, pane{colour: d.content()})
		d.place(len(d.windows) - 1)
	}
	d.paint(d.s.bounds())
	return d
}

// content is what a window may show.
func (d *desk) content() func(x, y int) uint32 {
	switch seed := d.rnd.Uint32(); d.rnd.IntN(4) {
	case 0:
		return waves(seed)
	case 1:
		return glyphs(d.rnd)
	default:
		return text(seed)
	}
}

// place takes a window somewhere, perhaps partly off the screen.
func (d *desk) place(i int) {
	size := image.Pt(200+d.rnd.IntN(d.s.size.X/2), 160+d.rnd.IntN(d.s.size.Y/2))
	at := image.Pt(d.rnd.IntN(d.s.size.X)-100, d.rnd.IntN(d.s.size.Y)-100)
	d.windows[i].area = image.Rectangle{at, at.Add(size)}
}

// paint paints all that is in r.
func (d *desk) paint(r image.Rectangle) {
	d.s.fill(r, d.ground)
	for _, w := range d.windows {
		d.s.fill(w.area.Intersect(r), func(x, y int) uint32 { return w.colour(x-w.area.Min.X, y-w.area.Min.Y) })
	}
}

// drag moves a window.
func (d *desk) drag(i int, by image.Point) {
	w := &d.windows[i]
	old := w.area
	w.area = w.area.Add(by)
	d.paint(old.Union(w.area))
}

// step does what people do with windows.
func (d *desk) step() {
	i := d.rnd.IntN(len(d.windows))
	switch d.rnd.IntN(12) {
	case 0:
		d.place(i)
		d.paint(d.s.bounds())
	case 1:
		d.windows[i].colour = d.content()
		d.paint(d.windows[i].area)
	case 2:
		d.s.scribble(d.rnd)
	case 3:
		d.drag(i, image.Pt(d.rnd.IntN(200)-100, 0))
	default:
		d.drag(i, image.Pt(d.rnd.IntN(41)-20, d.rnd.IntN(41)-20))
	}
}

// Windows that are dragged decode to what was released, however slow a viewer
// is and whatever it has as JPEGs, and copies are what brings them.
func TestWindowsAreDragged(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	d, c := newDesk(t, rnd, 520, 430, 3), NewCanvas()
	now := time.Duration(0)
	c.clock = func() time.Duration { return now }
	d.s.show(c)
	exact := []*viewer{copying(t, c), copying(t, c), copying(t, c), newViewer(t, c)}
	lossy := []*viewer{keen(t, c), keen(t, c)}
	for round := range rounds(60) {
		d.step()
		d.s.show(c)
		now += time.Duration(rnd.IntN(60)) * time.Millisecond
		for i, v := range exact {
			if round%(i%3+1) == 0 {
				v.catchUp()
				v.sees(d.s)
			}
		}
		for i, v := range lossy {
			if rnd.IntN(2+i) == 0 && v.next() && v.stream.whole() {
				v.agrees(d.s)
			}
		}
	}
	for i, v := range exact[:3] {
		if v.copies < rounds(60)/20 {
			t.Errorf("viewer %d: %d copies", i, v.copies)
		}
	}
	if n := exact[3].copies; n > 0 {
		t.Errorf("%d copies for a viewer that does not know them", n)
	}
	if !raceEnabled && (lossy[0].jpegs == 0 || lossy[0].copies == 0) {
		t.Errorf("%d JPEGs, %d copies", lossy[0].jpegs, lossy[0].copies)
	}
	for _, v := range lossy {
		v.catchUp()
		now += time.Hour
		v.catchUp()
		v.sees(d.s)
	}
}

// A window that is dragged is one copy, and hardly more is sent than what it
// uncovers.
func TestDragSendsWhatIsUncovered(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]image.Point{
		"down right": {14, 8}, "up left": {-9, -5}, "sideways": {20, 0}, "up": {0, -20}, "far": {-90, 70},
	} {
		d, c := newDesk(t, seeded(t), 900, 700, 0), NewCanvas()
		d.windows = []pane{{image.Rect(211, 152, 611, 472), text(1)}}
		d.paint(d.s.bounds())
		d.s.show(c)
		v := copying(t, c)
		v.catchUp()
		for range 2 {
			v.copies = 0
			d.drag(0, by)
			d.s.show(c)
			sent := 0
			for _, rest := range c.news.rests {
				sent += rest.area()
			}
			v.catchUp()
			v.sees(d.s)
			uncovered := 400*320 - (400-abs(by.X))*(320-abs(by.Y))
			if v.copies == 0 || v.copies > 2 || sent > uncovered+2*side*side {
				t.Errorf("%s: %d copies, %d pixels sent, %d uncovered: %v", name, v.copies, sent, uncovered, c.news.moves)
			}
		}
	}
}

// Two windows that go different ways at once.
func TestTwoWindowsMove(t *testing.T) {
	t.Parallel()
	d, c := newDesk(t, seeded(t), 1000, 500, 0), NewCanvas()
	d.windows = []pane{{image.Rect(40, 60, 440, 400), text(1)}, {image.Rect(540, 80, 940, 420), text(2)}}
	d.paint(d.s.bounds())
	d.s.show(c)
	v := copying(t, c)
	v.catchUp()
	d.drag(0, image.Pt(9, 11))
	d.drag(1, image.Pt(-7, 6))
	d.s.show(c)
	ways := map[image.Point]bool{}
	for _, m := range c.news.moves {
		ways[m.by] = true
	}
	v.catchUp()
	v.sees(d.s)
	if !ways[image.Pt(9, 11)] || !ways[image.Pt(-7, 6)] {
		t.Errorf("moves %v", c.news.moves)
	}
}
