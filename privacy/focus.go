package privacy

import (
	"context"
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
	pid, trusted, hidden, found := f.windows.focused()
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
		return Focus{Known: trusted || f.policy == Allow && !f.lost}
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

// focused is the program whose window gets keys now, whether a rule shows or
// hides that window, and whether there is one.
func (w *windows) focused() (pid int, trusted, hidden, found bool) {
	focus, err := xproto.GetInputFocus(w.x.c).Reply()
	if err != nil {
		return 0, false, true, true
	}
	const pointerRoot = 1
	if focus.Focus <= pointerRoot || focus.Focus == w.x.root {
		return 0, false, false, false
	}
	top := w.x.top(focus.Focus)
	w.mu.Lock()
	defer w.mu.Unlock()
	_, o := w.model.find(top)
	if o == nil {
		return 0, false, true, true
	}
	return o.pid, o.trusted, w.model.hidden(o), true
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
