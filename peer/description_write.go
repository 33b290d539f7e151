package peer

import "github.com/pion/sdp/v3"

// sdp writes the description anew, with what was taken and nothing else.
func (d *description) sdp() (string, error) {
	section := &sdp.MediaDescription{
		MediaName: sdp.MediaName{
			Media:   "application",
			Port:    sdp.RangedPort{Value: 9}, // as always when the candidates tell
			Protos:  []string{"UDP", "DTLS", "SCTP"},
			Formats: []string{"webrtc-datachannel"},
		},
		ConnectionInformation: &sdp.ConnectionInformation{
			NetworkType: "IN", AddressType: "IP4", Address: &sdp.Address{Address: "0.0.0.0"},
		},
	}
	for _, a := range attributes {
		if value, there := d.values[a.name]; there {
			section.WithValueAttribute(a.name, value)
		}
	}
	for _, c := range d.candidates {
		section.WithValueAttribute("candidate", c)
	}
	s := sdp.SessionDescription{
		Origin:            sdp.Origin{Username: "-", SessionID: 1, SessionVersion: 1, NetworkType: "IN", AddressType: "IP4", UnicastAddress: "127.0.0.1"},
		SessionName:       "-",
		TimeDescriptions:  []sdp.TimeDescription{{}},
		Attributes:        []sdp.Attribute{sdp.NewAttribute("group", "BUNDLE "+d.values["mid"])},
		MediaDescriptions: []*sdp.MediaDescription{section},
	}
	text, err := s.Marshal()
	if err != nil {
		return "", refuse("it cannot be written anew")
	}
	return string(text), nil
}
