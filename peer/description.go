package peer

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
)

// Limits of a session description.
const (
	MaxDescription   = 16 << 10 // bytes
	MaxCandidates    = 32       // further ones are skipped
	MaxCandidateLine = 256      // bytes; longer ones are skipped
)

// DescriptionError refuses a session description.
type DescriptionError struct{ Reason string }

func (e *DescriptionError) Error() string { return "peer: description refused: " + e.Reason }

func refuse(format string, args ...any) error {
	return &DescriptionError{fmt.Sprintf(format, args...)}
}

// description is what we take from the other side's session description. Nothing else in it reaches the transport:
// pion is given a description that is written anew from these fields.
type description struct {
	values     map[string]string // by attribute
	candidates []string
}

// attributes are what we take besides candidates: each once, in this form.
var attributes = []struct {
	name string
	form *regexp.Regexp
	must bool
}{
	{"mid", regexp.MustCompile(`^[!-~]{1,16}$`), true},
	{"ice-ufrag", regexp.MustCompile(`^[A-Za-z0-9+/]{4,256}$`), true},
	{"ice-pwd", regexp.MustCompile(`^[A-Za-z0-9+/]{22,256}$`), true},
	{"fingerprint", regexp.MustCompile(`^(?i:sha-256 ([0-9a-f]{2}:){31}[0-9a-f]{2})$`), true},
	{"setup", regexp.MustCompile(`^(actpass|active|passive)$`), true},
	{"sctp-port", regexp.MustCompile(`^[1-9][0-9]{0,4}$`), true},
	{"max-message-size", regexp.MustCompile(`^[0-9]{1,10}$`), false},
}

// readDescription checks a session description from outside and takes from it what we need.
func readDescription(text []byte) (*description, error) {
	if len(text) > MaxDescription {
		return nil, refuse("%d bytes, at most %d", len(text), MaxDescription)
	}
	var s sdp.SessionDescription
	if err := s.Unmarshal(text); err != nil {
		return nil, refuse("not SDP")
	}
	if len(s.MediaDescriptions) != 1 {
		return nil, refuse("%d sections, want one for data", len(s.MediaDescriptions))
	}
	section := s.MediaDescriptions[0]
	if err := checkSection(section.MediaName); err != nil {
		return nil, err
	}
	d := &description{values: map[string]string{}}
	for _, a := range append(s.Attributes, section.Attributes...) {
		if err := d.take(a.Key, a.Value); err != nil {
			return nil, err
		}
	}
	return d, d.check()
}

// checkSection takes a section for data channels over UDP and no other.
func checkSection(m sdp.MediaName) error {
	form := fmt.Sprintf("%s %s %s", m.Media, strings.Join(m.Protos, "/"), strings.Join(m.Formats, " "))
	if want := "application UDP/DTLS/SCTP webrtc-datachannel"; form != want {
		return refuse("the section is not one for data channels")
	}
	if m.Port.Value == 0 {
		return refuse("its section for data is switched off")
	}
	return nil
}

// take remembers an attribute that we know and skips all others.
func (d *description) take(name, value string) error {
	if name == "candidate" {
		if c, usable := readCandidate(value); usable && len(d.candidates) < MaxCandidates {
			d.candidates = append(d.candidates, c)
		}
		return nil
	}
	for _, a := range attributes {
		if a.name != name {
			continue
		}
		if _, twice := d.values[name]; twice {
			return refuse("more than one %s", name)
		}
		if !a.form.MatchString(value) {
			return refuse("%s is not in a form that we take", name)
		}
		d.values[name] = value
	}
	return nil
}

// check refuses a description with which no connection can come about that we would want.
func (d *description) check() error {
	for _, a := range attributes {
		if _, there := d.values[a.name]; a.must && !there {
			return refuse("no %s", a.name)
		}
	}
	if size, there := d.values["max-message-size"]; there {
		n, err := strconv.ParseUint(size, 10, 32)
		if err != nil || n != 0 && n < MaxToConsole { // zero means any size
			return refuse("messages of %d bytes must be accepted", MaxToConsole)
		}
	}
	return nil
}

// candidateForm is a UDP host candidate: foundation, component, transport, priority, address, port, type, extensions.
var candidateForm = regexp.MustCompile(`^([A-Za-z0-9+/]{1,32}) 1 (?i:udp) ([0-9]{1,10}) ([0-9a-fA-F.:]+) ([1-9][0-9]{0,4}) typ host( [ -~]*)?$`)

// readCandidate takes a candidate that we would try, a UDP host candidate on loopback with a plain address, and
// writes it anew without extensions. Browsers hide their addresses behind names; they reach us all the same and are
// learnt from their first packet.
func readCandidate(text string) (candidate string, usable bool) {
	f := candidateForm.FindStringSubmatch(text)
	if f == nil || len(text) > MaxCandidateLine {
		return "", false
	}
	address, err := netip.ParseAddr(f[3])
	if err != nil || !address.IsLoopback() || address.Is4In6() {
		return "", false
	}
	if _, err := strconv.ParseUint(f[4], 10, 16); err != nil {
		return "", false
	}
	return fmt.Sprintf("%s 1 udp %s %s %s typ host", f[1], f[2], address, f[4]), true
}
