package protocol_test

import (
	"testing"

	p "telestrator/protocol"
	"telestrator/protocol/protocoltest"
)

// partSessions cut a message into parts as no sender does, and as one may.
func partSessions(t *testing.T) []p.Conversation {
	part := func(number, index, count uint32, bytes []byte) p.Message {
		return &p.Part{Message: number, Index: index, Count: count, Bytes: bytes}
	}
	arrow := protocoltest.Unchecked(t, &p.Cursor{Number: 1, X: 3, Y: 4, W: 16, H: 16})
	first, second := protocoltest.Unchecked(t, black(1)), protocoltest.Unchecked(t, black(2))
	grants := protocoltest.Unchecked(t, &p.Grants{Number: 4, Generation: 3})
	inner := protocoltest.Unchecked(t, part(1, 0, 2, []byte("x")))
	evt, screen := p.ChannelEvt, p.ChannelScreen
	return []p.Conversation{
		opened(t, "parts on evt", "in any order").device(evt, part(1, 1, 2, arrow[5:])).device(evt, part(1, 0, 2, arrow[:5])).Conversation,
		opened(t, "parts on evt, a newer message", "drops the older, whose parts are ignored then").device(evt, part(1, 0, 2, arrow[:5])).
			device(evt, part(2, 0, 2, grants[:3])).device(evt, part(1, 1, 2, arrow[5:])).device(evt, part(2, 1, 2, grants[3:])).
			console(p.ChannelMove, pointer(1)).Conversation,
		opened(t, "parts on screen", "in order").device(screen, part(1, 0, 2, first[:9])).device(screen, part(1, 1, 2, first[9:])).
			console(screen, &p.Ack{Number: 1}).Conversation,
		opened(t, "parts abandoned", "another message drops what was open").device(screen, part(1, 0, 2, first[:9])).
			device(screen, black(2)).Conversation,
		opened(t, "parts abandoned for others", "the first part of a later message does so too").device(screen, part(1, 0, 2, first[:9])).
			device(screen, part(3, 0, 2, second[:9])).device(screen, part(3, 1, 2, second[9:])).Conversation,
		opened(t, "parts out of order on screen", "which is ordered").device(screen, part(1, 0, 3, first[:9])).
			wrong(p.ToConsole, screen, part(1, 2, 3, first[9:]), p.BadData),
		opened(t, "parts of another count", "the count is that of the message").device(evt, part(1, 0, 2, arrow[:5])).
			wrong(p.ToConsole, evt, part(1, 1, 3, arrow[5:]), p.BadData),
		opened(t, "a part twice", "also on evt").device(evt, part(1, 0, 2, arrow[:5])).
			wrong(p.ToConsole, evt, part(1, 0, 2, arrow[:5]), p.BadData),
		opened(t, "a part past its count", "which one part shows alone: its range, not its turn").device(evt, part(1, 0, 2, arrow[:5])).
			wrong(p.ToConsole, evt, part(1, 2, 2, arrow[5:]), p.BadRange),
		opened(t, "a part past its count on screen", "where it is out of its turn, too").device(screen, part(1, 0, 2, first[:9])).
			wrong(p.ToConsole, screen, part(1, 2, 2, first[9:]), p.BadRange),
		opened(t, "an older part past its count", "is refused before it is ignored").device(evt, part(2, 0, 2, arrow[:5])).
			wrong(p.ToConsole, evt, part(1, 2, 2, arrow[5:]), p.BadRange),
		opened(t, "the rest of what was abandoned", "never comes").device(screen, part(1, 0, 2, first[:9])).device(screen, black(1)).
			wrong(p.ToConsole, screen, part(1, 1, 2, first[9:]), p.BadData),
		opened(t, "a part in parts", "parts are not nested").device(evt, part(1, 0, 2, inner[:4])).
			wrong(p.ToConsole, evt, part(1, 1, 2, inner[4:]), p.BadData),
		opened(t, "an update in parts on evt", "the message of the parts is judged as well").device(evt, part(1, 0, 2, first[:9])).
			wrong(p.ToConsole, evt, part(1, 1, 2, first[9:]), p.BadWay),
		opened(t, "parts of nothing", "that is no message").device(evt, part(1, 0, 2, []byte{0x82})).
			wrong(p.ToConsole, evt, part(1, 1, 2, []byte{0x05}), p.Form),
		greeted(t, "a part too early", "before ready").wrong(p.ToConsole, evt, part(1, 0, 2, []byte{1}), p.BadState),
	}
}
