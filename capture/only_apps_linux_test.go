package capture_test

import (
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// Windows of two toolkits, each with a label and a button.
const (
	gtk4 = `import gi
gi.require_version("Gtk", "4.0")
from gi.repository import Gtk
app = Gtk.Application()
def up(app):
    window = Gtk.ApplicationWindow(application=app, title="four", default_width=200, default_height=120)
    window.set_child(Gtk.Button(label="four"))
    window.present()
app.connect("activate", up)
app.run()`
	qt5 = `from PyQt5.QtWidgets import *
app = QApplication(["five"])
window = QWidget()
window.setWindowTitle("five")
box = QVBoxLayout(window)
box.addWidget(QLabel("a label"))
box.addWidget(QPushButton("five"))
window.resize(220, 100)
window.show()
app.exec()`
)

// seen are the windows on the root that can be seen.
func (p *painter) seen() (all []xproto.Window) {
	p.tb.Helper()
	tree, err := xproto.QueryTree(p.c, p.root).Reply()
	if err != nil {
		p.tb.Fatal(err)
	}
	for _, id := range tree.Children {
		a, err := xproto.GetWindowAttributes(p.c, id).Reply()
		if err == nil && a.MapState == xproto.MapStateViewable {
			all = append(all, id)
		}
	}
	return all
}

// TestOnlyApplications: programs of all toolkits paint themselves once more when
// they are asked, and then all of their windows is in the picture.
func TestOnlyApplications(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox", "xterm", "zenity", "/usr/bin/python3")
	d := capturetest.StartXvfb(t, "800x600x24")
	d.Run(t, "xsetroot", "-solid", "#808080")
	d.Start(t, "openbox")
	d.Start(t, "xterm", "-geometry", "40x10+20+20", "-T", "one", "-e", "ls /etc; cat")
	d.Start(t, "zenity", "--info", "--text=hello", "--title=three")
	d.Start(t, "/usr/bin/python3", "-c", gtk4)
	d.Start(t, "/usr/bin/python3", "-c", qt5)
	for title, at := range map[string]string{"one": "20 20", "three": "420 30", "four": "40 330", "five": "430 300"} {
		d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--name", "^"+title+"$")
		move := []string{"search", "--onlyvisible", "--name", "^" + title + "$", "windowmove"}
		d.Run(t, "xdotool", append(move, at[:len(at)/2], at[len(at)/2+1:])...)
	}
	d.WaitStill(t)
	p := newPainter(t, d)
	windows := p.seen()
	cover := p.show(pane{area: d.Picture(t).Rect, colour: glaring})
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.only(windows...)
	v.grab()
	want := func() bool {
		v.stray()
		n, _ := differences(v.seen, d.Picture(t))
		return n == 0
	}
	xproto.UnmapWindow(p.c, cover)
	p.sync()
	v.until("all windows as they are on the screen", want)
}
