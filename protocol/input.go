package protocol

// Pointer moves the pointer. SPEC.md 8.1.
type Pointer struct {
	Number     uint32 `cbor:"1,keyasint"` // one sequence with all input
	Generation uint32 `cbor:"2,keyasint"` // of the screen that x and y were aimed at
	X          uint16 `cbor:"3,keyasint"` // device pixels from the left
	Y          uint16 `cbor:"4,keyasint"` // device pixels from the top
}

func (*Pointer) Kind() Kind { return KindPointer }

func (m *Pointer) check() *Error { return aimed("pointer", m.Number, m.Generation) }

// Button presses or releases a button. SPEC.md 8.2.
type Button struct {
	Number     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	X          uint16 `cbor:"3,keyasint"`
	Y          uint16 `cbor:"4,keyasint"`
	Button     uint8  `cbor:"5,keyasint"` // 0 left, 1 middle, 2 right
	Down       bool   `cbor:"6,keyasint"`
}

func (*Button) Kind() Kind { return KindButton }

func (m *Button) check() *Error {
	return firstOf(aimed("button", m.Number, m.Generation), within("button", "button", int64(m.Button), 0, MaxButton))
}

// Wheel turns the wheel. SPEC.md 8.3.
type Wheel struct {
	Number     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	X          uint16 `cbor:"3,keyasint"`
	Y          uint16 `cbor:"4,keyasint"`
	DX         int8   `cbor:"5,keyasint"` // steps, right positive
	DY         int8   `cbor:"6,keyasint"` // steps, down positive
}

func (*Wheel) Kind() Kind { return KindWheel }

func (m *Wheel) check() *Error {
	return firstOf(aimed("wheel", m.Number, m.Generation),
		within("wheel", "dx", int64(m.DX), -MaxWheel, MaxWheel),
		within("wheel", "dy", int64(m.DY), -MaxWheel, MaxWheel))
}

// Key presses or releases a key. SPEC.md 8.4.
type Key struct {
	Number     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	Code       string `cbor:"3,keyasint"` // W3C KeyboardEvent code
	Down       bool   `cbor:"4,keyasint"`
}

func (*Key) Kind() Kind { return KindKey }

func (m *Key) check() *Error {
	return firstOf(aimed("key", m.Number, m.Generation), utf8Text("key", "code", m.Code, 1, MaxCode))
}

// Held names the keys that the console holds down. SPEC.md 8.5.
type Held struct {
	Number     uint32   `cbor:"1,keyasint"`
	Generation uint32   `cbor:"2,keyasint"`
	Codes      []string `cbor:"3,keyasint"`
}

func (*Held) Kind() Kind { return KindHeld }

func (m *Held) check() *Error {
	err := firstOf(aimed("held", m.Number, m.Generation), sized("held", "codes", len(m.Codes), 0, MaxHeld))
	for i := 0; err == nil && i < len(m.Codes); i++ {
		err = utf8Text("held", "code", m.Codes[i], 1, MaxCode)
	}
	return err
}

// Text is what was typed, pasted or composed. SPEC.md 8.6.
type Text struct {
	Number     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	Text       string `cbor:"3,keyasint"`
}

func (*Text) Kind() Kind { return KindText }

func (m *Text) check() *Error {
	return firstOf(aimed("text", m.Number, m.Generation), utf8Text("text", "text", m.Text, 1, MaxTyped))
}

// aimed checks what all input begins with.
func aimed(message string, number, generation uint32) *Error {
	return firstOf(running(message, number), within(message, "generation", int64(generation), 1, MaxNumber))
}
