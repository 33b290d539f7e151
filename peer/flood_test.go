package peer

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
)

// What a hostile console may cost a device in memory, above what there was
// (L27). The hostile end of these tests is in the same process and is counted
// too, so the device's part is smaller than what is measured. They are not
// parallel to other tests, or those would be counted as well.
const mostMemory = 64 << 20

// held is what has to be kept now, in bytes.
func held() uint64 {
	runtime.GC()
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// peak starts to watch what has to be kept. The function it returns ends that,
// and tells how far it was above the beginning.
func peak() (above func() uint64) {
	began, most := held(), uint64(0)
	ctx, end := context.WithCancel(context.Background())
	var watch sync.WaitGroup
	watch.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
			most = max(most, held())
		}
	})
	return func() uint64 {
		end()
		watch.Wait()
		return max(most, held(), began) - began
	}
}

// wantMemory fails when more was taken than may be, and tells how much it was.
func wantMemory(t *testing.T, what string, got uint64) {
	t.Helper()
	t.Logf("%s: %.1f MiB at most, both ends together", what, float64(got)/(1<<20))
	if got > mostMemory {
		t.Errorf("%s: %d bytes, at most %d", what, got, mostMemory)
	}
}

// Ten thousand channels are ended at the first, however they are opened.
func TestTenThousandChannels(t *testing.T) {
	for _, silent := range []bool{false, true} {
		hostile, device := rawConsole(t)
		above := peak()
		for id := uint16(10); id < 10_010; id++ {
			dc, err := hostile.pc.CreateDataChannel("x", &webrtc.DataChannelInit{ID: &id, Negotiated: &silent})
			if err != nil || closed(device.Done()) {
				break // the device is gone
			}
			_ = dc.Send([]byte("hello")) // it may not be open yet
		}
		wantCode(t, device, CodeChannel)
		wantMemory(t, "10,000 channels", above())
	}
}

// One-byte messages cost what they cost while they are on their way: a device
// that takes them has none of them afterwards, and one that does not leaves
// them in its window.
func TestFloodOfOneByte(t *testing.T) {
	for _, reads := range []bool{true, false} {
		hostile, device := rawConsole(t)
		above := peak()
		var reading sync.WaitGroup
		if reads {
			reading.Go(func() {
				for range device.Messages() {
				}
			})
		}
		count := 2 * WindowDevice // more than a window of them
		if reads {
			count = 50_000
		}
		sent := trickle(t, hostile.channels[Ctl], count)
		t.Logf("%d messages sent, taken: %v", sent, reads)
		if reads && sent < count || !reads && (sent < WindowDevice/2 || sent == count) {
			t.Errorf("only %d messages went out", sent)
		}
		if closed(device.Done()) {
			t.Errorf("the connection ended: %v", device.Err())
		}
		wantMemory(t, "a flood of one-byte messages", above())
		must(t, device.Close())
		reading.Wait()
	}
}

// trickle sends one-byte messages, few of them queued at a time, until all are
// sent or the other side takes no more.
func trickle(t *testing.T, dc *webrtc.DataChannel, count int) (sent int) {
	t.Helper()
	const queued = 4 << 10
	moved := time.Now()
	for sent < count && time.Since(moved) < 2*time.Second {
		if dc.BufferedAmount() >= queued {
			time.Sleep(time.Millisecond)
			continue
		}
		must(t, dc.Send([]byte{0}))
		sent, moved = sent+1, time.Now()
	}
	return sent
}

// Descriptions that are refused cost next to nothing: no connection is begun.
func TestHostileDescriptions(t *testing.T) {
	const data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"
	for name, offer := range map[string]string{
		"a megabyte":       grown(1 << 20),
		"one byte past":    grown(MaxDescription + 1),
		"video":            plain("m=video 9 UDP/TLS/RTP/SAVPF 96"),
		"audio":            plain("m=audio 9 UDP/TLS/RTP/SAVPF 111"),
		"a second section": plain(data),
		"two fingerprints": plain(cdFingerprint),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		conn, _, err := Answer(t.Context(), loopback, []byte(offer))
		runtime.ReadMemStats(&after)
		var refused *DescriptionError
		if !errors.As(err, &refused) || conn != nil {
			t.Errorf("%s: %v, want a *DescriptionError", name, err)
		}
		// The string becomes bytes once, the parser takes about ten times the limit.
		if cost := after.TotalAlloc - before.TotalAlloc; cost > uint64(len(offer))+512<<10 {
			t.Errorf("%s: %d bytes were allocated", name, cost)
		}
	}
}
