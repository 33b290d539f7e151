//go:build linux

package atspi

import (
	"testing"

	"telestrator/capture/capturetest"
)

// form is a program with a password field, which a test can change.
type form struct {
	name  string
	kit   Toolkit
	start func(tb testing.TB, d *desk) (say func(what string))
}

// forms are the same in all toolkits. They know the words reveal, replace (by a
// text field in its place), remove, another (window with a password field) and
// card (a field for a card's number).
var forms = []form{
	{"gtk3", GTK3, startPython(gtk3Form)},
	{"gtk4", GTK4, startPython(gtk4Form)},
	{"qt5", Qt, startPython(qt5Form)},
	{"chromium", Chromium, startBrowser("chromium", (*desk).chromium)},
	{"firefox", Firefox, startBrowser("firefox-esr", (*desk).firefox)},
}

func startPython(script string) func(testing.TB, *desk) func(string) {
	return func(tb testing.TB, d *desk) func(string) {
		return d.python(tb, script).say
	}
}

func startBrowser(program string, start func(*desk, testing.TB, string)) func(testing.TB, *desk) func(string) {
	return func(tb testing.TB, d *desk) func(string) {
		capturetest.Require(tb, program)
		s := newSite(tb, map[string]string{"/form": follow + pageForm})
		start(d, tb, s.URL+"/form")
		return func(what string) { s.run(tb, what+"()") }
	}
}

const pageForm = `<style>input{width:200px;height:30px;display:block;margin:40px}</style>
<div id=box><input id=field type=password value=secret></div><script>
const box = document.getElementById("box")
const fresh = html => { box.innerHTML = html }
function reveal() { document.getElementById("field").type = "text" }
function replace() { fresh("<input id=plain type=text value=secret>") }
function remove() { fresh("") }
function card() { fresh("<input id=a name=x placeholder='Card number'>") }
function another() { open("/form", "_blank", "popup,width=400,height=300") }
</script>`

const gtk3Form = `
import os, gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gtk, GLib
def field(secret):
    e = Gtk.Entry(visibility=not secret, text="secret")
    e.show()
    return e
def window():
    w = Gtk.Window(title="form")
    w.set_default_size(300, 100)
    w.box = Gtk.Box()
    w.field = field(True)
    w.box.add(w.field)
    w.add(w.box)
    w.show_all()
    return w
def fresh(e):
    first.field.destroy()
    first.field = e
    if e: first.box.add(e)
def do(what):
    if what == "reveal": first.field.set_visibility(True)
    if what == "replace": fresh(field(False))
    if what == "remove": first.field.destroy()
    if what == "another": globals().setdefault("more", []).append(window())
    if what == "card":
        e = field(False)
        fresh(e)
        label = Gtk.Label(label="_Kartennummer:", use_underline=True, mnemonic_widget=e)
        label.show()
        first.box.add(label)
    if what == "many":
        more = Gtk.Window(title="many")
        scroll = Gtk.ScrolledWindow()
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        for i in range(50):
            row = Gtk.Box()
            for j in range(9): row.add(Gtk.Label(label="l")); row.add(Gtk.Button())
            if i < 5: row.add(Gtk.Entry(visibility=False)); row.add(Gtk.Entry())
            box.add(row)
        scroll.add(box)
        more.add(scroll)
        more.show_all()
        globals()["kept"] = more
def read(*_):
    for line in os.read(0, 4096).decode().split(): do(line)
    return True
GLib.io_add_watch(0, GLib.IO_IN, read)
first = window()
Gtk.main()
`

const gtk4Form = `
import os, gi
gi.require_version("Gtk", "4.0")
from gi.repository import Gtk, GLib
Gtk.init()
def field(secret): return Gtk.PasswordEntry(text="secret") if secret else Gtk.SearchEntry(text="secret")
def window():
    w = Gtk.Window(title="form")
    w.set_default_size(300, 100)
    w.box = Gtk.Box()
    w.field = field(True)
    w.box.append(w.field)
    w.set_child(w.box)
    w.present()
    return w
def fresh(e):
    if first.field: first.box.remove(first.field)
    first.field = e
    if e: first.box.append(e)
def do(what):
    if what == "reveal": first.field.get_delegate().set_visibility(True)
    if what == "replace": fresh(field(False))
    if what == "remove": fresh(None)
    if what == "unsure": fresh(Gtk.Entry(visibility=False, text="secret"))
    if what == "another": globals().setdefault("more", []).append(window())
    if what == "card":
        e = Gtk.Entry(placeholder_text="Kartennummer")
        fresh(e)
def read(*_):
    for line in os.read(0, 4096).decode().split(): do(line)
    return True
GLib.io_add_watch(0, GLib.IO_IN, read)
first = window()
GLib.MainLoop().run()
`

const qt5Form = `
import os
from PyQt5 import QtCore, QtWidgets
app = QtWidgets.QApplication(["form"])
def field(secret):
    e = QtWidgets.QLineEdit("secret")
    if secret: e.setEchoMode(QtWidgets.QLineEdit.Password)
    return e
def window():
    w = QtWidgets.QWidget()
    w.setWindowTitle("form")
    w.resize(300, 100)
    w.box = QtWidgets.QHBoxLayout(w)
    w.field = field(True)
    w.box.addWidget(w.field)
    w.show()
    return w
def fresh(e):
    if first.field: first.field.deleteLater()
    first.field = e
    if e: first.box.addWidget(e)
def do(what):
    if what == "reveal": first.field.setEchoMode(QtWidgets.QLineEdit.Normal)
    if what == "replace": fresh(field(False))
    if what == "remove": fresh(None)
    if what == "another": globals().setdefault("more", []).append(window())
    if what == "card":
        e = field(False)
        e.setAccessibleName("Kartennummer")
        fresh(e)
def read(*_):
    for line in os.read(0, 4096).decode().split(): do(line)
notify = QtCore.QSocketNotifier(0, QtCore.QSocketNotifier.Read)
notify.activated.connect(read)
first = window()
app.exec_()
`
