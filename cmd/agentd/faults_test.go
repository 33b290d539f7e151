package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/desk"
	"telestrator/peer"
	"telestrator/protocol"
)

// agentdSays runs agentd to its end and returns its exit code and complaint.
func agentdSays(t *testing.T, runtime string, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(programs, "agentd"), args...)
	cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+runtime, "XDG_STATE_HOME="+runtime, "DISPLAY=")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	_ = cmd.Run()
	return cmd.ProcessState.ExitCode(), complaint.String()
}

// TestCannotBegin wants one sentence that says what to do, and exit code 2.
func TestCannotBegin(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	display := capturetest.StartXvfb(t, "640x480x24")
	flat := capturetest.StartXvfb(t, "640x480x24", "-extension", "Composite")
	broken := filepath.Join(t.TempDir(), "broken.yaml")
	if err := os.WriteFile(broken, []byte("dispaly: ':0'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const desk = "--desk=http://127.0.0.1:9"
	cases := map[string]struct {
		args []string
		want string
	}{
		"no display":        {[]string{"run", desk}, "display"},
		"wrong display":     {[]string{"run", desk, "--display", ":29999"}, ":29999"},
		"no display's name": {[]string{"demo", "--display", "nonsense"}, "nonsense"},
		"no Composite":      {[]string{"run", desk, "--display", flat.Name()}, "Composite"},
		"port taken":        {[]string{"demo", "--display", display.Name(), "--listen", taken.Addr().String()}, "--listen"},
		"panel port taken":  {[]string{"run", desk, "--display", display.Name(), "--listen", taken.Addr().String()}, "--listen"},
		"beyond loopback":   {[]string{"demo", "--display", display.Name(), "--listen", "0.0.0.0:0"}, "loopback"},
		"foreign desk":      {[]string{"run", "--desk", "http://192.0.2.1", "--display", display.Name()}, "loopback"},
		"no desk":           {[]string{"run", "--display", display.Name()}, "--desk"},
		"unknown flag":      {[]string{"demo", "--dispaly", ":0"}, "--dispaly"},
		"unknown command":   {[]string{"demonstrate"}, "demonstrate"},
		"no configuration":  {[]string{"run", "--config", broken + ".none"}, broken + ".none"},
		"broken file":       {[]string{"run", "--config", broken}, `did you mean "display"?`},
		"nobody runs":       {[]string{"status"}, "agentd run"},
		"bad name":          {[]string{"demo", "--name", "../x", "--display", display.Name()}, "../x"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			code, says := agentdSays(t, t.TempDir(), c.args...)
			if code != 2 || !strings.Contains(says, c.want) || strings.Count(says, "\n") != 1 {
				t.Errorf("exit %d: %s", code, says)
			}
		})
	}
}

func TestSecondDaemonIsRefused(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	code, says := agentdSays(t, d.runtime, "demo", "--display", display.Name())
	if code != 2 || !strings.Contains(says, "--name") {
		t.Errorf("exit %d: %s", code, says)
	}
}

// TestCommands drives the daemon by the command line.
func TestCommands(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	p := d.probe(d.Code, "--seconds", "60")
	d.grant()
	for _, step := range []struct{ command, state string }{{"pause", "paused"}, {"resume", "live"}, {"stop", "over"}} {
		if code, says := agentdSays(t, d.runtime, step.command, "--name", "demo"); code != 0 {
			t.Fatalf("%s: exit %d: %s", step.command, code, says)
		}
		cmd := exec.Command(filepath.Join(programs, "agentd"), "status", "--name", "demo", "--json")
		cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+d.runtime)
		end := time.Now().Add(patience)
		for {
			out, err := cmd.Output()
			if err == nil && strings.Contains(string(out), `"state":"`+step.state+`"`) {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("after %s: %s %v", step.command, out, err)
			}
			cmd = exec.Command(cmd.Path, cmd.Args[1:]...)
			cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+d.runtime)
		}
	}
	if report, code := p.wait(t); code != 1 || report.Errors["stopped"] != 1 {
		t.Errorf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
}

// TestTerminate ends a session with a bye when the daemon is told to end.
func TestTerminate(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	p := d.probe(d.Code, "--seconds", "60")
	d.grant()
	d.shows("seen", func(s panel.State) bool { return s.Session != nil && s.Session.Frames > 0 })
	if code := d.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d: %s", code, &d.errors)
	}
	if report, _ := p.wait(t); report.Errors["shutdown"] != 1 {
		t.Errorf("probe: %+v; %s", report, &p.errors)
	}
}

// TestMalformed sends nonsense over a real connection: it ends with a reason,
// and the daemon serves the next one.
func TestMalformed(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	offering, err := peer.Offer(t.Context(), peer.Config{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	answer, _, err := desk.Connect(t.Context(), d.Desk, d.Code, offering.SDP())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := offering.Accept(t.Context(), answer)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Send(peer.Ctl, []byte("nonsense")); err != nil {
		t.Fatal(err)
	}
	m, ok := <-conn.Messages()
	if !ok {
		t.Fatalf("no bye: %v", conn.Err())
	}
	said, _, err := protocol.Decode(m.Data, protocol.ToConsole, protocol.Channel(m.Channel), protocol.Opening)
	if bye, isBye := said.(*protocol.Bye); !isBye || bye.Code != protocol.Form {
		t.Errorf("%+v, %v", said, err)
	}
	p := d.probe(d.ring(), "--seconds", "0.1")
	d.grant()
	if report, code := p.wait(t); code != 0 || report.Frames == 0 {
		t.Errorf("after it: exit %d, %+v; %s", code, report, &p.errors)
	}
}

// TestHelp sees that each command explains itself.
func TestHelp(t *testing.T) {
	for _, command := range []string{"", "demo", "run", "status", "pause", "resume", "stop", "doctor", "version"} {
		out, err := exec.Command(filepath.Join(programs, "agentd"), strings.Fields(command+" --help")...).Output()
		if err != nil || len(out) < 60 {
			t.Errorf("%s --help: %v: %s", command, err, out)
		}
	}
}
