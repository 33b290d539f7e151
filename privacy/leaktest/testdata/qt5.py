# A Qt 5 application for the leak test; leaktest tells it what to do, a line a
# command, and is answered with a line: how far the page is scrolled.
import sys

from PyQt5.QtCore import QSocketNotifier, QTimer
from PyQt5.QtGui import QColor, QPainter
from PyQt5.QtWidgets import (QApplication, QLabel, QLineEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget)

STYLE = """QLineEdit { background: #fe01fd; color: #fe01fd; border: none;
  selection-background-color: #fe01fd; selection-color: #fe01fd }"""
STEPS = 16


class Spinner(QWidget):
    def __init__(self):
        super().__init__()
        self.setFixedHeight(40)
        self.angle = 0
        self.timer = QTimer(self, interval=16, timeout=self.tick)

    def tick(self):
        self.angle += 6
        self.update()

    def paintEvent(self, _):
        p = QPainter(self)
        p.translate(20, 20)
        p.rotate(self.angle)
        p.fillRect(-15, -3, 30, 6, QColor(26, 77, 128))


class Page(QWidget):
    def __init__(self):
        super().__init__(windowTitle="Leak test")
        self.resize(640, 480)
        self.setStyleSheet(STYLE)
        self.field = None
        self.content = QWidget()
        self.content.setFixedSize(580, 1600)
        for n in range(60):
            QLabel("Line %d of a page that is no secret" % n, self.content).move(300, 26 * n)
        self.view = QScrollArea()
        self.view.setWidget(self.content)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.view, "Form")
        self.tabs.addTab(QLabel("Nothing to hide here"), "Other")
        self.spinner = Spinner()
        layout = QVBoxLayout(self)
        layout.addWidget(self.spinner)
        layout.addWidget(self.tabs)

    def put(self, x, y, mode):
        self.field = QLineEdit("hidden", self.content)
        self.field.setEchoMode(mode)
        self.field.setGeometry(x, y, 220, 30)
        self.field.show()

    def take(self):
        self.field.hide()
        self.field.setParent(None)
        self.field.deleteLater()
        self.field = None

    def scroll(self, to):
        bar = self.view.verticalScrollBar()
        begin, step = bar.value(), 0

        def move():
            nonlocal step
            step += 1
            bar.setValue(int(begin + (to - begin) * step / STEPS))
            if step == STEPS:
                self.timer.stop()
                self.answer()

        self.timer = QTimer(self, interval=16, timeout=move)
        self.timer.start()

    def command(self, name, *n):
        if name == "appear":
            self.put(*n, QLineEdit.Password)
        elif name == "jump":
            self.field.move(*n)
        elif name == "scroll":
            return self.scroll(n[0])
        elif name == "show":
            self.field.setEchoMode(QLineEdit.Normal)
        elif name == "hide":
            self.field.setEchoMode(QLineEdit.Password)
        elif name == "replace":
            at = self.field.x(), self.field.y()
            self.take()
            self.put(*at, QLineEdit.Normal)
        elif name == "remove":
            self.take()
        elif name == "focus":
            self.field.setFocus()
        elif name == "plain":
            self.setStyleSheet("")
        elif name == "tab":
            self.tabs.setCurrentIndex(n[0])
        elif name == "spin":
            self.spinner.timer.start() if n[0] else self.spinner.timer.stop()
        self.answer()

    def answer(self):
        print(self.view.verticalScrollBar().value(), flush=True)

    def read(self):
        line = sys.stdin.readline().split()
        if not line:
            return app.quit()
        self.command(line[0], *map(int, line[1:]))


app = QApplication(["leaktest"])
page = Page()
page.show()
notifier = QSocketNotifier(0, QSocketNotifier.Read)
notifier.activated.connect(page.read)
app.exec()
