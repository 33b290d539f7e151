package guardian

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"telestrator/ink"
	"telestrator/input"

	"golang.org/x/sys/unix"
)

// inherited is the descriptor of the socket in the guardian.
const inherited = 3

// mark is in a guardian's environment: a program that does not know Command and
// goes on as a daemon must not start another one, and so forth without an end.
const mark = "TELESTRATOR_GUARDIAN=1"

// Start starts a guardian, which is this same program in a process of its own,
// and returns when it is ready.
func Start(c Config) (*Guardian, error) {
	if slices.Contains(os.Environ(), mark) {
		return nil, errors.New("guardian: a guardian starts none")
	}
	ours, theirs, err := pair()
	if err != nil {
		return nil, fmt.Errorf("guardian: %w", err)
	}
	defer theirs.Close()
	conn, err := net.FileConn(ours)
	ours.Close()
	if err != nil {
		return nil, fmt.Errorf("guardian: %w", err)
	}
	process := command(theirs)
	if err := process.Start(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("guardian: cannot start: %w", err)
	}
	reap := sync.OnceFunc(func() { reap(process) })
	g, err := begin(conn, c)
	if err != nil {
		conn.Close()
		reap()
		return nil, err
	}
	g.reap = reap
	return g, nil
}

// command is this program again, out of reach of what the terminal sends us.
func command(socket *os.File) *exec.Cmd {
	c := exec.Command("/proc/self/exe", Command)
	c.Args[0] = os.Args[0]
	c.ExtraFiles = []*os.File{socket}
	c.Env, c.Stderr = append(os.Environ(), mark), os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

// pair makes two ends of a socket.
func pair() (ours, theirs *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	return os.NewFile(uintptr(fds[0]), "guardian"), os.NewFile(uintptr(fds[1]), "daemon"), nil
}

// begin tells a new guardian its setup and waits until it is ready.
func begin(conn net.Conn, c Config) (*Guardian, error) {
	_ = conn.SetWriteDeadline(time.Now().Add(readyWithin))
	if err := writeFrame(conn, setup{c.Display, c.Chord.Keys, c.Chord.Escapes, c.Language, c.Own}); err != nil {
		return nil, fmt.Errorf("guardian: %w", err)
	}
	_ = conn.SetWriteDeadline(time.Time{})
	return Attach(conn)
}

// reap waits for a process, which ends when its connection does. One that hangs
// is killed, and the next one releases what it held.
func reap(process *exec.Cmd) {
	late := time.AfterFunc(answerIn, func() { _ = process.Process.Kill() })
	defer late.Stop()
	_ = process.Wait()
}

// Main is the guardian's process. It returns when nothing is pressed or shown
// any more.
func Main(ctx context.Context) error {
	file := os.NewFile(inherited, "daemon")
	if file == nil {
		return fmt.Errorf("guardian: it is started by the daemon, not by hand")
	}
	conn, err := net.FileConn(file)
	file.Close()
	if err != nil {
		return fmt.Errorf("guardian: it is started by the daemon, not by hand: %w", err)
	}
	defer conn.Close()
	var s setup
	if err := readFrame(conn, &s); err != nil {
		return err
	}
	parts, err := open(s)
	if err != nil {
		_ = writeFrame(conn, report{Kind: reportReady, Error: err.Error()})
		return err
	}
	if err := Serve(ctx, conn, parts); !errors.Is(err, io.EOF) {
		return err
	}
	return nil // the daemon needs no guardian any more
}

// open opens what acts on an X display, and releases what an earlier process
// may have left pressed.
func open(s setup) (p Parts, err error) {
	display, err := input.Open(s.Display)
	if err != nil {
		return p, err
	}
	defer func() {
		if err != nil {
			_ = display.Close()
		}
	}()
	if err = display.Release(); err != nil {
		return p, err
	}
	overlay, err := ink.OpenOverlay(s.Display, ink.WordsFor(s.Language))
	if err != nil {
		return p, err
	}
	defer func() {
		if err != nil {
			_ = overlay.Close()
		}
	}()
	display.Own(s.Own, overlay.Windows())
	hand, err := input.OpenHand(s.Display, input.ChordConfig{Keys: s.Chord, Escapes: s.Escapes})
	if err != nil {
		return p, err
	}
	if err = hand.Watch([]uint32{overlay.Bar()}); err != nil {
		_ = hand.Close()
		return p, err
	}
	gate := input.NewGate(input.NewHeld(display), display, input.GateConfig{Chord: s.Chord})
	return Parts{Gate: gate, Overlay: overlay, Hand: hand, Kill: parent(), Close: func() { _ = display.Close() }}, nil
}

// parent returns a function that kills the process that started this one, if
// that is still there.
func parent() func() {
	pid := os.Getppid()
	return func() {
		if os.Getppid() == pid {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}
