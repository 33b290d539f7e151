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
	pid, trusted, guarded, hidden, found := f.windows.focused()
	if !found {
		return Focus{Known: true} // keys go nowhere, or to no program's window
	}
	if hidden {
		return Focus{Secret: true, Known: true}
	}
	f.mu.Lock()
	p, bus := f.programs[pid], f.bus
	var apps []atspi.App
	var m manner
	if p != nil {
		apps, m = p.apps, p.manner
	}
	f.mu.Unlock()
	if p == nil || bus == nil {
		return Focus{Known: trusted || f.policy == Allow && !f.lost && !guarded}
	}
	began := time.Now()
	s, err := scan(ctx, bus, apps)
	if err != nil || s.Began.Before(began) {
		return Focus{}
	}
	return focusOf(s, m)
}

// focusOf is where the keys of a program's window go.
func focusOf(s *atspi.Scan, m manner) Focus {
	to := Focus{Known: true}
	for _, secret := range s.Secrets {
		to.Lag = max(m.hold, moves)
		if secret.Focused {
			to.Secret, to.Field = true, secret.ID
		}
	}
	return to
}

// moves is how long programs take to move the focus.
const moves = 50 * time.Millisecond

var errFocus = errors.New("privacy: the window with the focus is gone")

// focused is the window that gets keys now: its program, whether a rule shows
// it, whether it has secrets, whether keys must not go there, and whether there
// is one.
func (w *windows) focused() (pid int, trusted, guarded, hidden, found bool) {
	top, err := w.x.focus()
	if err != nil {
		return 0, false, false, true, true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.model.prompts() {
		return 0, false, false, true, true // it may have the keyboard, whatever has the focus
	}
	if top == xproto.WindowNone {
		return 0, false, false, false, false
	}
	_, o := w.model.find(top)
	if o == nil {
		return 0, false, false, true, true
	}
	return o.pid, o.trusted, len(o.spots) > 0 || o.flat, w.model.hidden(o), true
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
