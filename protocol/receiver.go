package protocol

// Receiver reads what a device sends on one connection: messages that come
// whole, and those that come in parts once all are there. SPEC.md 3.1 and 3.2.
// The zero value is ready. Not safe for concurrent use.
type Receiver struct{ evt, screen Joiner }

// Read takes what came next on a channel, in the state that the console is in.
// It returns no message while parts of one are missing. Drop and err are those
// of Decode; after an error the connection is over, and so is the Receiver. A
// message shares nothing with data.
func (r *Receiver) Read(data []byte, on Channel, in State) (m Message, drop bool, err error) {
	if m, drop, err = Decode(data, ToConsole, on, in); err != nil || drop {
		return m, drop, err
	}
	part, parted := m.(*Part)
	if !parted {
		if on == ChannelScreen {
			r.screen.Drop()
		}
		return m, false, nil
	}
	whole, err := r.joiner(on).Add(part)
	if err != nil || whole == nil {
		return nil, false, err
	}
	return DecodeJoined(whole, on, in)
}

// joiner is that of a channel on which parts may travel.
func (r *Receiver) joiner(on Channel) *Joiner {
	if on == ChannelScreen {
		return &r.screen
	}
	r.evt.Unordered = true
	return &r.evt
}
