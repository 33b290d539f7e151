package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
)

// surgery is a display with programs, and perhaps a D-Bus session.
type surgery struct {
	t       *testing.T
	display *capturetest.Display
	session *atspitest.Session // nil for none
}

func newSurgery(t *testing.T, withSession bool) *surgery {
	t.Helper()
	capturetest.Require(t, "openbox", "xterm", "zenity", "xdotool")
	s := &surgery{t: t, display: capturetest.StartXvfb(t, "1280x800x24")}
	if withSession {
		s.session = atspitest.StartSession(t)
	}
	s.start("", "openbox")
	wait(t, "managed", observe(t, s.display).managed)
	return s
}

// start starts a program and waits for its window, if it has a title.
func (s *surgery) start(title, program string, args ...string) *exec.Cmd {
	s.t.Helper()
	var c *exec.Cmd
	if s.session != nil {
		c = s.session.Start(s.t, s.display.Name(), program, args...)
	} else {
		c = s.display.Start(s.t, program, args...)
	}
	if title != "" {
		comesUp(s.t, s.display, title)
	}
	return c
}

func (s *surgery) browse() *exec.Cmd {
	s.t.Helper()
	page := filepath.Join(s.t.TempDir(), "page.html")
	if err := os.WriteFile(page, []byte("<title>A page</title><input type=password>"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return s.start("A page", "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+s.t.TempDir(), "--window-size=600,400", "file://"+page)
}

// doctor runs it to its end.
func (s *surgery) doctor(args ...string) (code int, out string) {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), filepath.Join(programs, "agentd"), append([]string{"doctor"}, args...)...)
	c.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=", "AGENTD_CONFIG="+os.Getenv("AGENTD_CONFIG"))
	if s.session != nil {
		c.Env = s.session.Env()
	}
	c.Env = append(c.Env, "DISPLAY="+s.display.Name())
	text, err := c.Output()
	if c.ProcessState == nil {
		s.t.Fatal(err)
	}
	s.t.Logf("doctor %s: exit %d\n%s", strings.Join(args, " "), c.ProcessState.ExitCode(), text)
	return c.ProcessState.ExitCode(), strings.Join(strings.Fields(string(text)), " ")
}

// expect runs it, and wants an exit code and texts.
func (s *surgery) expect(code int, texts []string, args ...string) {
	s.t.Helper()
	got, out := s.doctor(args...)
	if got != code {
		s.t.Errorf("exit code %d, want %d", got, code)
	}
	for _, text := range texts {
		if !strings.Contains(out, text) {
			s.t.Errorf("it does not say %q", text)
		}
	}
}

func TestDoctorWithoutASession(t *testing.T) {
	s := newSurgery(t, false)
	s.start("Unlock", "zenity", "--password", "--title=Unlock")
	s.start("Terminal", "xterm", "-T", "Terminal")
	s.expect(1, []string{"window manager: Openbox", "NOT found: there is no D-Bus session", "--session-bus",
		"zenity GTK 3 1 nothing: password fields are not found here", "xterm - 1 all: a terminal, shown by rule",
		"nothing is shown that no rule shows"})
	s.expect(1, []string{"zenity GTK 3 1 ALL of it, unprotected", "unknown windows are SHOWN", "Verdict NOT protected"},
		"--config", configured(t, "privacy: {unknown: allow}\n"))
}

func TestDoctorWithASession(t *testing.T) {
	s := newSurgery(t, true)
	s.start("Unlock", "zenity", "--password", "--title=Unlock")
	s.start("Terminal", "xterm", "-T", "Terminal")
	s.expect(0, []string{"are found and hidden", "has been switched on now", "zenity GTK 3 1 all but one field, which is hidden",
		"xterm - 1 all: a terminal, shown by rule", "GTK 3 exact", "Verdict Protected", "1 field is hidden"})
	s.expect(1, []string{"zenity - 1 nothing: a rule hides it", "xterm - 1 nothing: a terminal does not tell", "1 window is hidden whole",
		"terminals are treated like all; 1 rule hides; from /"},
		"--config", configured(t, "privacy: {terminals: false, windows: [{program: /zenity$}]}\n"))
}

// TestDoctorWithAList shows one window and nothing else.
func TestDoctorWithAList(t *testing.T) {
	s := newSurgery(t, true)
	s.start("Unlock", "zenity", "--password", "--title=Unlock")
	s.start("Terminal", "xterm", "-T", "Terminal")
	s.expect(0, []string{"zenity GTK 3 1 all but one field", "xterm - 1 nothing: it is not on the list", "1 rule names all that is shown"},
		"--config", configured(t, "privacy: {only: [{title: ^Unlock$}]}\n"))
}

// TestDoctorAndABrowserThatStartedBefore sees one that started before
// accessibility was on, and after it has been started again.
func TestDoctorAndABrowserThatStartedBefore(t *testing.T) {
	capturetest.Require(t, "chromium")
	s := newSurgery(t, true)
	early := s.browse()
	s.expect(1, []string{"Chromium 1 nothing: its program started before accessibility was switched on; start it again",
		"1 window is hidden whole"})
	_ = syscall.Kill(-early.Process.Pid, syscall.SIGKILL)
	wait(t, "gone", func() bool { return !shown(s.display, "A page") })
	s.browse()
	wait(t, "protected", func() bool { code, _ := s.doctor(); return code == 0 }) // a page takes its time under load
	s.expect(0, []string{"Chromium 1 all but one field, which is hidden", "stands still for about half a second"})
}

func TestDoctorAsJSON(t *testing.T) {
	s := newSurgery(t, true)
	s.start("Unlock", "zenity", "--password", "--title=Unlock")
	code, out := s.doctor("--json")
	var c checkup
	if err := json.Unmarshal([]byte(out), &c); err != nil || code != 0 || !c.Protected || !c.Fields.Found || len(c.Windows) != 1 {
		t.Fatalf("exit %d, error %v: %+v", code, err, c)
	}
	w := c.Windows[0]
	if filepath.Base(w.Program) != "zenity" || w.Toolkit != "GTK 3" || w.Title != "Unlock" || w.State != "guarded" || w.Fields != 1 || w.PID == 0 {
		t.Errorf("%+v", w)
	}
}

func TestDoctorCannotLook(t *testing.T) {
	for name, args := range map[string][]string{"no display": nil, "another display": {"--display", ":29999"},
		"a broken file": {"--config", configured(t, "privacy: {only: []}\n")}} {
		code, says := agentdSays(t, t.TempDir(), append([]string{"doctor"}, args...)...)
		if code != exitUsage || strings.Count(says, "\n") != 1 {
			t.Errorf("%s: exit %d: %s", name, code, says)
		}
	}
}

// TestDoctorDoesNotDisturb looks at a display that a daemon shows to somebody.
func TestDoctorDoesNotDisturb(t *testing.T) {
	s := newSurgery(t, true)
	s.start("Unlock", "zenity", "--password", "--title=Unlock")
	d := startDemo(t, "--display", s.display.Name(), "--session-bus", s.session.Address, "--config", configured(t, strict))
	p := d.probe(d.Code, "--seconds", "8")
	d.grant()
	d.shows("seen", func(s panel.State) bool { return s.Session != nil && s.Session.Frames > 0 })
	s.expect(0, []string{"zenity GTK 3 1 all but one field"}) // and nothing of ink and sign
	if state := d.state(); state.State != panel.Live || state.Screen != panel.ScreenOK {
		t.Errorf("after it: %+v", state)
	}
	if report, code := p.wait(t); code != 0 || report.Errors["stopped"]+report.Errors["screen"] != 0 {
		t.Errorf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
}

func TestSuspect(t *testing.T) {
	capturetest.Require(t, "chromium")
	s := newSurgery(t, false)
	zenity := s.start("Unlock", "zenity", "--password", "--title=Unlock")
	terminal := s.start("Terminal", "xterm", "-T", "Terminal")
	for _, c := range []struct {
		pid     int
		program string
		toolkit string
	}{{zenity.Process.Pid, "/usr/bin/zenity", "GTK 3"}, {terminal.Process.Pid, "/usr/bin/xterm", ""}, {0, "/usr/lib/chromium/chromium", "Chromium"}, {0, "", ""}} {
		if toolkit, can := suspect(c.pid, c.program); toolkit != c.toolkit || can != (c.toolkit != "") {
			t.Errorf("%s is drawn by %q, %v", c.program, toolkit, can)
		}
	}
	if foreign(os.Getpid()) || foreign(0) {
		t.Error("this process is another user's")
	}
	if other := another(t); !foreign(other) {
		t.Errorf("process %d is this user's", other)
	}
}

// another is a process of another user.
func another(t *testing.T) (pid int) {
	if os.Getuid() != 0 {
		return 1
	}
	c := exec.Command("sleep", "1000")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}, Pdeathsig: syscall.SIGKILL}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c.Process.Pid
}

// TestWorthsAreOfToolkits holds the words for toolkits against their names.
func TestWorthsAreOfToolkits(t *testing.T) {
	for _, l := range append(slices.Clone(libraries), companions...) {
		if !slices.ContainsFunc(worths, func(w struct{ toolkit, worth string }) bool { return w.toolkit == l.toolkit }) {
			t.Errorf("nothing is said of %s", l.toolkit)
		}
	}
}
