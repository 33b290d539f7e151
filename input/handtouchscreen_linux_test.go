package input_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"

	"telestrator/capture/capturetest"
)

// touchSide is the width and height of the screen of a touchServer.
const touchSide = 640

// What a finger does, as XInput numbers it.
const (
	touchBegin  = 18
	touchUpdate = 19
	touchEnd    = 20
)

// touchConfig is Xorg's configuration: a screen in memory, and a touch screen
// that does what a test says on a socket.
const touchConfig = `
Section "ServerFlags"
	Option "AutoAddDevices" "false"
	Option "AutoAddGPU" "false"
EndSection
Section "Device"
	Identifier "memory"
	Driver "dummy"
EndSection
Section "Monitor"
	Identifier "monitor"
	HorizSync 5-1000
	VertRefresh 5-200
	Modeline "square" 30 640 656 720 800 640 641 644 700
EndSection
Section "Screen"
	Identifier "screen"
	Device "memory"
	Monitor "monitor"
	DefaultDepth 24
	SubSection "Display"
		Depth 24
		Modes "square"
	EndSubSection
EndSection
Section "InputDevice"
	Identifier "touch screen"
	Driver "inputtest"
	Option "SocketPath" %q
	Option "DeviceType" "Touch"
	Option "TouchCount" "5"
EndSection
Section "ServerLayout"
	Identifier "layout"
	Screen "screen"
	InputDevice "touch screen"
EndSection
`

// touchServer is an X server of the test's own that has a touch screen. Xvfb
// has none.
type touchServer struct {
	t       *testing.T
	display string
	fingers net.Conn
}

func startTouchServer(t *testing.T) *touchServer {
	t.Helper()
	capturetest.Require(t, "Xorg")
	folder, err := os.MkdirTemp("", "touch") // t.TempDir's names are too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	socket, config := filepath.Join(folder, "fingers"), filepath.Join(folder, "xorg.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, touchConfig, socket), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &touchServer{t: t, display: startXorg(t, folder, config)}
	if s.fingers, err = net.Dial("unix", socket); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.fingers.Close() })
	s.fingers.SetDeadline(time.Now().Add(2 * patience))
	s.say(0, 12, 1<<16|1) // the version of what follows
	s.hear(0)
	return s
}

// client connects a program to the server.
func (s *touchServer) client() *client {
	s.t.Helper()
	xgb.Logger.SetOutput(io.Discard)
	conn, err := xgb.NewConnDisplay(s.display)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(conn.Close)
	return newClient(s.t, conn)
}

// startXorg starts Xorg on a free display. Its seat has no screens, keyboards
// or terminals of the machine's.
func startXorg(t *testing.T, folder, config string) (display string) {
	t.Helper()
	ready, tell, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer ready.Close()
	log := filepath.Join(folder, "log")
	cmd := exec.Command("Xorg", "-displayfd", "3", "-config", config, "-logfile", log, "-seat", "telestrator",
		"-nolisten", "tcp", "-noreset", "-novtswitch", "-sharevts")
	cmd.ExtraFiles = []*os.File{tell}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	err = cmd.Start()
	tell.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	ready.SetReadDeadline(time.Now().Add(patience))
	number, err := bufio.NewReader(ready).ReadString('\n')
	if err != nil {
		said, _ := os.ReadFile(log)
		if os.Getenv("CI") != "true" {
			t.Skipf("Xorg with a screen in memory does not start here (run scripts/setup): %v\n%s", err, said)
		}
		t.Fatalf("Xorg is not ready: %v\n%s", err, said)
	}
	return ":" + number[:len(number)-1]
}

// say sends an order of Xorg's inputtest driver: its length, its kind, its
// fields. What is left out is 0.
func (s *touchServer) say(kind uint32, size int, fields ...uint32) {
	s.t.Helper()
	m := make([]byte, size)
	binary.NativeEndian.PutUint32(m, uint32(size))
	binary.NativeEndian.PutUint32(m[4:], kind)
	for i, f := range fields {
		binary.NativeEndian.PutUint32(m[8+4*i:], f)
	}
	if _, err := s.fingers.Write(m); err != nil {
		s.t.Fatal(err)
	}
}

// hear waits for an answer of this kind.
func (s *touchServer) hear(kind uint32) {
	s.t.Helper()
	head := make([]byte, 8)
	if _, err := io.ReadFull(s.fingers, head); err != nil {
		s.t.Fatal(err)
	}
	rest := int64(binary.NativeEndian.Uint32(head)) - 8
	if _, err := io.CopyN(io.Discard, s.fingers, rest); err != nil || binary.NativeEndian.Uint32(head[4:]) != kind {
		s.t.Fatalf("answer %v, error %v, want kind %d", head, err, kind)
	}
}

// touch does something with a finger at a position, and returns when the server
// has taken it.
func (s *touchServer) touch(finger, what uint32, x, y int) {
	s.t.Helper()
	const (
		order, wait = 6, 1
		size        = 1056
		both        = 1 | 2                       // of the axes are given
		unit        = float64(0xffff) / touchSide // of an axis, for a pixel
	)
	fields := make([]uint32, 10)
	fields[0], fields[1], fields[3] = finger, what, both
	for i, v := range []int{x, y} {
		bits := math.Float64bits((float64(v) + 0.5) * unit)
		fields[6+2*i], fields[7+2*i] = uint32(bits), uint32(bits>>32)
	}
	s.say(order, size, fields...)
	s.say(wait, 8)
	s.hear(1)
}
