package peer

import (
	"context"
	"errors"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
)

// raw is an end that does what it likes: pion, with none of our checks on what it sends.
type raw struct {
	pc       *webrtc.PeerConnection
	channels []*webrtc.DataChannel
	open     sync.WaitGroup
}

func newRaw(t *testing.T, s side) *raw {
	t.Helper()
	pc, err := dial(s, loopback)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pc.GracefulClose() })
	r := &raw{pc: pc}
	for ch := range Channel(len(modes)) {
		r.channels = append(r.channels, r.channel(t, ch, true))
		r.open.Add(1)
		r.channels[ch].OnOpen(r.open.Done)
	}
	return r
}

// channel makes a further data channel, announced to the other side or not.
func (r *raw) channel(t *testing.T, id Channel, silent bool) *webrtc.DataChannel {
	t.Helper()
	sid := uint16(id)
	dc, err := r.pc.CreateDataChannel("x", &webrtc.DataChannelInit{ID: &sid, Negotiated: &silent})
	if err != nil {
		t.Fatal(err)
	}
	return dc
}

// describe sets a local description and returns it with its candidates.
func (r *raw) describe(t *testing.T, d webrtc.SessionDescription, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(r.pc)
	if err := r.pc.SetLocalDescription(d); err != nil {
		t.Fatal(err)
	}
	<-gathered
	return []byte(r.pc.LocalDescription().SDP)
}

// hear takes the other side's description, which shall allow messages of any size.
func (r *raw) hear(t *testing.T, kind webrtc.SDPType, sdp []byte) {
	t.Helper()
	text := strings.Replace(string(sdp), "a=max-message-size:65536", "a=max-message-size:1000000", 1)
	if err := r.pc.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: text}); err != nil {
		t.Fatal(err)
	}
}

// rawConsole connects a raw console to a device.
func rawConsole(t *testing.T) (hostile *raw, victim Conn) {
	t.Helper()
	r := newRaw(t, consoleSide)
	offer, err := r.pc.CreateOffer(nil)
	device, answer, err := Answer(t.Context(), loopback, r.describe(t, offer, err))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = device.Close() })
	r.hear(t, webrtc.SDPTypeAnswer, answer)
	r.open.Wait()
	return r, device
}

// rawDevice connects a raw device to a console.
func rawDevice(t *testing.T) (hostile *raw, victim Conn) {
	t.Helper()
	offering, err := Offer(t.Context(), loopback)
	if err != nil {
		t.Fatal(err)
	}
	r := newRaw(t, deviceSide)
	r.hear(t, webrtc.SDPTypeOffer, offering.SDP())
	answer, err := r.pc.CreateAnswer(nil)
	console, err := offering.Accept(t.Context(), r.describe(t, answer, err))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = console.Close() })
	r.open.Wait()
	return r, console
}

// violations are what ends a connection, whoever does it. limit is the largest message of the hostile side, and
// silent a channel on which it does not send.
var violations = []struct {
	name string
	do   func(t *testing.T, r *raw, limit int, silent Channel)
	want Code
}{
	{"a further channel", func(t *testing.T, r *raw, _ int, _ Channel) { r.channel(t, 9, false) }, CodeChannel},
	{"a further channel, not announced", func(t *testing.T, r *raw, _ int, _ Channel) {
		must(t, r.channel(t, 9, true).Send([]byte("hello")))
	}, CodeChannel},
	{"one of the seven announced", func(t *testing.T, r *raw, _ int, _ Channel) { r.channel(t, Move, false) }, CodeChannel},
	{"a channel closed", func(t *testing.T, r *raw, _ int, _ Channel) { must(t, r.channels[Ink].Close()) }, CodeChannel},
	{"text", func(t *testing.T, r *raw, _ int, _ Channel) { must(t, r.channels[Screen].SendText("hello")) }, CodeForm},
	{"empty text", func(t *testing.T, r *raw, _ int, _ Channel) { must(t, r.channels[Screen].SendText("")) }, CodeForm},
	{"one byte too many", func(t *testing.T, r *raw, limit int, _ Channel) {
		must(t, r.channels[Screen].Send(make([]byte, limit+1)))
	}, CodeSize},
	{"far too many bytes", func(t *testing.T, r *raw, _ int, _ Channel) {
		must(t, r.channels[Screen].Send(make([]byte, 100<<10)))
	}, CodeSize},
	{"too many bytes against the direction", func(t *testing.T, r *raw, limit int, silent Channel) {
		must(t, r.channels[silent].Send(make([]byte, limit+1)))
	}, CodeSize},
	{"against the direction", func(t *testing.T, r *raw, _ int, silent Channel) {
		must(t, r.channels[silent].Send([]byte("hello")))
	}, CodeDirection},
	{"left", func(t *testing.T, r *raw, _ int, _ Channel) { must(t, r.pc.Close()) }, CodeLost},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHostileConsole(t *testing.T) {
	t.Parallel()
	for _, v := range violations {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			hostile, device := rawConsole(t)
			v.do(t, hostile, MaxToDevice, Evt)
			wantCode(t, device, v.want)
		})
	}
}

