package protocol_test

import (
	"bytes"
	"testing"

	p "telestrator/protocol"
)

// badSessions end because of what one side says.
func badSessions(t *testing.T) []p.Conversation {
	big := bytes.Repeat([]byte{0}, p.MaxToDevice+1)
	return []p.Conversation{
		begun(t, "no hello", "a request is the first message").wrong(p.ToDevice, p.ChannelCtl, &p.Request{Number: 1, Scopes: p.View}, p.BadState),
		greeted(t, "hello twice", "it is for the beginning").wrong(p.ToDevice, p.ChannelCtl, hello(), p.BadState),
		greeted(t, "welcome twice", "it is for the beginning").wrong(p.ToConsole, p.ChannelEvt, welcome(), p.BadState),
		waiting(t, "ready twice", "it is said once").wrong(p.ToDevice, p.ChannelCtl, &p.Ready{}, p.BadState),
		begun(t, "ready too early", "before welcome").console(p.ChannelCtl, hello()).wrong(p.ToDevice, p.ChannelCtl, &p.Ready{}, p.BadState),
		greeted(t, "grants too early", "before ready").wrong(p.ToConsole, p.ChannelEvt, &p.Grants{Number: 1, Generation: 1}, p.BadState),
		greeted(t, "a picture too early", "before ready").wrong(p.ToConsole, p.ChannelScreen, black(1), p.BadState),
		greeted(t, "input too early", "before ready it ends, it is not dropped").wrong(p.ToDevice, p.ChannelInput, pointer(1), p.BadState),
		opened(t, "after bye", "nothing is read any more").device(p.ChannelEvt, &p.Bye{Code: p.Stopped}).
			wrong(p.ToConsole, p.ChannelEvt, &p.Hand{Number: 1}, p.BadState),
		opened(t, "a button on move", "buttons are never lost").wrong(p.ToDevice, p.ChannelMove, &p.Button{Number: 1, Generation: 2}, p.BadWay),
		opened(t, "an update from the console", "pictures go one way").wrong(p.ToDevice, p.ChannelScreen, black(1), p.BadWay),
		opened(t, "too long while live", "the size is looked at before the bytes").
			bytes(p.ToDevice, p.ChannelInput, big, p.Size).Conversation,
		opened(t, "no message", "an empty one").bytes(p.ToDevice, p.ChannelInput, nil, p.Form).Conversation,
		opened(t, "a picture without a beginning", "update 1 has no reset").
			wrong(p.ToConsole, p.ChannelScreen, &p.Update{Number: 1, Moment: 1, Last: true}, p.BadData),
		opened(t, "an update left out", "numbers have no gap without a reset").device(p.ChannelScreen, black(1)).
			wrong(p.ToConsole, p.ChannelScreen, &p.Update{Number: 3, Moment: 2, Last: true}, p.Sequence),
		opened(t, "an update twice", "also with a reset").device(p.ChannelScreen, black(1)).
			wrong(p.ToConsole, p.ChannelScreen, black(1), p.Sequence),
		opened(t, "no generation", "0 is none").wrong(p.ToDevice, p.ChannelMove, &p.Pointer{Number: 1}, p.BadRange),
	}
}
