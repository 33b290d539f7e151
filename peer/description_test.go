package peer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// seeds are the recorded offers in testdata/offers, by file name.
func seeds(tb testing.TB) map[string]string {
	tb.Helper()
	files, err := filepath.Glob("testdata/offers/*.sdp")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no offers in testdata: %v", err)
	}
	offers := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		offers[strings.TrimSuffix(filepath.Base(file), ".sdp")] = crlf(string(text))
	}
	return offers
}

// crlf ends every line as SDP does; the files are kept with plain line ends.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

// plain is an offer with exactly what it needs.
func plain(lines ...string) string {
	text := `v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:0
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuvwx
a=fingerprint:sha-256 ` + strings.TrimSuffix(strings.Repeat("AB:", 32), ":") + `
a=setup:actpass
a=sctp-port:5000
`
	return crlf(text + strings.Join(append(lines, ""), "\n"))
}

const goodCandidate = "1 1 udp 2130706431 127.0.0.1 4000 typ host"

func TestReadDescriptionTakesBrowsers(t *testing.T) {
	t.Parallel()
	for name, offer := range seeds(t) {
		if _, err := readDescription([]byte(offer)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadDescriptionRefuses(t *testing.T) {
	t.Parallel()
	without := func(line string) string {
		before, rest, _ := strings.Cut(plain(), line)
		_, after, _ := strings.Cut(rest, "\r\n")
		return before + after
	}
	data := "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"
	for name, offer := range map[string]string{
		"empty":               "",
		"not sdp":             "<html>",
		"one byte too many":   grown(MaxDescription + 1),
		"no section":          plain()[:strings.Index(plain(), "m=")],
		"two sections":        plain(data),
		"a video section":     plain("m=video 9 UDP/TLS/RTP/SAVPF 96"),
		"an audio section":    plain("m=audio 9 UDP/TLS/RTP/SAVPF 111"),
		"only video":          strings.Replace(plain(), data, "m=video 9 UDP/TLS/RTP/SAVPF 96", 1),
		"section over tcp":    strings.Replace(plain(), "UDP/DTLS", "TCP/DTLS", 1),
		"section off":         strings.Replace(plain(), "application 9", "application 0", 1),
		"no fingerprint":      without("a=fingerprint"),
		"two fingerprints":    plain("a=fingerprint:sha-256 " + strings.Repeat("CD:", 31) + "CD"),
		"fingerprint sha-1":   strings.Replace(plain(), "sha-256", "sha-1", 1),
		"no ice-ufrag":        without("a=ice-ufrag"),
		"no ice-pwd":          without("a=ice-pwd"),
		"two ice-pwd":         plain("a=ice-pwd:other"),
		"no mid":              without("a=mid"),
		"no setup":            without("a=setup"),
		"no sctp-port":        without("a=sctp-port"),
		"messages too small":  plain("a=max-message-size:65534"),
		"fingerprint cut":     strings.Replace(plain(), "AB:AB", "AB", 1),
		"fingerprint not hex": strings.Replace(plain(), "AB:AB", "AB:XY", 1),
		"ice-ufrag too short": strings.Replace(plain(), "ufrag:abcd", "ufrag:abc", 1),
		"ice-ufrag too long":  strings.Replace(plain(), "ufrag:abcd", "ufrag:"+strings.Repeat("a", 257), 1),
		"ice-pwd too short":   strings.Replace(plain(), "pwd:abc", "pwd:", 1),
		"mid too long":        strings.Replace(plain(), "a=mid:0", "a=mid:"+strings.Repeat("0", 17), 1),
		"setup unknown":       strings.Replace(plain(), "actpass", "holdconn", 1),
		"message size absurd": plain("a=max-message-size:many"),
	} {
		var refused *DescriptionError
		if _, err := readDescription([]byte(offer)); !errors.As(err, &refused) {
			t.Errorf("%s: %v, want a *DescriptionError", name, err)
		}
	}
}

// grown is a good offer of so many bytes.
func grown(size int) string {
	const line = "a=x:"
	return plain(line + strings.Repeat("x", size-len(plain(line))))
}

func TestReadDescriptionTakesAtTheLimit(t *testing.T) {
	t.Parallel()
	for name, offer := range map[string]string{
		"the longest":            grown(MaxDescription),
		"messages just enough":   plain("a=max-message-size:65535"),
		"messages of any size":   plain("a=max-message-size:0"),
		"ice-ufrag the longest":  strings.Replace(plain(), "ufrag:abcd", "ufrag:"+strings.Repeat("a", 256), 1),
		"mid the longest":        strings.Replace(plain(), "a=mid:0", "a=mid:"+strings.Repeat("0", 16), 1),
		"fingerprint in capital": strings.Replace(plain(), "sha-256", "SHA-256", 1),
	} {
		if _, err := readDescription([]byte(offer)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Candidates that we would not try never reach the transport.
func TestCandidates(t *testing.T) {
	t.Parallel()
	for candidate, want := range map[string]bool{
		goodCandidate: true,
		"1 1 UDP 2130706431 127.9.8.7 4000 typ host":                                  true,
		"1 1 udp 2130706431 ::1 4000 typ host":                                        true,
		goodCandidate + " generation 0 network-id 1":                                  true,
		goodCandidate + strings.Repeat(" ", MaxCandidateLine-len(goodCandidate)):      true,
		goodCandidate + strings.Repeat(" ", MaxCandidateLine+1-len(goodCandidate)):    false,
		"1 1 udp 2130706431 192.0.2.1 4000 typ host":                                  false,
		"1 1 udp 2130706431 10.0.0.1 4000 typ host":                                   false,
		"1 1 udp 2130706431 0.0.0.0 4000 typ host":                                    false,
		"1 1 udp 2130706431 169.254.1.1 4000 typ host":                                false,
		"1 1 udp 2130706431 224.0.0.251 4000 typ host":                                false,
		"1 1 udp 2130706431 fe80::1 4000 typ host":                                    false,
		"1 1 udp 2130706431 ::ffff:127.0.0.1 4000 typ host":                           false,
		"1 1 udp 2130706431 ::1%lo 4000 typ host":                                     false,
		"1 1 udp 2130706431 localhost 4000 typ host":                                  false,
		"1 1 udp 2130706431 0b1c2d3e-0000-4000-8000-000000000000.local 4000 typ host": false,
		"1 1 tcp 2130706431 127.0.0.1 9 typ host tcptype active":                      false,
		"1 2 udp 2130706431 127.0.0.1 4000 typ host":                                  false,
		"1 1 udp 2130706431 127.0.0.1 0 typ host":                                     false,
		"1 1 udp 2130706431 127.0.0.1 65536 typ host":                                 false,
		"1 1 udp 2130706431 127.0.0.1 4000 typ srflx raddr 0.0.0.0 rport 9":           false,
		"1 1 udp 2130706431 127.0.0.1 4000 typ relay raddr 0.0.0.0 rport 9":           false,
		"1 1 udp 2130706431 127.0.0.1 4000 typ":                                       false,
		"":                                                                            false,
	} {
		d, err := readDescription([]byte(plain("a=candidate:" + candidate)))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(d.candidates) == 1; got != want {
			t.Errorf("candidate %q taken: %v, want %v", candidate, got, want)
		}
	}
}

func TestCandidateCount(t *testing.T) {
	t.Parallel()
	var lines []string
	for n := range MaxCandidates + 1 {
		lines = append(lines, fmt.Sprintf("a=candidate:%d 1 udp 2130706431 127.0.0.1 %d typ host", n, 4000+n))
	}
	for _, count := range []int{MaxCandidates, MaxCandidates + 1} {
		d, err := readDescription([]byte(plain(lines[:count]...)))
		if err != nil {
			t.Fatal(err)
		}
		if len(d.candidates) != MaxCandidates {
			t.Errorf("%d candidates of %d were taken, want %d", len(d.candidates), count, MaxCandidates)
		}
	}
}

// Nothing but the known attributes gets through, not even by a blank in front of a name.
func TestDescriptionIsWrittenAnew(t *testing.T) {
	t.Parallel()
	offer := plain("a= candidate:1 1 udp 1 192.0.2.1 9 typ host", "a=ice-lite", "a=sctp-init:AAAA",
		"a=remote-candidates:1 192.0.2.1 9", "b=AS:1", "a=candidate:"+goodCandidate)
	d, err := readDescription([]byte(offer))
	if err != nil {
		t.Fatal(err)
	}
	text, err := d.sdp()
	if err != nil {
		t.Fatal(err)
	}
	want := plain("a=candidate:" + goodCandidate)
	if got, want := sortedLines(text), sortedLines(want); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func sortedLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\r\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
