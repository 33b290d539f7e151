package privacy

import (
	"cmp"
	"encoding/binary"
	"os"
	"strconv"

	"github.com/jezek/xgb/xproto"
)

// The requests of the X-Resource extension that are used (resproto 1.2).
const (
	resClientIDs = 4 // reply: from byte 32 on one entry for each client
	resLocalPID  = 2 // the kind of id that is asked for
)

// resources finds the extension that tells which process a window is of.
func (x *connection) resources() error {
	res, err := xproto.QueryExtension(x.c, 10, "X-Resource").Reply()
	if err != nil || !res.Present {
		return err
	}
	const version = 1 | 2<<8
	if _, err := x.ask(res.MajorOpcode, 0, version).Reply(); err != nil {
		return nil // an older one, which does not tell
	}
	x.res = res.MajorOpcode
	return nil
}

// owner is the process whose connection made a window, as the server saw it
// connect; 0 when it cannot tell. A program cannot forge it.
func (x *connection) owner(id xproto.Window) int {
	if x.res == 0 {
		return 0
	}
	reply, err := x.ask(x.res, resClientIDs, 1, uint32(id), resLocalPID).Reply()
	const entry = 32
	if err != nil || len(reply) < entry+16 || le.Uint32(reply[8:]) != 1 || le.Uint32(reply[entry+8:]) != 4 {
		return 0
	}
	return int(le.Uint32(reply[entry+12:]))
}

// programOf is the path of a process's program; empty when it cannot be read.
func programOf(pid int) string {
	if pid == 0 {
		return ""
	}
	path, _ := os.Readlink("/proc/" + strconv.Itoa(pid) + "/exe")
	return path
}

// The kinds of windows that are told apart (EWMH, _NET_WM_WINDOW_TYPE).
type sort int

const (
	ordinary     sort = iota
	popup             // belongs to another window of its program
	notification      // of a notification daemon
)

// sorts are the names of types.
var sorts = map[string]sort{
	"_NET_WM_WINDOW_TYPE_NOTIFICATION":  notification,
	"_NET_WM_WINDOW_TYPE_DROPDOWN_MENU": popup,
	"_NET_WM_WINDOW_TYPE_POPUP_MENU":    popup,
	"_NET_WM_WINDOW_TYPE_MENU":          popup,
	"_NET_WM_WINDOW_TYPE_TOOLTIP":       popup,
	"_NET_WM_WINDOW_TYPE_COMBO":         popup,
	"_NET_WM_WINDOW_TYPE_DND":           popup,
}

// sortOf is what a list of types says.
func (x *connection) sortOf(types []byte) (s sort) {
	for ; len(types) >= 4; types = types[4:] {
		s = cmp.Or(s, x.sorts[xproto.Atom(binary.LittleEndian.Uint32(types))])
	}
	return s
}

// keeper is the process that manages the windows; 0 without one. Its own
// windows, frames and menus, have nothing but what it puts there.
func (x *connection) keeper() int {
	reply, err := xproto.GetProperty(x.c, false, x.root, x.atoms.check, xproto.AtomWindow, 0, 1).Reply()
	if err != nil || reply.Format != 32 || len(reply.Value) < 4 {
		return 0
	}
	return x.owner(xproto.Window(le.Uint32(reply.Value)))
}