func TestHostileDevice(t *testing.T) {
	t.Parallel()
	for _, v := range violations {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			hostile, console := rawDevice(t)
			v.do(t, hostile, MaxToConsole, Input)
			wantCode(t, console, v.want)
		})
	}
}

// A console that opens channels as fast as it can gets as far as the first ones.
func TestChannelFlood(t *testing.T) {
	t.Parallel()
	hostile, device := rawConsole(t)
	silent := false
	for id := uint16(10); ; id++ {
		if _, err := hostile.pc.CreateDataChannel("x", &webrtc.DataChannelInit{ID: &id, Negotiated: &silent}); err != nil {
			break // the device is gone
		}
		if id > 10_000 {
			t.Fatal("ten thousand channels, and the device is still there")
		}
	}
	wantCode(t, device, CodeChannel)
}

// A device that never hears from the console gives up, and so does a console whose device is gone.
func TestDoesNotOpen(t *testing.T) {
	t.Parallel()
	soon := Config{Loopback: true, OpenWithin: 200 * time.Millisecond}
	offering, err := Offer(t.Context(), soon)
	must(t, err)
	device, answer, err := Answer(t.Context(), soon, offering.SDP())
	must(t, err)
	if err := device.Send(Evt, []byte("too early")); !errors.Is(err, ErrNotOpen) {
		t.Errorf("send before it is open: %v, want ErrNotOpen", err)
	}
	wantCode(t, device, CodeTimeout)
	console, err := offering.Accept(t.Context(), answer)
	if e := new(Ended); console != nil || !errors.As(err, &e) || e.Code != CodeTimeout {
		t.Errorf("accept without a device: %v, want code %d", err, CodeTimeout)
	}
}

// Whoever answers in the device's place has another certificate, and gets nowhere.
func TestForeignCertificate(t *testing.T) {
	t.Parallel()
	offering, err := Offer(t.Context(), loopback)
	must(t, err)
	device, answer, err := Answer(t.Context(), loopback, offering.SDP())
	must(t, err)
	defer device.Close()
	other := regexp.MustCompile(`sha-256 [0-9A-F:]+`).ReplaceAll(answer, []byte("sha-256 "+strings.Repeat("AB:", 31)+"AB"))
	if console, err := offering.Accept(t.Context(), other); err == nil {
		t.Error("connected to a certificate that was not announced")
		_ = console.Close()
	}
	wantCode(t, device, CodeLost)
}

func TestContextEndsTheCall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Offer(ctx, loopback); err == nil {
		t.Error("an offer with an ended context")
	}
	offering, err := Offer(t.Context(), loopback)
	must(t, err)
	defer offering.Close()
	if _, _, err := Answer(ctx, loopback, offering.SDP()); err == nil {
		t.Error("an answer with an ended context")
	}
}

// An end that does not look holds no more of a flood than its window.
func TestWindow(t *testing.T) {
	t.Parallel()
	device, console := connect(t)
	for _, way := range []struct {
		from         Conn
		size, window int
	}{{console, MaxToDevice, WindowDevice}, {device, MaxToConsole, WindowConsole}} {
		transport := way.from.(*conn).pc.SCTP()
		if got := transport.Stats().ReceiverWindow; got != uint32(way.window) {
			t.Errorf("the other side's window is %d, want %d", got, way.window)
		}
		accepted := 0
		for deadline := time.Now().Add(patience); transport.Stats().ReceiverWindow > 1200; { // pion tells nobody
			accepted += fill(t, way.from, way.size)
			if time.Now().After(deadline) {
				t.Fatal("the window does not fill up")
			}
		}
		// The packet that crosses the end of the window is taken, and the reader has one message in hand.
		if held := accepted*way.size - way.from.Buffered(); held > way.window+2*way.size {
			t.Errorf("%d bytes are held by the other side, whose window is %d", held, way.window)
		}
	}
}

// A device may set its low mark before the connection is open.
func TestLowMarkBeforeOpen(t *testing.T) {
	t.Parallel()
	offering, err := Offer(t.Context(), loopback)
	must(t, err)
	device, answer, err := Answer(t.Context(), loopback, offering.SDP())
	must(t, err)
	defer device.Close()
	device.SetLow(12345)
	_, err = offering.Accept(t.Context(), answer)
	must(t, err)
	defer offering.Close()
	<-device.(*conn).opened
	if got := device.(*conn).out.stream(Screen).BufferedAmountLowThreshold(); got != 12345 {
		t.Errorf("the low mark is %d", got)
	}
}

// Only loopback addresses are offered, whatever this machine has, and none at all without the word for it.
func TestLoopbackOnly(t *testing.T) {
	t.Parallel()
	offering, err := Offer(t.Context(), loopback)
	must(t, err)
	defer offering.Close()
	lines := candidateLine.FindAllString(string(offering.SDP()), -1)
	for _, line := range lines {
		if address := net.ParseIP(strings.Fields(line)[4]); !address.IsLoopback() {
			t.Errorf("offers %s", address)
		}
	}
	if len(lines) == 0 {
		t.Error("offers no address")
	}
	if _, err := Offer(t.Context(), Config{}); err == nil || !strings.Contains(err.Error(), "within one machine") {
		t.Errorf("an offer beyond this machine: %v", err)
	}
}
