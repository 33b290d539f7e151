package relay

import (
	"errors"
	"fmt"
	"net"
	"regexp"
	"strings"
)

var candidateLine = regexp.MustCompile(`(?m)^a=candidate:.*\r\n`)

// Bare is a description without its candidates: its owner can only be learnt from its packets.
func Bare(sdp []byte) []byte { return candidateLine.ReplaceAll(sdp, nil) }

// Between takes the device's address out of its answer, and returns the answer with the relay's own in its place.
func (r *Relay) Between(answer []byte) ([]byte, error) {
	device, err := address(answer)
	if err != nil {
		return nil, err
	}
	r.callee.Store(device)
	port := r.front.LocalAddr().(*net.UDPAddr).Port
	ours := fmt.Sprintf("a=candidate:1 1 udp 2130706431 127.0.0.1 %d typ host\r\n", port)
	return []byte(strings.Replace(string(Bare(answer)), "a=mid:", ours+"a=mid:", 1)), nil
}

// address is the one on 127.0.0.1 in a description. The relay sends to no other host.
func address(sdp []byte) (*net.UDPAddr, error) {
	for _, line := range candidateLine.FindAllString(string(sdp), -1) {
		if f := strings.Fields(line); len(f) > 5 && f[4] == "127.0.0.1" {
			return net.ResolveUDPAddr("udp4", f[4]+":"+f[5])
		}
	}
	return nil, errors.New("relay: the answer has no candidate on 127.0.0.1")
}
