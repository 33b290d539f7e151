# A GTK 4 application for the leak test; leaktest tells it what to do, a line a
# command, and is answered with a line: how far the page is scrolled.
import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GLib, Gtk

STYLE = b"""
.secret, .secret:focus-within, .secret:hover, .secret:backdrop, .secret image, .secret selection, .secret text {
  background: #fe01fd; color: #fe01fd; caret-color: #fe01fd; border: none; border-radius: 0;
  outline: none; box-shadow: none; text-shadow: none; min-height: 0;
}
.page { background: #f4f4ec; }
.spinner { min-height: 20px; background: #1a4d80; }
.spinner.on { animation: shine 0.4s linear infinite alternate; }
@keyframes shine { to { background: #80b3e6; } }
"""
STEPS = 16


class Page(Gtk.Window):
    def __init__(self):
        super().__init__(title="Leak test")
        self.set_default_size(640, 480)
        self.field = None
        self.content = Gtk.Fixed()
        self.content.set_size_request(580, 1600)
        self.content.add_css_class("page")
        for n in range(60):
            self.content.put(Gtk.Label(label="Line %d of a page that is no secret" % n), 300, 26 * n)
        self.view = Gtk.ScrolledWindow(vexpand=True)
        self.view.set_child(self.content)
        self.tabs = Gtk.Notebook()
        self.tabs.append_page(self.view, Gtk.Label(label="Form"))
        self.tabs.append_page(Gtk.Label(label="Nothing to hide here"), Gtk.Label(label="Other"))
        self.spinner = Gtk.Box()
        self.spinner.add_css_class("spinner")
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.append(self.spinner)
        box.append(self.tabs)
        self.set_child(box)

    def put(self, x, y, field):
        self.field = field
        field.set_text("hidden")
        field.add_css_class("secret")
        field.set_size_request(220, 30)
        self.content.put(field, x, y)
        self.at = x, y

    def take(self):
        self.content.remove(self.field)
        self.field = None

    def scroll(self, to):
        bar = self.view.get_vadjustment()
        begin, step = bar.get_value(), 0

        def move():
            nonlocal step
            step += 1
            bar.set_value(begin + (to - begin) * step / STEPS)
            if step == STEPS:
                self.answer()
            return step < STEPS

        GLib.timeout_add(16, move)

    def command(self, name, *n):
        if name == "appear":
            self.put(*n, Gtk.PasswordEntry())
        elif name == "jump":
            self.content.move(self.field, *n)
            self.at = n
        elif name == "scroll":
            return self.scroll(n[0])
        elif name == "show":
            self.field.get_delegate().set_visibility(True)
        elif name == "hide":
            self.field.get_delegate().set_visibility(False)
        elif name == "replace":
            self.take()
            self.put(*self.at, Gtk.Entry())
        elif name == "remove":
            self.take()
        elif name == "focus":
            self.field.grab_focus()
        elif name == "plain":
            self.field.remove_css_class("secret")
        elif name == "tab":
            self.tabs.set_current_page(n[0])
        elif name == "spin":
            self.spinner.add_css_class("on") if n[0] else self.spinner.remove_css_class("on")
        self.answer()

    def answer(self):
        print(int(self.view.get_vadjustment().get_value()), flush=True)

    def read(self, source, _):
        line = source.readline().split()
        if not line:
            loop.quit()
            return False
        self.command(line[0], *map(int, line[1:]))
        return True


Gtk.init()
style = Gtk.CssProvider()
style.load_from_data(STYLE)
Gtk.StyleContext.add_provider_for_display(Gdk.Display.get_default(), style, Gtk.STYLE_PROVIDER_PRIORITY_USER)
loop = GLib.MainLoop()
page = Page()
page.connect("close-request", lambda _: loop.quit())
page.present()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, page.read)
loop.run()
