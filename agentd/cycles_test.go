package agentd

import (
	"context"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/desk"
	"telestrator/desk/server"
	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// holdings are what a daemon must give back after each session.
type holdings struct {
	goroutines, descriptors, segments int
	heap                              uint64
}

func held(t *testing.T) (h holdings) {
	t.Helper()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	h.goroutines, h.heap = runtime.NumGoroutine(), memory.HeapAlloc
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		missing(t, "/proc/self/fd, which tells descriptors")
	}
	segments, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		missing(t, "/proc/sysvipc/shm, which tells shared memory")
	}
	h.descriptors = len(files)
	for line := range strings.Lines(string(segments)) { // key, id, mode, size, pid of the maker
		if fields := strings.Fields(line); len(fields) > 4 && fields[4] == strconv.Itoa(os.Getpid()) {
			h.segments++
		}
	}
	return h
}

// missing skips a test without its prerequisite, and fails it in CI.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("there is no " + what)
	}
	t.Skip("there is no " + what)
}

// within says whether no more is held than before, but for a little memory.
func (h holdings) within(base holdings) bool {
	return h.goroutines <= base.goroutines && h.descriptors <= base.descriptors &&
		h.segments <= base.segments && h.heap < base.heap+4<<20
}

// TestHundredCycles connects and disconnects a hundred consoles, over real
// connections and a real screen: what was held is given back.
func TestHundredCycles(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	display := capturetest.StartXvfb(t, "640x480x24")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + l.Addr().String()
	policy := DemoPolicy()
	policy.Privacy.Unknown = privacy.Allow
	d, err := New(Config{Name: "cycles", Display: display.Name(), Desk: url, Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var parts sync.WaitGroup
	parts.Go(func() { _ = server.New(server.Config{Listener: l, Limits: server.Limits{Requests: 1000}}).Run(ctx) })
	parts.Go(func() { _ = d.Run(ctx) })
	defer parts.Wait()
	defer cancel()
	for range 10 { // what is made once
		cycle(t, d, url)
	}
	base := held(t)
	for range 100 {
		cycle(t, d, url)
	}
	after := held(t)
	for end := time.Now().Add(30 * time.Second); !after.within(base) && time.Now().Before(end); after = held(t) {
		time.Sleep(100 * time.Millisecond) // for connections to be forgotten
	}
	t.Logf("before %+v, after %+v", base, after)
	if !after.within(base) {
		t.Errorf("before a hundred sessions %+v, after them %+v", base, after)
	}
}

// cycle is one session: connect, be allowed, see one picture, leave.
func cycle(t *testing.T, d *Daemon, url string) {
	t.Helper()
	time.Sleep(100 * time.Millisecond) // a desk ends a device's link that brings more than 50 messages a second
	for d.State().Code == "" {
		if err := d.Ring(); err != nil {
			t.Fatal(err)
		}
	}
	offering, err := peer.Offer(t.Context(), peer.Config{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	answer, resource, err := desk.Connect(t.Context(), url, d.State().Code, offering.SDP())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := offering.Accept(t.Context(), answer)
	if err != nil {
		t.Fatal(err)
	}
	c := newConsole(t, conn)
	c.send(peer.Ctl, &protocol.Hello{Version: 1, Capabilities: []uint32{1, 2, 3}, Name: "Ada"})
	for c.told() == 0 {
		m, ok := <-conn.Messages()
		if !ok {
			t.Fatalf("lost before a picture: %v", conn.Err())
		}
		c.take(m)
		switch {
		case m.Channel != peer.Evt:
		case last[*protocol.Grants](c) == nil:
			c.send(peer.Ctl, &protocol.Ready{})
			c.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View})
		case last[*protocol.Grants](c).Asked != 0:
			allow(t, d)
		}
	}
	_ = conn.Close()
	_ = desk.Leave(t.Context(), resource)
	for state := d.State(); len(d.present()) > 0; {
		state = d.Wait(t.Context(), state.Number)
	}
}

func allow(t *testing.T, d *Daemon) {
	t.Helper()
	if s := d.State().Session; s != nil && s.State == panel.Asked {
		if err := d.Grant(s.ID, []string{panel.View}); err != nil {
			t.Fatal(err)
		}
	}
}
