package protocol

import "strings"

// Scopes is a set of what a user can grant. SPEC.md 1.
type Scopes uint8

// The scopes. Every other needs View.
const (
	View Scopes = 1 << iota
	Ink
	PointerScope
	Keyboard
)

// AllScopes is every scope there is.
const AllScopes = View | Ink | PointerScope | Keyboard

var scopeNames = [...]string{"view", "ink", "pointer", "keyboard"}

// Names returns the names of the scopes in s, in the order of their bits.
func (s Scopes) Names() []string {
	names := []string{}
	for i, name := range scopeNames {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

func (s Scopes) String() string { return strings.Join(s.Names(), ",") }

// ParseScopes makes a set of names; ok is false when one is not a scope.
func ParseScopes(names []string) (set Scopes, ok bool) {
	for _, name := range names {
		bit := Scopes(0)
		for i, known := range scopeNames {
			if name == known {
				bit = 1 << i
			}
		}
		if bit == 0 {
			return 0, false
		}
		set |= bit
	}
	return set, true
}

// Request asks the user for scopes. SPEC.md 6.1.
type Request struct {
	Number uint32 `cbor:"1,keyasint"`
	Scopes Scopes `cbor:"2,keyasint"`
	Reason string `cbor:"3,keyasint"` // shown to the user
}

func (*Request) Kind() Kind { return KindRequest }

func (m *Request) check() *Error {
	return firstOf(
		running("request", m.Number),
		within("request", "scopes", int64(m.Scopes), 1, int64(AllScopes)),
		utf8Text("request", "reason", m.Reason, 0, MaxReason))
}

// Grants is a snapshot of what is held. SPEC.md 6.2.
type Grants struct {
	Number     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	Scopes     Scopes `cbor:"3,keyasint"` // held now
	Asked      Scopes `cbor:"4,keyasint"` // still before the user
	Answered   uint32 `cbor:"5,keyasint"` // the last request decided, or 0
}

func (*Grants) Kind() Kind { return KindGrants }

func (m *Grants) check() *Error {
	return firstOf(
		running("grants", m.Number),
		within("grants", "generation", int64(m.Generation), 1, MaxNumber),
		within("grants", "scopes", int64(m.Scopes), 0, int64(AllScopes)),
		within("grants", "asked", int64(m.Asked), 0, int64(AllScopes)),
		within("grants", "answered", int64(m.Answered), 0, MaxNumber))
}

// Why a picture stands still. SPEC.md 6.3.
const (
	Runs       = 0
	UserPaused = 1
	ScreenGone = 2
)

// Paused is a snapshot of whether the picture runs. SPEC.md 6.3.
type Paused struct {
	Number uint32 `cbor:"1,keyasint"`
	Why    uint8  `cbor:"2,keyasint"` // Runs, UserPaused or ScreenGone
}

func (*Paused) Kind() Kind { return KindPaused }

func (m *Paused) check() *Error {
	return firstOf(running("paused", m.Number), within("paused", "why", int64(m.Why), Runs, ScreenGone))
}

// Whether input has effect. SPEC.md 6.4.
const (
	HandRests = 0
	LocalHand = 1
	UserAsked = 2
)

// Hand is a snapshot of whether input has effect. SPEC.md 6.4.
type Hand struct {
	Number uint32 `cbor:"1,keyasint"`
	Why    uint8  `cbor:"2,keyasint"` // HandRests, LocalHand or UserAsked
}

func (*Hand) Kind() Kind { return KindHand }

func (m *Hand) check() *Error {
	return firstOf(running("hand", m.Number), within("hand", "why", int64(m.Why), HandRests, UserAsked))
}
