package leaktest

import (
	"fmt"
	"image"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi/atspitest"
)

// Apps are the names of the applications.
var Apps = []string{"gtk3", "gtk4", "qt5", "chromium", "firefox"}

// patience bounds waits for what takes seconds at most.
const patience = 60 * time.Second

// App is a running application. One goroutine uses it.
type App struct {
	tb      testing.TB
	display string // ":N"
	session *atspitest.Session
	page    page
	tabs    [2]string // keys that show the page and another; empty where the page does it
	desk    desk
	window  xproto.Window
	cover   xproto.Window // a terminal beside it
	field   field
}

// page is a page that does what it is told, and says how far it is scrolled.
type page interface {
	do(command string, numbers ...int) (scrolled int, err error)
}

// Start starts one of Apps and a terminal beside it, under a window manager
// that runs already. The page is shown when it returns, without a field.
func Start(tb testing.TB, display string, session *atspitest.Session, name string) *App {
	tb.Helper()
	a := &App{tb: tb, display: display, session: session, desk: newDesk(tb, display)}
	switch name {
	case "chromium":
		a.browse(a.chromium, "ctrl+1", "ctrl+2")
	case "firefox":
		a.browse(a.firefox, "alt+1", "alt+2")
	default:
		a.page = startToolkit(tb, display, session, name)
	}
	a.window = a.await("--name", "Leak test")
	session.Start(tb, display, "xterm", "-geometry", "30x8+700+520", "-e", "sleep", "100000")
	a.cover = a.await("--class", "XTerm")
	a.activate()
	return a
}

// Area is where the page's window is on the screen.
func (a *App) Area() image.Rectangle {
	a.tb.Helper()
	return a.desk.area(a.window)
}

// activate brings the window up and waits until it keeps the focus: the window
// manager may give that to the terminal yet, which has just come.
func (a *App) activate() {
	a.tb.Helper()
	id := strconv.Itoa(int(a.window))
	kept := 0
	for end := time.Now().Add(patience); kept < 5; time.Sleep(50 * time.Millisecond) {
		out, _ := a.command("xdotool", "getactivewindow").Output() // fails while there is none
		if kept++; strings.TrimSpace(string(out)) != id {
			kept = 0
			a.xdotool("windowactivate", id)
		}
		if time.Now().After(end) {
			a.tb.Fatalf("leaktest: the window does not get the focus within %v", patience)
		}
	}
}

// Do tells the page something, and returns when it has done that: appear and
// jump with x and y, scroll with how far; remove; plain, which gives the field
// ordinary colours; focus; and with 1 or 0, spin, whether something moves all the
// time, and marks, whether a square changes its colour each 150 ms (not in all of
// Apps).
func (a *App) Do(command string, numbers ...int) {
	a.tb.Helper()
	scrolled, err := a.page.do(command, numbers...)
	if err != nil {
		a.tb.Fatalf("leaktest: %s: %v", command, err)
	}
	a.field.scrolled = scrolled
}

// Type replaces the content of the field that has the focus.
func (a *App) Type(text string) {
	a.tb.Helper()
	a.xdotool("key", "ctrl+a", "type", "--delay", "15", text)
}

// await waits for a window and returns its id.
func (a *App) await(how, what string) xproto.Window {
	a.tb.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		cmd := a.command("xdotool", "search", "--onlyvisible", how, what)
		if out, err := cmd.Output(); err == nil {
			first, _, _ := strings.Cut(string(out), "\n")
			id, _ := strconv.Atoi(first)
			return xproto.Window(id)
		}
	}
	a.tb.Fatalf("leaktest: no window with %s %q within %v", how, what, patience)
	return 0
}

func (a *App) xdotool(args ...string) string {
	a.tb.Helper()
	out, err := a.command("xdotool", args...).CombinedOutput()
	if err != nil {
		a.tb.Fatalf("leaktest: xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (a *App) command(program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(a.tb.Context(), program, args...)
	cmd.Env = append(a.session.Env(), "DISPLAY="+a.display)
	return cmd
}

// scrolled reads a page's answer.
func scrolled(answer string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(answer))
	if err != nil {
		return 0, fmt.Errorf("the page answered %q", answer)
	}
	return n, nil
}
