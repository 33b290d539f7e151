package protocol

// Ping asks for an echo, or is one. SPEC.md 9.1.
type Ping struct {
	Number uint32 `cbor:"1,keyasint"`
	Reply  bool   `cbor:"2,keyasint"`
	Time   uint64 `cbor:"3,keyasint"` // µs, of the asker
}

func (*Ping) Kind() Kind { return KindPing }

func (m *Ping) check() *Error {
	return firstOf(running("ping", m.Number), micros("ping", m.Time))
}

// Bye is the last message of a side. SPEC.md 9.2.
type Bye struct {
	Code Code   `cbor:"1,keyasint"`
	Text string `cbor:"2,keyasint"`
}

func (*Bye) Kind() Kind { return KindBye }

func (m *Bye) check() *Error {
	return firstOf(known("bye", m.Code), utf8Text("bye", "text", m.Text, 0, MaxReason))
}

// Refusal says that something was refused while the session lives; SPEC.md 9.3 calls it error.
type Refusal struct {
	Number uint32 `cbor:"1,keyasint"`
	Code   Code   `cbor:"2,keyasint"`
	Text   string `cbor:"3,keyasint"`
}

func (*Refusal) Kind() Kind { return KindError }

func (m *Refusal) check() *Error {
	return firstOf(running("error", m.Number), known("error", m.Code), utf8Text("error", "text", m.Text, 0, MaxReason))
}

// Rate is what a console wants to be sent at most. SPEC.md 9.4.
type Rate struct {
	Number uint32 `cbor:"1,keyasint"`
	Most   uint64 `cbor:"2,keyasint"` // bytes of pictures a second, 0 for no wish
}

func (*Rate) Kind() Kind { return KindRate }

func (m *Rate) check() *Error {
	return firstOf(running("rate", m.Number), amount("rate", m.Most))
}

// Meter is a snapshot of what a device sends. SPEC.md 9.4.
type Meter struct {
	Number uint32 `cbor:"1,keyasint"`
	Cap    uint64 `cbor:"2,keyasint"` // bytes of pictures a second, 0 without a cap
	Bytes  uint64 `cbor:"3,keyasint"` // of pictures, sent in this session
}

func (*Meter) Kind() Kind { return KindMeter }

func (m *Meter) check() *Error {
	return firstOf(running("meter", m.Number), amount("meter", m.Cap), amount("meter", m.Bytes))
}

func micros(message string, t uint64) *Error {
	if t > MaxInteger {
		return fail(BadRange, "%s: time beyond 2^53-1", message)
	}
	return nil
}

func amount(message string, n uint64) *Error {
	if n > MaxInteger {
		return fail(BadRange, "%s: bytes beyond 2^53-1", message)
	}
	return nil
}

func known(message string, code Code) *Error {
	if _, ok := codeNames[code]; !ok {
		return fail(BadRange, "%s: code %d is not a reason", message, uint8(code))
	}
	return nil
}
