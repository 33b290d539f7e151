package main

import (
	"bufio"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
)

// liar is a GTK program with a password field in the secret's colour, and bars
// that are none. It does what lines of its standard input say, and answers each
// with one: lie, with what it says of the field's place; honest; appear and
// vanish. What it does is seen on the screen, because the bars change.
const liarScript = `
import sys, gi
gi.require_version("Gdk", "3.0"); gi.require_version("Gtk", "3.0"); gi.require_version("Atk", "1.0")
from gi.repository import Atk, Gdk, GLib, Gtk
lie = None
class Tongue(Gtk.EntryAccessible, Atk.Component):
    __gtype_name__ = "Tongue"
    def do_get_extents(self, kind):
        if lie: return tuple(lie)
        e = self.get_widget()
        at = e.get_window().get_root_coords(e.get_allocation().x, e.get_allocation().y)
        return at[0], at[1], e.get_allocated_width(), e.get_allocated_height()
class Liar(Gtk.Entry):
    __gtype_name__ = "Liar"
Liar.set_accessible_type(Tongue)
style = Gtk.CssProvider()
style.load_from_data(b"""entry, entry:focus, entry selection { background: #fe01fd; color: #fe01fd; caret-color: #fe01fd; border: none;
  border-radius: 0; box-shadow: none; min-height: 30px } levelbar block.filled { background: #206040 }""")
Gtk.StyleContext.add_provider_for_screen(Gdk.Screen.get_default(), style, Gtk.STYLE_PROVIDER_PRIORITY_USER)
window, box = Gtk.Window(title="Liar"), Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
window.set_default_size(300, 200)
bars, field = [Gtk.ProgressBar(fraction=0.3) for _ in range(6)], Liar(visibility=False, text="hidden")
for w in bars + [field]: box.pack_start(w, True, True, 0)
window.add(box)
window.show_all()
def do(source, _):
    global lie
    line = source.readline().split()
    if not line: Gtk.main_quit()
    elif line[0] == "lie": lie = list(map(int, line[1:]))
    elif line[0] == "honest": lie = None
    elif line[0] == "appear": field.show()
    elif line[0] == "vanish": field.hide()
    for b in bars: b.set_fraction(0.9 - b.get_fraction())
    print("done", flush=True)
    return True
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, do)
Gtk.main()
`

// liar runs it.
type liar struct {
	t       *testing.T
	display *capturetest.Display
	cmd     *exec.Cmd
	in      io.Writer
	out     *bufio.Scanner
	window  string
}

func startLiar(t *testing.T, display *capturetest.Display, session *atspitest.Session) *liar {
	t.Helper()
	file := filepath.Join(t.TempDir(), "liar.py")
	if err := os.WriteFile(file, []byte(liarScript), 0o600); err != nil {
		t.Fatal(err)
	}
	l := &liar{t: t, display: display, cmd: exec.Command("/usr/bin/python3", file)}
	l.cmd.Env = append(session.Env(), "DISPLAY="+display.Name())
	l.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, errIn := l.cmd.StdinPipe()
	out, errOut := l.cmd.StdoutPipe()
	if err := l.cmd.Start(); err != nil || errIn != nil || errOut != nil {
		t.Fatal(err, errIn, errOut)
	}
	t.Cleanup(func() { _ = l.cmd.Process.Kill(); _ = l.cmd.Wait() })
	l.in, l.out = in, bufio.NewScanner(out)
	l.window = awaitWindow(t, display, "liar.py")
	return l
}

// do has it do something, and returns when it has.
func (l *liar) do(command string, numbers ...int) {
	l.t.Helper()
	for _, n := range numbers {
		command += fmt.Sprintf(" %d", n)
	}
	if _, err := fmt.Fprintln(l.in, command); err != nil || !l.out.Scan() {
		l.t.Fatalf("%s: %v, %v", command, err, l.out.Err())
	}
}

func (l *liar) signal(s syscall.Signal) {
	l.t.Helper()
	if err := l.cmd.Process.Signal(s); err != nil {
		l.t.Fatal(err)
	}
}

func (l *liar) move(x, y int) {
	l.t.Helper()
	l.display.Run(l.t, "xdotool", "windowmove", l.window, fmt.Sprint(x), fmt.Sprint(y))
}

// bars is where it has no field, after it was moved to x, y.
func bars(x, y int) image.Rectangle { return image.Rect(x+10, y+30, x+290, y+130) }
