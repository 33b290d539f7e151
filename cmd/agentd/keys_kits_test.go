package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
)

// withFields has a form made with so many fields.
func withFields(form string, n int) string { return strings.ReplaceAll(form, "COUNT", strconv.Itoa(n)) }

const formScript = `
import sys, gi
gi.require_version("Gdk", "3.0"); gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk
names = ["text", "first", "second", "third"]
style = Gtk.CssProvider()
style.load_from_data(b"""* { transition: none; animation: none } entry { border-radius: 0; box-shadow: none; min-height: 30px } button { background: #d0a0f0; min-height: 30px }
#text { background: #a0d0f0 } #first { background: #f0d0a0 } #second { background: #d0f0a0 }""")
Gtk.StyleContext.add_provider_for_screen(Gdk.Screen.get_default(), style, Gtk.STYLE_PROVIDER_PRIORITY_USER)
window, box = Gtk.Window(title="Form"), Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
window.set_default_size(400, 250)
fields = []
def tell(*_):
    n = [f.get_text_length() for f in fields] + [0] * (4 - len(fields))
    at = next((i for i, f in enumerate(fields) if f.has_focus()), -1)
    print(*n, at, flush=True)
    return False
def add(i):
    f = Gtk.Entry(name=names[i], visibility=i == 0, width_chars=30)
    f.connect("changed", tell)
    f.connect("focus-in-event", lambda *_: GLib.idle_add(tell) and False)
    fields.append(f)
    box.pack_start(f, False, False, 8)
    f.show()
    return f
for i in range(COUNT): add(i)
button = Gtk.Button()
button.connect("clicked", lambda *_: len(fields) == COUNT and add(COUNT).grab_focus())
box.pack_start(button, False, False, 8)
window.add(box)
window.show_all()
def do(source, _):
    line = source.readline().split()
    if not line: Gtk.main_quit()
    else: fields[int(line[0])].grab_focus()
    return True
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, do)
Gtk.main()
`

// gtkForm runs it with GTK 3.
func gtkForm(t *testing.T, display *capturetest.Display, session *atspitest.Session, fields int) *form {
	t.Helper()
	file := filepath.Join(t.TempDir(), "form.py")
	if err := os.WriteFile(file, []byte(withFields(formScript, fields)), 0o600); err != nil {
		t.Fatal(err)
	}
	app := exec.Command("/usr/bin/python3", file)
	app.Env = append(session.Env(), "DISPLAY="+display.Name())
	app.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, errIn := app.StdinPipe()
	out, errOut := app.StdoutPipe()
	if err := app.Start(); err != nil || errIn != nil || errOut != nil {
		t.Fatal(err, errIn, errOut)
	}
	f := &form{tb: t, display: display, session: session, focus: -1, say: func(line string) { _, _ = fmt.Fprintln(in, line) }}
	var reader sync.WaitGroup
	reader.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			f.hear(lines.Text())
		}
	})
	t.Cleanup(func() { _ = app.Process.Kill(); reader.Wait(); _ = app.Wait() })
	f.find()
	return f
}

const formPage = `<!doctype html><title>Form</title><style>input, button { display: block; width: 300px; height: 30px; margin: 16px; border: none; outline: none }</style>
<body><button style="background: #d0a0f0"></button><script>
const fields = [];
let queue = Promise.resolve();
function tell() {
  const n = [0, 1, 2, 3].map((i) => fields[i] ? fields[i].value.length : 0);
  const report = [...n, fields.indexOf(document.activeElement)].join(" ");
  queue = queue.then(() => fetch("/tell", {method: "POST", body: report}));
}
function watch(f) { f.oninput = tell; f.onfocus = tell; f.autocomplete = "off"; }
function add() {
  const f = document.createElement("input");
  f.type = fields.length > 0 ? "password" : "text";
  f.style.background = ["#a0d0f0", "#f0d0a0", "#d0f0a0", "white"][fields.length];
  watch(f);
  fields.push(f);
  document.body.append(f);
  return f;
}
for (let i = 0; i < COUNT; i++) add();
document.querySelector("button").onclick = () => { if (fields.length === COUNT) add().focus(); };
(async () => {
  for (;;) {
    const order = await (await fetch("/next")).text();
    if (order === "leave") location.href = "/login"; else fields[Number(order)].focus();
  }
})();
</script>`

// loginPage has a password field with the focus, as soon as it is there.
const loginPage = `<!doctype html><title>Form, next page</title><body><p>Sign in</p><input type=password autofocus><script>
const f = document.querySelector("input");
f.focus();
f.oninput = () => fetch("/tell", {method: "POST", body: "0 " + f.value.length + " 0 0 1"});
</script>`

// chromiumForm runs it in Chromium.
func chromiumForm(t *testing.T, display *capturetest.Display, session *atspitest.Session, fields int) *form {
	t.Helper()
	capturetest.Require(t, "chromium")
	orders := make(chan string)
	f := &form{tb: t, display: display, session: session, focus: -1, say: func(line string) { orders <- line }}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, withFields(formPage, fields))
	})
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, loginPage)
	})
	mux.HandleFunc("POST /tell", func(_ http.ResponseWriter, r *http.Request) {
		report, _ := io.ReadAll(io.LimitReader(r.Body, 100))
		f.hear(string(report))
	})
	mux.HandleFunc("GET /next", func(w http.ResponseWriter, r *http.Request) {
		select {
		case order := <-orders:
			_, _ = io.WriteString(w, order)
		case <-r.Context().Done():
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	browseTo(t, display, session, server.URL, "Form")
	f.find()
	return f
}
