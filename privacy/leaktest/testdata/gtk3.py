# A GTK 3 application for the leak test; leaktest tells it what to do, a line a
# command, and is answered with a line: how far the page is scrolled.
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk

STYLE = b"""
.secret, .secret:focus, .secret:hover, .secret:backdrop, .secret selection {
  background: #fe01fd; color: #fe01fd; caret-color: #fe01fd; border: none; border-radius: 0;
  outline: none; box-shadow: none; text-shadow: none; min-height: 0; padding: 4px;
}
.page { background: #f4f4ec; }
.strip { background: linear-gradient(to bottom, #00ff00, #0000ff); }
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
        for n in range(60):
            self.content.put(Gtk.Label(label="Line %d of a page that is no secret" % n), 300, 26 * n)
        strip = Gtk.Box()
        strip.get_style_context().add_class("strip")
        strip.set_size_request(12, 1600)
        self.content.put(strip, 560, 0)
        self.view = Gtk.ScrolledWindow()
        self.view.add(self.content)
        self.view.get_child().get_style_context().add_class("page")
        self.tabs = Gtk.Notebook()
        self.tabs.append_page(self.view, Gtk.Label(label="Form"))
        self.tabs.append_page(Gtk.Label(label="Nothing to hide here"), Gtk.Label(label="Other"))
        self.spinner = Gtk.Box()
        self.spinner.get_style_context().add_class("spinner")
        self.mark, self.marks, self.colour = Gtk.Box(), 0, Gtk.CssProvider()
        self.mark.get_style_context().add_provider(self.colour, Gtk.STYLE_PROVIDER_PRIORITY_USER)
        self.mark.set_size_request(20, 20)
        top = Gtk.Box()
        top.pack_start(self.spinner, True, True, 0)
        top.pack_start(self.mark, False, False, 0)
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.pack_start(top, False, False, 0)
        box.pack_start(self.tabs, True, True, 0)
        self.add(box)
        self.connect("destroy", Gtk.main_quit)

    def paint(self):
        if self.marks:
            self.marks = self.marks % 12 + 1
            self.colour.load_from_data(b"* { background: rgb(%d, 100, 50); }" % (16 * self.marks))
        return self.marks > 0

    def put(self, x, y, visible=False):
        self.field = Gtk.Entry(visibility=visible, text="hidden")
        self.field.get_style_context().add_class("secret")
        self.field.set_size_request(220, 30)
        self.content.put(self.field, x, y)
        self.at = x, y
        self.field.show()

    def take(self):
        self.field.destroy()
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
            self.put(*n)
        elif name == "jump":
            self.content.move(self.field, *n)
            self.at = n
        elif name == "scroll":
            return self.scroll(n[0])
        elif name == "show":
            self.field.set_visibility(True)
        elif name == "hide":
            self.field.set_visibility(False)
        elif name == "replace":
            self.take()
            self.put(*self.at, visible=True)
        elif name == "remove":
            self.take()
        elif name == "focus":
            self.field.grab_focus()
        elif name == "plain":
            self.field.get_style_context().remove_class("secret")
        elif name == "tab":
            self.tabs.set_current_page(n[0])
        elif name == "marks":
            self.marks = n[0]
            GLib.timeout_add(150, self.paint)
        elif name == "spin":
            style = self.spinner.get_style_context()
            style.add_class("on") if n[0] else style.remove_class("on")
        self.answer()

    def answer(self):
        print(int(self.view.get_vadjustment().get_value()), flush=True)

    def read(self, source, _):
        line = source.readline().split()
        if not line:
            Gtk.main_quit()
            return False
        self.command(line[0], *map(int, line[1:]))
        return True


style = Gtk.CssProvider()
style.load_from_data(STYLE)
Gtk.StyleContext.add_provider_for_screen(Gdk.Screen.get_default(), style, Gtk.STYLE_PROVIDER_PRIORITY_USER)
page = Page()
page.show_all()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, page.read)
Gtk.main()
