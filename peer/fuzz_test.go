package peer

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/pion/webrtc/v4"

	"telestrator/fuzz/bound"
)

// FuzzDescription holds what an offer or an answer from anywhere may do: be
// refused, or be rewritten within the limits into something that reads the same.
func FuzzDescription(f *testing.F) {
	descriptions(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		bound.Check(t, func() { rewrite(t, text) })
	})
}

// FuzzOffer gives what FuzzDescription lets through to pion, which takes or
// refuses it without harm.
func FuzzOffer(f *testing.F) {
	descriptions(f)
	f.Fuzz(func(t *testing.T, offer []byte) {
		bound.Check(t, func() {
			if text, ok := rewrite(t, offer); ok {
				feed(t, text)
			}
		})
	})
}

// descriptions adds the seeds: what browsers offer, and what is refused.
func descriptions(f *testing.F) {
	for _, offer := range seeds(f) {
		f.Add([]byte(offer))
	}
	f.Add([]byte(plain("a=candidate:" + goodCandidate)))
	f.Add([]byte(plain("m=video 9 UDP/TLS/RTP/SAVPF 96")))
	f.Add([]byte(plain(cdFingerprint)))
	f.Add([]byte(strings.Replace(plain("a=max-message-size:0"), "actpass", "active", 1)))
}

// cdFingerprint is a second fingerprint beside the plain one.
var cdFingerprint = "a=fingerprint:sha-256 " + strings.Repeat("CD:", 31) + "CD"

// rewrite reads a description and writes it anew; not ok is refused.
func rewrite(t *testing.T, from []byte) (text string, ok bool) {
	d, err := readDescription(from)
	if err != nil {
		if len(err.Error()) > 200 {
			t.Fatalf("refused at length: %v", err)
		}
		return "", false
	}
	if len(d.candidates) > MaxCandidates || len(d.values) > len(attributes) {
		t.Fatalf("too much was taken: %v", d)
	}
	if text, err = d.sdp(); err != nil {
		t.Fatalf("not written anew: %v", err)
	}
	again, err := readDescription([]byte(text))
	if err != nil {
		t.Fatalf("refused when written anew: %v\n%q", err, text)
	}
	if twice, err := again.sdp(); err != nil || twice != text {
		t.Fatalf("read differently when written anew (%v):\n%q\n%q", err, text, twice)
	}
	return text, true
}

// aCandidate is all that may come of one: nothing but loopback, and no names.
var aCandidate = regexp.MustCompile(`^[A-Za-z0-9+/]{1,32} 1 udp [0-9]{1,10} (\S+) [1-9][0-9]{0,4} typ host$`)

// FuzzCandidate reads any candidate: what is taken leads to this machine.
func FuzzCandidate(f *testing.F) {
	for _, text := range []string{
		goodCandidate, "1 1 UDP 2130706431 127.9.8.7 4000 typ host generation 0", "1 1 udp 1 ::1 4000 typ host",
		"1 1 udp 1 192.0.2.1 4000 typ host", "1 1 udp 1 ::ffff:127.0.0.1 9 typ host", "1 1 udp 1 ::1%lo 9 typ host",
		"1 1 udp 1 0b1c2d3e-0000-4000-8000-000000000000.local 9 typ host", "1 1 tcp 1 127.0.0.1 9 typ host tcptype active",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bound.Check(t, func() {
			candidate, usable := readCandidate(text)
			if !usable {
				return
			}
			parts := aCandidate.FindStringSubmatch(candidate)
			if parts == nil {
				t.Fatalf("%q became %q", text, candidate)
			}
			if address, err := netip.ParseAddr(parts[1]); err != nil || !address.IsLoopback() || address.Zone() != "" {
				t.Fatalf("%q leads to %v", text, address)
			}
			if again, usable := readCandidate(candidate); !usable || again != candidate {
				t.Fatalf("%q reads as %q", candidate, again)
			}
		})
	})
}

// feed gives a description to pion.
func feed(t *testing.T, text string) {
	t.Helper()
	pc, err := dial(deviceSide, loopback)
	if err != nil {
		t.Fatal(err)
	}
	defer pc.GracefulClose()
	_ = pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: text})
}
