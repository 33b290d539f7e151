package privacy

import (
	"image"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// play is a program that does at random what programs do to their windows and
// secret fields, and tells of it as late as its toolkit may, never later: however
// busy the machine is, what is due is done before it answers and before a picture
// is taken.
type play struct {
	mu    sync.Mutex // guards all of it
	o     *oracle
	p     *painter
	r     *rand.Rand
	m     manner
	wins  []*actor
	later []cue
	next  int // numbers windows and fields
}

// actor is a window of the program.
type actor struct {
	id    xproto.Window
	title string
	area  image.Rectangle
	told  image.Point // where the program thinks that it is
	moves int
	heard int // the last of them that the program knows of
	props []*prop
}

// prop is a secret field, placed from the corner of its window.
type prop struct {
	id            string
	painted, told image.Rectangle // empty while it is not
	busy          time.Time       // until then nothing is done with it
}

// cue is what is to be done at some time.
type cue struct {
	at time.Time
	do func()
}

// after does something within a time.
func (y *play) after(most time.Duration, do func()) {
	y.later = append(y.later, cue{time.Now().Add(time.Duration(y.r.Int64N(int64(most)))), do})
}

// keep does what is due, and reports whether more is to be done.
func (y *play) keep() (more bool) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.cues()
	return len(y.later) > 0
}

// cues does what is due. The lock is held.
func (y *play) cues() {
	now := time.Now()
	due := slices.Clone(y.later)
	y.later = nil
	for _, c := range due {
		if now.Before(c.at) {
			y.later = append(y.later, c)
		} else {
			c.do()
		}
	}
}

// step does what is due, and one thing more.
func (y *play) step() {
	y.mu.Lock()
	y.cues()
	if len(y.wins) == 0 || len(y.wins) < 4 && y.r.IntN(12) == 0 {
		y.enter()
	} else {
		y.act(y.wins[y.r.IntN(len(y.wins))])
	}
	nap := time.Duration(y.r.IntN(15)) * time.Millisecond
	y.mu.Unlock()
	time.Sleep(nap)
}

func (y *play) act(a *actor) {
	switch y.r.IntN(14) {
	case 0, 1:
		y.move(a)
	case 2:
		y.p.stack(a.id, y.r.Uint32N(2))
	case 3:
		xproto.UnmapWindow(y.p.c, a.id)
	case 4, 5:
		xproto.MapWindow(y.p.c, a.id)
	case 6:
		if len(y.wins) > 2 {
			y.leave(a)
		}
	case 7, 8:
		y.appear(a)
	case 9, 10, 11:
		y.scroll(a)
	case 12:
		y.vanish(a)
	default:
		y.fill(a, randomRect(y.r, a.area.Size()).Intersect(image.Rect(0, 0, 40, 12)), blue)
		y.repaint(a)
	}
	y.p.sync()
}

// tell makes what the program knows what it answers. The lock is held.
func (y *play) tell() {
	y.o.said = atspi.Scan{}
	for i, a := range y.wins {
		area := image.Rectangle{Max: a.area.Size()}.Add(a.told)
		y.o.said.Frames = append(y.o.said.Frames, atspi.Frame{Path: a.title, Title: a.title, Area: area, Ready: true})
		for _, f := range a.props {
			if !f.told.Empty() {
				y.o.said.Secrets = append(y.o.said.Secrets,
					atspi.Secret{ID: f.id, Frame: i, Area: f.told.Add(a.told), Showing: true, Known: true})
			}
		}
	}
}

// knows changes what the program knows.
func (y *play) knows(change func()) {
	y.o.set(func(*oracle) { change(); y.tell() })
}
