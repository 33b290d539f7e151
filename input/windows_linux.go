package input

import (
	"errors"
	"slices"
	"strings"

	"github.com/jezek/xgb/xproto"
)

// Limits of looking at windows. Beyond one of them a window counts as ours.
const (
	maxParts    = 256  // windows looked at in one of those on the root
	maxProperty = 4096 // bytes of a title
	maxClimb    = 32   // windows around the one with the focus
)

// maxDepth is how many levels of windows below one on the root are looked at
// for a title: no window manager puts more frames around a program's window.
const maxDepth = 3

// own is which windows are ours.
type own struct {
	titles  []string
	windows []uint32
}

// Own says which windows are ours.
func (x *screen) Own(titles []string, windows []uint32) {
	x.own.Store(&own{slices.Clone(titles), slices.Clone(windows)})
}

// At says whether the window at a position is ours. Windows that let clicks
// through are not there.
func (x *screen) At(px, py int) (bool, error) {
	return x.judge(func() (xproto.Window, error) {
		reply, err := xproto.TranslateCoordinates(x.c, x.root, x.root, int16(px), int16(py)).Reply()
		if err != nil {
			return 0, err
		}
		return reply.Child, nil
	})
}

// Focused says whether the window that gets keys is ours.
func (x *screen) Focused() (bool, error) {
	return x.judge(func() (xproto.Window, error) {
		focus, err := xproto.GetInputFocus(x.c).Reply()
		if err != nil {
			return 0, err
		}
		switch focus.Focus {
		case xproto.InputFocusNone:
			return 0, nil
		case xproto.InputFocusPointerRoot, x.root:
			return x.underPointer()
		}
		return x.climb(focus.Focus)
	})
}

// judge finds a window on the root and says whether it is ours. Nobody is
// where there is none.
func (x *screen) judge(find func() (xproto.Window, error)) (ours bool, err error) {
	err = x.await(func() error {
		top, err := find()
		if err != nil || top == xproto.WindowNone {
			return err
		}
		ours, err = x.search(top)
		return err
	})
	return ours || err != nil, err
}

// underPointer finds the window on the root where the pointer is.
func (x *screen) underPointer() (xproto.Window, error) {
	reply, err := xproto.QueryPointer(x.c, x.root).Reply()
	if err != nil {
		return 0, err
	}
	return reply.Child, nil
}

var errDeep = errors.New("input: a window lies too deep in others")

// climb finds the window on the root that another one is in.
func (x *screen) climb(id xproto.Window) (xproto.Window, error) {
	for range maxClimb {
		tree, err := xproto.QueryTree(x.c, id).Reply()
		switch {
		case err != nil:
			return 0, err
		case tree.Parent == x.root || tree.Parent == xproto.WindowNone:
			return id, nil
		}
		id = tree.Parent
	}
	return 0, errDeep
}

// search looks at a window on the root, at those inside it, as it may be a
// frame, and at those that they belong to.
func (x *screen) search(top xproto.Window) (ours bool, err error) {
	seen := 0
	var leaders []xproto.Window
	level := []xproto.Window{top}
	for range maxDepth + 1 {
		if seen += len(level); seen > maxParts {
			return true, nil
		}
		looks, err := x.look(level)
		if err != nil {
			return true, err
		}
		level = nil
		managed := false
		for _, l := range looks {
			if l.ours {
				return true, nil
			}
			managed = managed || l.managed
			level = append(level, l.children...)
			leaders = append(leaders, l.leader...)
		}
		if managed || len(level) == 0 {
			break
		}
	}
	return x.any(leaders)
}

// any says whether one of these windows is ours, not looking inside.
func (x *screen) any(windows []xproto.Window) (bool, error) {
	if len(windows) > maxParts {
		return true, nil
	}
	looks, err := x.look(windows)
	return err != nil || slices.ContainsFunc(looks, func(l look) bool { return l.ours }), err
}

// ours says whether a title is of ours.
func (o *own) ours(title string) bool {
	return o != nil && slices.ContainsFunc(o.titles, func(own string) bool { return strings.Contains(title, own) })
}

// includes says whether a window is named as ours.
func (o *own) includes(id xproto.Window) bool {
	return o != nil && slices.Contains(o.windows, uint32(id))
}
