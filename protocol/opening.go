package protocol

// Version1 is the version of the protocol that this package speaks.
const Version1 = 1

// Capability is something both sides may agree on. SPEC.md 5.1.
type Capability = uint32

// The capabilities of SPEC.md 5.1.
const (
	CapabilityCopy    Capability = 1
	CapabilityJPEG    Capability = 2
	CapabilityCursor  Capability = 3
	CapabilityInk     Capability = 4
	CapabilityPrivate Capability = 5
	CapabilityView    Capability = 6
	CapabilityRate    Capability = 7
)

// Hello is the first message of a console. SPEC.md 5.1.
type Hello struct {
	Version      uint32       `cbor:"1,keyasint"`
	Capabilities []Capability `cbor:"2,keyasint"` // ascending
	Name         string       `cbor:"3,keyasint"` // of the agent, not verified
}

func (*Hello) Kind() Kind { return KindHello }

func (m *Hello) check() *Error {
	return firstOf(
		within("hello", "version", int64(m.Version), 1, 65535),
		capabilities("hello", m.Capabilities),
		utf8Text("hello", "name", m.Name, 0, MaxName))
}

// Welcome answers a hello. It tells nothing of the screen. SPEC.md 5.2.
type Welcome struct {
	Version      uint32       `cbor:"1,keyasint"`
	Capabilities []Capability `cbor:"2,keyasint"` // those of the hello that are used
	Session      string       `cbor:"3,keyasint"` // 16 hexadecimal digits
	Device       string       `cbor:"4,keyasint"` // the name the device goes by
	Limits       []uint32     `cbor:"5,keyasint"` // WelcomeLimits of SPEC.md 5.2
}

func (*Welcome) Kind() Kind { return KindWelcome }

func (m *Welcome) check() *Error {
	return firstOf(
		within("welcome", "version", int64(m.Version), 1, 65535),
		capabilities("welcome", m.Capabilities),
		hexadecimal("welcome", m.Session),
		utf8Text("welcome", "device", m.Device, 0, MaxName),
		sized("welcome", "limits", len(m.Limits), WelcomeRates, WelcomeRates))
}

// WelcomeLimits returns the limits that this package names, in the order of SPEC.md 5.2.
func WelcomeLimits() []uint32 {
	return []uint32{MaxToDevice, RateMessages, RateBytes, RatePointer, RateKey, MaxTyped, RateInk}
}

// Ready says that the console's decoder listens. SPEC.md 5.3.
type Ready struct{}

func (*Ready) Kind() Kind { return KindReady }

func (*Ready) check() *Error { return nil }

func capabilities(message string, list []Capability) *Error {
	if err := sized(message, "capabilities", len(list), 0, MaxCaps); err != nil {
		return err
	}
	last := int64(-1)
	for _, c := range list {
		if err := within(message, "capability", int64(c), last+1, 65535); err != nil {
			return err
		}
		last = int64(c)
	}
	return nil
}

func hexadecimal(message, session string) *Error {
	if len(session) != 16 {
		return fail(BadRange, "%s: session is not 16 hexadecimal digits", message)
	}
	for _, c := range []byte(session) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return fail(BadRange, "%s: session is not 16 hexadecimal digits", message)
		}
	}
	return nil
}
