package privacy

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// Focus asks where keys would go now. It answers within ctx, and what it
// cannot find out is not Known.
func (g *Guard) Focus(ctx context.Context) Focus {
	if g.fields == nil {
		return Focus{Known: true}
	}
	return g.fields.focus(ctx)
}

// focus asks the X server for the window that gets keys, and its program for the
// field in it.
func (f *fields) focus(ctx context.Context) Focus {
	to := f.windows.focused()
	if !to.found {
		return Focus{Known: true} // keys go nowhere, or to no program's window
	}
	if to.hidden {
		return Focus{Secret: true, Known: true}
	}
	f.mu.Lock()
	p, bus := f.programs[to.pid], f.bus
	var apps []atspi.App
	var m manner
	if p != nil {
		apps, m = p.apps, p.manner
	}
	f.mu.Unlock()
	if p == nil || bus == nil {
		return Focus{Known: to.trusted || f.policy == Allow && !f.lost && !to.guarded}
	}
	began := time.Now()
	s, err := scan(ctx, bus, apps)
	if err != nil || s.Began.Before(began) || f.windows.unready(to.top, s.Frames) {
		return Focus{}
	}
	return focusOf(s, m)
}

// focusOf is where the keys of a program's window go.
func focusOf(s *atspi.Scan, m manner) Focus {
	to := Focus{Known: true, Near: len(s.Secrets) > 0, Lag: m.focus()}
	for _, secret := range s.Secrets {
		if secret.Focused {
			to.Secret, to.Field = true, secret.ID
		}
	}
	return to
}

var errFocus = errors.New("privacy: the window with the focus is gone")

// target is the window that gets keys now.
type target struct {
	found   bool // there is one
	top     xproto.Window
	pid     int  // of its program
	trusted bool // a rule shows it
	guarded bool // it has secrets
	hidden  bool // keys must not go there
}

func (w *windows) focused() target {
	nowhere, hidden := target{}, target{found: true, hidden: true}
	top, err := w.x.focus()
	if err != nil {
		return hidden
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.model.prompts() {
		return hidden // it may have the keyboard, whatever has the focus
	}
	if top == xproto.WindowNone {
		return nowhere
	}
	_, o := w.model.find(top)
	if o == nil {
		return hidden
	}
	return target{true, top, o.pid, o.trusted, len(o.spots) > 0 || o.flat, w.model.hidden(o)}
}

// unready reports whether a frame that a window may be has not told what is in
// it.
func (w *windows) unready(top xproto.Window, frames []atspi.Frame) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, o := w.model.find(top)
	return o == nil || slices.ContainsFunc(frames, func(f atspi.Frame) bool {
		return !f.Ready && (o.bears(f.Title) || alike(f.Area, o.area))
	})
}

// prompts reports whether a window is shown that asks for a secret.
func (m *model) prompts() bool {
	return slices.ContainsFunc(m.stack, func(w *window) bool { return w.prompt && w.sort != notification && w.shown() })
}

// focus is the window on the root that gets keys; none when keys go nowhere.
func (x *connection) focus() (xproto.Window, error) {
	focus, err := xproto.GetInputFocus(x.c).Reply()
	if err != nil {
		return 0, err
	}
	const pointerRoot = 1
	switch focus.Focus {
	case xproto.WindowNone:
		return 0, nil
	case pointerRoot, x.root: // keys go to what is under the pointer
		pointer, err := xproto.QueryPointer(x.c, x.root).Reply()
		if err != nil {
			return 0, err
		}
		return pointer.Child, nil
	}
	if top := x.top(focus.Focus); top != 0 {
		return top, nil
	}
	return 0, errFocus
}

// top is the window on the root that a window is in; 0 when it is in none.
func (x *connection) top(id xproto.Window) xproto.Window {
	for range maxDepth * maxDepth {
		tree, err := xproto.QueryTree(x.c, id).Reply()
		if err != nil {
			return 0
		}
		if tree.Parent == x.root {
			return id
		}
		id = tree.Parent
	}
	return 0
}
