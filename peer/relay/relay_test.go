package relay

import (
	"bytes"
	"net"
	"testing"
	"time"
)

const patience = 30 * time.Second

// ends are a console and a device with a relay between them.
func ends(t *testing.T, link Link) (r *Relay, console, device *net.UDPConn) {
	t.Helper()
	device, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(t, err)
	r, err = Open(link)
	must(t, err)
	r.callee.Store(device.LocalAddr().(*net.UDPAddr))
	console, err = net.DialUDP("udp4", nil, r.front.LocalAddr().(*net.UDPAddr))
	must(t, err)
	t.Cleanup(func() {
		r.Close()
		_, _ = console.Close(), device.Close()
	})
	return r, console, device
}

// Packets go both ways, and the one who calls is learnt.
func TestPasses(t *testing.T) {
	t.Parallel()
	_, console, device := ends(t, LAN)
	_, err := console.Write([]byte("ring"))
	must(t, err)
	buffer := make([]byte, 100)
	must(t, device.SetReadDeadline(time.Now().Add(patience)))
	n, from, err := device.ReadFromUDP(buffer)
	must(t, err)
	if string(buffer[:n]) != "ring" {
		t.Errorf("came: %q", buffer[:n])
	}
	_, err = device.WriteToUDP([]byte("rang"), from)
	must(t, err)
	must(t, console.SetReadDeadline(time.Now().Add(patience)))
	if n, err = console.Read(buffer); err != nil || !bytes.Equal(buffer[:n], []byte("rang")) {
		t.Errorf("came back: %q, %v", buffer[:n], err)
	}
}

// A way is a rate with a queue, a delay, and losses by its seed, in the time that it is told.
func TestWay(t *testing.T) {
	t.Parallel()
	w := newWay(Link{Rate: 80e3, Trip: 100 * time.Millisecond, Queue: 200 * time.Millisecond}, 1)
	now := time.Now()
	var dues []time.Duration
	for range 4 { // 1,000 bytes are 100 ms
		if due, passes := w.pass(1000, now); passes {
			dues = append(dues, due.Sub(now))
		}
	}
	if len(dues) != 3 || dues[0] != 150*time.Millisecond || dues[2] != 350*time.Millisecond {
		t.Errorf("due after %v", dues)
	}
	if want := (Count{Packets: 3, Bytes: 3000, Dropped: 1, Longest: 200 * time.Millisecond}); w.counted() != want {
		t.Errorf("%+v", w.counted())
	}
}

// So many packets are lost as a link says, the same ones each time.
func TestLoses(t *testing.T) {
	t.Parallel()
	lost := func(seed uint64) (which []int) {
		w := newWay(Link{Loss: 0.1, Seed: seed}, 1)
		for i := range 1000 {
			if _, passes := w.pass(100, time.Time{}); !passes {
				which = append(which, i)
			}
		}
		return which
	}
	a, b, c := lost(1), lost(1), lost(2)
	if len(a) < 50 || len(a) > 150 || len(a) != len(b) || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] {
		t.Errorf("%d and %d of 1,000 are lost", len(a), len(b))
	}
	if a[0] == c[0] && a[1] == c[1] && a[2] == c[2] {
		t.Error("another seed loses the same")
	}
}

// Nothing passes a cut, and a relay that is closed has no goroutine left: Close waits for them.
func TestCut(t *testing.T) {
	t.Parallel()
	r, console, _ := ends(t, LAN)
	r.Set(Link{Cut: true})
	_, err := console.Write([]byte("lost"))
	must(t, err)
	for end := time.Now().Add(patience); r.Up().Lost == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing was lost")
		}
	}
	r.Close()
}

// The device is not to be found but over the relay, which sends to this machine only.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	const sdp = "v=0\r\na=candidate:1 1 udp 1 127.0.0.1 4711 typ host\r\na=candidate:2 1 udp 1 ::1 4712 typ host\r\na=mid:0\r\n"
	r, err := Open(LAN)
	must(t, err)
	t.Cleanup(r.Close)
	answer, err := r.Between([]byte(sdp))
	must(t, err)
	if bytes.Count(answer, []byte("a=candidate")) != 1 || bytes.Contains(answer, []byte("4711")) {
		t.Errorf("%s", answer)
	}
	if r.callee.Load().Port != 4711 {
		t.Errorf("the device is at %v", r.callee.Load())
	}
	far := bytes.ReplaceAll([]byte(sdp), []byte("127.0.0.1"), []byte("192.0.2.1"))
	if _, err := r.Between(far); err == nil {
		t.Error("another machine was taken")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
