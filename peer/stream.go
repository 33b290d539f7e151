package peer

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/pion/sctp"
	"github.com/pion/webrtc/v4"
)

// create makes the data channel of ch, known to both ends without being announced.
func create(pc *webrtc.PeerConnection, ch Channel) (*webrtc.DataChannel, error) {
	id, protocol, negotiated := uint16(ch), Protocol, true
	ordered := modes[ch].ordered
	init := webrtc.DataChannelInit{ID: &id, Protocol: &protocol, Negotiated: &negotiated, Ordered: &ordered}
	if !modes[ch].reliable {
		init.MaxRetransmits = new(uint16)
	}
	return pc.CreateDataChannel(modes[ch].label, &init)
}

// openStream takes the SCTP stream out of an open data channel and gives it the mode of ch.
//
// pion applies a channel's mode when its announcement is acknowledged. Ours are not announced, so that without this
// each of them would be ordered and reliable, whatever it was created as, and evt would wait behind pictures. The
// stream also tells what kind of payload a message is, which the data channel above it hides. The field is private,
// hence reflect; the version of pion is fixed, and another layout refuses to connect instead of misbehaving.
func openStream(ch Channel, dc *webrtc.DataChannel) (*sctp.Stream, error) {
	raw, err := dc.Detach()
	if err != nil {
		return nil, fmt.Errorf("detach %s: %w", ch, err)
	}
	field := reflect.Indirect(reflect.ValueOf(raw)).FieldByName("stream")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*sctp.Stream]() {
		return nil, fmt.Errorf("%T does not keep its stream where it did", raw)
	}
	stream := (*sctp.Stream)(field.UnsafePointer())
	reliability := sctp.ReliabilityTypeReliable
	if !modes[ch].reliable {
		reliability = sctp.ReliabilityTypeRexmit // zero times
	}
	stream.SetReliabilityParams(!modes[ch].ordered, reliability, 0)
	return stream, nil
}

// write queues one message on a stream. SCTP knows no empty message; a payload type stands for it.
func write(stream *sctp.Stream, data []byte) error {
	kind := sctp.PayloadTypeWebRTCBinary
	if len(data) == 0 {
		kind, data = sctp.PayloadTypeWebRTCBinaryEmpty, []byte{0}
	}
	_, err := stream.WriteSCTP(data, kind)
	return err
}

// readMessage waits for the next message on ch from a side and returns a copy of it. The buffer is as long as the
// largest message allowed. The error is an *Ended.
func readMessage(stream *sctp.Stream, ch Channel, from side, buffer []byte) ([]byte, error) {
	n, kind, err := stream.ReadSCTP(buffer)
	switch {
	case errors.Is(err, io.ErrShortBuffer):
		return nil, &Ended{CodeSize, fmt.Sprintf("a message of %d bytes on %s, at most %d are allowed", n, ch, len(buffer))}
	case err != nil:
		return nil, readEnd(stream, ch, err)
	case kind == sctp.PayloadTypeWebRTCDCEP:
		return nil, &Ended{CodeChannel, fmt.Sprintf("the other side opened %s a second time", ch)}
	case kind == sctp.PayloadTypeWebRTCBinaryEmpty:
		n = 0
	case kind != sctp.PayloadTypeWebRTCBinary:
		return nil, &Ended{CodeForm, fmt.Sprintf("text instead of bytes on %s", ch)}
	}
	if !from.sends(ch) {
		return nil, &Ended{CodeDirection, fmt.Sprintf("a message against the direction of %s", ch)}
	}
	return append([]byte{}, buffer[:n]...), nil
}

// readEnd tells a channel that was closed from a connection that has ended. Both read as EOF; answering the close
// succeeds only while there is a connection.
func readEnd(stream *sctp.Stream, ch Channel, err error) *Ended {
	if errors.Is(err, io.EOF) && stream.Close() == nil {
		return &Ended{CodeChannel, fmt.Sprintf("the other side closed %s", ch)}
	}
	return &Ended{CodeLost, "the other side left"}
}
