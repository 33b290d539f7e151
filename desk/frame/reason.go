package frame

import "fmt"

// Reason is why something was refused or has ended. A number that the peer
// protocol has too means the same there.
type Reason uint32

// The reasons of SIGNALLING.md. Numbers are never used again.
const (
	ReasonShutdown  Reason = 5
	ReasonBusy      Reason = 6
	ReasonSize      Reason = 10
	ReasonForm      Reason = 11
	ReasonKind      Reason = 13
	ReasonDirection Reason = 14
	ReasonState     Reason = 15
	ReasonRange     Reason = 18
	ReasonTimeout   Reason = 19
	ReasonVersion   Reason = 20
	ReasonFlood     Reason = 22
	ReasonInternal  Reason = 30
	ReasonLost      Reason = 31
	ReasonUsed      Reason = 40
	ReasonBurnt     Reason = 41
	ReasonCancelled Reason = 43
	ReasonFull      Reason = 44
	ReasonOffer     Reason = 45
)

var sentences = map[Reason]string{
	ReasonShutdown:  "this side is stopping",
	ReasonBusy:      "too many connections are being made already",
	ReasonSize:      "the frame is too large",
	ReasonForm:      "the frame is not in its only valid form",
	ReasonKind:      "no such kind of frame",
	ReasonDirection: "the frame belongs to the other side",
	ReasonState:     "the frame does not fit the state of the link",
	ReasonRange:     "a field is outside its limits",
	ReasonTimeout:   "the other side was silent too long",
	ReasonVersion:   "the other side speaks another version",
	ReasonFlood:     "too many frames in a second",
	ReasonInternal:  "something failed on this side",
	ReasonLost:      "the link was lost",
	ReasonUsed:      "the code was used",
	ReasonBurnt:     "the code was burnt by wrong tries",
	ReasonCancelled: "the ring was cancelled",
	ReasonFull:      "the desk has no room left",
	ReasonOffer:     "the offer was not acceptable",
}

// String is the reason as a sentence, empty for a number that has none.
func (r Reason) String() string { return sentences[r] }

// Error is why a frame was refused or a link has ended.
type Error struct {
	Reason Reason
	Remote bool   // the other side said so
	Detail string // what exactly, for our own log
}

// Error is the sentence of the reason with its detail.
func (e *Error) Error() string {
	text := "frame: " + e.Reason.String()
	if e.Remote {
		text = "frame: the other side ended the link: " + e.Reason.String()
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

func refuse(r Reason, format string, args ...any) *Error {
	return &Error{Reason: r, Detail: fmt.Sprintf(format, args...)}
}
