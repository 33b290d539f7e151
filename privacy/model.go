package privacy

import (
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// model is what is known of the windows on a screen. The server's events change
// it in their order (events.go); masks reads it. It is not safe for concurrent
// use.
type model struct {
	rules  rules // that hide
	trust  rules // that show
	only   rules // if there are any, nothing else is shown
	reader reader
	root   xproto.Window
	settle time.Duration
	clock  func() time.Time

	stack  []*window              // the windows on the root, lowest first
	stale  []*window              // those of them that are not certain
	parts  map[xproto.Window]part // those, and what was looked at inside of them
	ghosts []ghost

	ignored  map[xproto.Window]bool // are in no picture, or will not be
	vacated  []image.Rectangle      // places that windows left in this span; their pixels may have been captured
	composed bool                   // pictures have nothing but windows that were named

	span       uint64    // number of the present span; it counts from 1
	now        time.Time // when it began: what had ended by then had ended for the grab
	stirred    uint64    // the span in which something last changed
	stirredAt  time.Time // when that was
	built      uint64    // the span in which the model was last built anew
	asks       bool      // windows are withheld until somebody has judged them
	crowded    bool      // there are more windows than maxWindows
	composited bool      // somebody else paints the windows, at his own pace
	outdated   bool      // the order of windows was lost: build the model anew
	dirty      bool      // masks may have changed since somebody was told

	holes, rest, spots []image.Rectangle // scratch of masks
}

func newModel(rules rules, reader reader, root xproto.Window) *model {
	return &model{
		rules: rules, reader: reader, root: root,
		settle: settle, clock: time.Now,
		parts: make(map[xproto.Window]part),
		span:  1,
	}
}

// reader asks the server about windows.
type reader interface {
	identify(xproto.Window) identity
	place(xproto.Window) (area image.Rectangle, mapped, exists bool)
}

// window lies directly on the root: the frame that a window manager puts around
// a program's window, or that window itself where none does.
type window struct {
	identity // as it was read last

	id      xproto.Window
	area    image.Rectangle // with its border
	mapped  bool
	ignored bool // it is in no picture
	absent  bool // so is this: pictures are composed of other windows

	secret  bool            // a rule matches it, or it could not be read
	trusted bool            // a rule shows it, or it is the window manager's
	chosen  bool            // a rule of Only matches it
	doubt   uint64          // the span in which it was unknown, or changed unseen
	until   time.Time       // it was secret, and is treated so until then
	inner   []xproto.Window // its entries in parts

	since, moved time.Time              // when it came to the screen, and when it last changed its place or size
	spots        []spot                 // places in it that are masked
	pages        []string               // addresses of the pages that it shows
	flat         bool                   // its program cannot say where its secrets are: all of it is masked
	young        time.Time              // it has a field that is new, until then
	told         map[string]image.Point // where the last scan has fields that show, from its corner
	lingers      time.Time              // it was flat, and is so until then
	odd          bool                   // its program tells places that are not those of the screen
	vague        bool                   // it has secrets whose places may be those of before it moved
	withheld     bool                   // nothing of it may leave, by what its program says or does not say
	allowed      bool                   // the user shows it
	puzzled      time.Time              // since when nobody can vouch for it; zero while somebody does
	prompt       bool                   // it asks for a secret, or locks the screen

	tainted time.Time // until then it may still show what lay at its place before

	state   knowledge
	gone    bool          // it is no longer in the stack
	changed []xproto.Atom // properties that changed since the reading before
}

// knowledge is how much of what is known of a window holds. What does not hold
// is read before the span ends; until then the window is hidden.
type knowledge int

const (
	certain knowledge = iota
	renamed           // it was known, and its name or class changed
	unknown           // it is new, or other windows came into it
)

// part is a window inside of, or the same as, a window on the root.
type part struct {
	of       *window
	searched bool // its children were looked at too
}

// begin starts a span.
func (m *model) begin() {
	m.span++
	m.now = m.clock()
	m.vacated = m.vacated[:0]
	m.ghosts = slices.DeleteFunc(m.ghosts, func(g ghost) bool { return !m.now.Before(g.until) })
}

// stir notes that something visible changed.
func (m *model) stir() {
	m.stirred, m.stirredAt, m.dirty = m.span, m.clock(), true
}

// shown reports whether the window has pixels on the screen that count.
func (w *window) shown() bool {
	return w.present() && !w.absent
}

// present reports whether the window has pixels on the screen.
func (w *window) present() bool {
	return w.mapped && !w.inputOnly && !w.ignored && w.area.Overlaps(everywhere)
}

// maxLeaders is how many windows may lead each other in a row. A window behind
// a longer row, or a circle, is hidden.
const maxLeaders = 8

// hidden reports whether the window's pixels may not leave. A window that was
// not known for certain before this span began may have been anything in it.
func (m *model) hidden(w *window) bool {
	if m.excluded(w) {
		return true
	}
	for range maxLeaders {
		if w.secret || w.state != certain || w.doubt == m.span || m.now.Before(w.until) {
			return true
		}
		next, known := m.parts[w.leader]
		if !known || next.of == w {
			return false
		}
		w = next.of
	}
	return true
}

// find returns the window on the root with this id and its place in the stack,
// which is negative when there is none.
func (m *model) find(id xproto.Window) (int, *window) {
	i := slices.IndexFunc(m.stack, func(w *window) bool { return w.id == id })
	if i < 0 {
		return i, nil
	}
	return i, m.stack[i]
}
