package input

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// patience bounds waits for what normally takes milliseconds.
const patience = 20 * time.Second

// rig is a display with an injector on it and a program that sees the events.
type rig struct {
	*capturetest.Display
	t    testing.TB
	x    *screen
	c    *xgb.Conn // the program's
	root xproto.Window
	win  xproto.Window // the program's window; 0 until it has one
}

// newRig starts a display and opens it for injection.
func newRig(t testing.TB) *rig {
	t.Helper()
	d := capturetest.StartXvfb(t, "640x480x24")
	r := &rig{Display: d, t: t, x: openScreen(t, d), c: d.Conn(t)}
	r.root = xproto.Setup(r.c).DefaultScreen(r.c).Root
	return r
}

// openScreen opens a display until the end of the test.
func openScreen(t testing.TB, d *capturetest.Display) *screen {
	t.Helper()
	x, err := open(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.close)
	return x
}

// must ends the test at an error.
func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// type types a whole text, waiting for borrowed keys where there is need.
func (r *rig) text(text string) {
	r.t.Helper()
	for text != "" {
		n, err := r.x.Text(text)
		r.must(err)
		if text = text[n:]; text != "" {
			time.Sleep(borrowFor / 10) // keys come back by time alone
		}
	}
}

// watch shows a window over the whole screen that gets all events, and has the focus.
func (r *rig) watch() {
	r.t.Helper()
	r.win = r.window(0, 0, 640, 480)
	r.must(xproto.ChangeWindowAttributesChecked(r.c, r.win, xproto.CwEventMask, []uint32{
		xproto.EventMaskKeyPress | xproto.EventMaskKeyRelease | xproto.EventMaskButtonPress |
			xproto.EventMaskButtonRelease | xproto.EventMaskPointerMotion,
	}).Check())
	r.must(xproto.SetInputFocusChecked(r.c, xproto.InputFocusParent, r.win, xproto.TimeCurrentTime).Check())
}

// window shows a window without a window manager.
func (r *rig) window(x, y int16, w, h uint16) xproto.Window {
	r.t.Helper()
	id, err := xproto.NewWindowId(r.c)
	r.must(err)
	r.must(xproto.CreateWindowChecked(r.c, 0, id, r.root, x, y, w, h, 0, xproto.WindowClassInputOutput, 0,
		xproto.CwOverrideRedirect, []uint32{1}).Check())
	r.must(xproto.MapWindowChecked(r.c, id).Check())
	return id
}

// title names a window.
func (r *rig) title(id xproto.Window, title string) {
	r.t.Helper()
	r.must(xproto.ChangePropertyChecked(r.c, xproto.PropModeReplace, id, xproto.AtomWmName, xproto.AtomString, 8,
		uint32(len(title)), []byte(title)).Check())
}

// seen returns the events that the program has got by now. All that was
// injected before is among them.
func (r *rig) seen() []xgb.Event {
	r.t.Helper()
	r.must(r.x.sync())
	return r.arrived()
}

// arrived returns the events that the server has sent the program by now.
func (r *rig) arrived() []xgb.Event {
	r.t.Helper()
	_, err := xproto.GetInputFocus(r.c).Reply()
	r.must(err)
	var list []xgb.Event
	for ev, refused := r.c.PollForEvent(); ev != nil || refused != nil; ev, refused = r.c.PollForEvent() {
		switch ev.(type) {
		case nil:
			r.t.Fatal(refused)
		case xproto.MappingNotifyEvent:
		default:
			list = append(list, ev)
		}
	}
	return list
}

// keys tells key events as the key's name with the modifiers before it, and
// what happened to it: "+" pressed, "-" released.
func keys(events []xgb.Event) (list []string) {
	names := make(map[xproto.Keycode]string)
	for code, number := range codes {
		names[xproto.Keycode(number+evdevOffset)] = code
	}
	for _, ev := range events {
		switch ev := ev.(type) {
		case xproto.KeyPressEvent:
			list = append(list, modifiers(ev.State)+"+"+names[ev.Detail])
		case xproto.KeyReleaseEvent:
			list = append(list, modifiers(ev.State)+"-"+names[ev.Detail])
		}
	}
	return list
}

