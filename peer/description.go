package peer

import (
	"fmt"
	"net/netip"
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
	single     map[string]string // attribute to value, each attribute at most once
	candidates []string
}

// singles are the attributes that we take, and whether a description must have them.
var singles = map[string]bool{
	"mid":              true,
	"ice-ufrag":        true,
	"ice-pwd":          true,
	"fingerprint":      true,
	"setup":            true,
	"sctp-port":        true,
	"max-message-size": false,
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
	d := &description{single: map[string]string{}}
	for _, a := range append(s.Attributes, section.Attributes...) {
		if err := d.take(a); err != nil {
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
func (d *description) take(a sdp.Attribute) error {
	if a.Key == "candidate" {
		if len(d.candidates) < MaxCandidates && usable(a.Value) {
			d.candidates = append(d.candidates, a.Value)
		}
		return nil
	}
	if _, known := singles[a.Key]; !known {
		return nil
	}
	if _, twice := d.single[a.Key]; twice {
		return refuse("more than one %s", a.Key)
	}
	d.single[a.Key] = a.Value
	return nil
}

// check refuses a description with which no connection can come about that we would want.
func (d *description) check() error {
	for key, must := range singles {
		if _, there := d.single[key]; must && !there {
			return refuse("no %s", key)
		}
	}
	if hash, _, _ := strings.Cut(d.single["fingerprint"], " "); !strings.EqualFold(hash, "sha-256") {
		return refuse("the fingerprint is not sha-256")
	}
	if size, there := d.single["max-message-size"]; there {
		n, err := strconv.ParseUint(size, 10, 32)
		if err != nil || n != 0 && n < MaxToConsole { // zero means any size
			return refuse("messages of %d bytes must be accepted", MaxToConsole)
		}
	}
	return nil
}

// usable reports whether a candidate is one that we would try: a UDP host candidate on loopback with a plain
// address. Browsers hide theirs behind names; they reach us and are learnt from their first packet.
func usable(candidate string) bool {
	f := strings.Fields(candidate) // foundation, component, transport, priority, address, port, "typ", type
	if len(candidate) > MaxCandidateLine || len(f) < 8 {
		return false
	}
	address, err := netip.ParseAddr(f[4])
	if err != nil || !address.IsLoopback() || address.Is4In6() || address.Zone() != "" {
		return false
	}
	port, err := strconv.ParseUint(f[5], 10, 16)
	return err == nil && port > 0 && f[1] == "1" && strings.EqualFold(f[2], "udp") && f[6] == "typ" && f[7] == "host"
}