func modifiers(state uint16) string {
	var held string
	for bit, name := range []string{"shift", "lock", "ctrl", "alt", "num", "mod3", "meta", "level3"} {
		if state>>bit&1 == 1 {
			held += name + " "
		}
	}
	return held
}

// keymap is the set of keys that programs see pressed.
func (r *rig) keymap() set {
	r.t.Helper()
	r.must(r.x.sync())
	reply, err := xproto.QueryKeymap(r.c).Reply()
	r.must(err)
	return set(reply.Keys)
}

// program is an application that prints what was typed into it.
type program struct {
	r    *rig
	cmd  *exec.Cmd
	file string
}

// ask starts a GTK dialog that prints a line typed into it, and gives it the focus.
func (r *rig) ask() *program {
	r.t.Helper()
	capturetest.Require(r.t, "zenity")
	r.must(xproto.ChangeWindowAttributesChecked(r.c, r.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check())
	p := r.run(`exec zenity --entry --title=Typed --text=typed >"$0"`)
	r.focus("Typed")
	return p
}

// run runs a shell script whose output goes to the file "$0".
func (r *rig) run(script string) *program {
	r.t.Helper()
	p := &program{r: r, file: filepath.Join(r.t.TempDir(), "typed")}
	p.cmd = r.Start(r.t, "sh", "-c", script, p.file)
	return p
}

// typed waits for the end of the program and returns what it printed.
func (p *program) typed() string {
	p.r.t.Helper()
	late := time.AfterFunc(patience, func() { p.cmd.Process.Kill() })
	defer late.Stop()
	if err := p.cmd.Wait(); err != nil {
		p.r.t.Fatalf("the program that is typed into: %v", err)
	}
	out, err := os.ReadFile(p.file)
	p.r.must(err)
	return strings.TrimSuffix(string(out), "\n")
}

// focus waits for a window with this title and gives it the focus, as a window
// manager does.
func (r *rig) focus(title string) xproto.Window {
	r.t.Helper()
	late := time.AfterFunc(patience, r.c.Close)
	defer late.Stop()
	for {
		ev, refused := r.c.WaitForEvent()
		if ev == nil && refused == nil {
			r.t.Fatalf("no window %q", title)
		}
		id := subject(ev)
		if _, mapped := ev.(xproto.MapNotifyEvent); mapped { // it may get its title later
			xproto.ChangeWindowAttributes(r.c, id, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
		}
		if id != 0 && strings.Contains(r.name(id), title) {
			r.must(xproto.SetInputFocusChecked(r.c, xproto.InputFocusParent, id, xproto.TimeCurrentTime).Check())
			return id
		}
	}
}

// until waits until a window has exactly this title.
func (r *rig) until(id xproto.Window, title string) {
	r.t.Helper()
	late := time.AfterFunc(patience, r.c.Close)
	defer late.Stop()
	for r.name(id) != title {
		if ev, refused := r.c.WaitForEvent(); ev == nil && refused == nil {
			r.t.Fatalf("a title is %q, not %q", r.name(id), title)
		}
	}
}

// subject is the window that an event about a window is about.
func subject(ev xgb.Event) xproto.Window {
	switch ev := ev.(type) {
	case xproto.MapNotifyEvent:
		return ev.Window
	case xproto.PropertyNotifyEvent:
		return ev.Window
	}
	return 0
}

// name reads a window's title.
func (r *rig) name(id xproto.Window) string {
	for _, name := range []xproto.Atom{r.x.atoms.netName, xproto.AtomWmName} {
		reply, err := xproto.GetProperty(r.c, false, id, name, xproto.GetPropertyTypeAny, 0, maxProperty/4).Reply()
		if err == nil && len(reply.Value) > 0 {
			return string(reply.Value)
		}
	}
	return ""
}
