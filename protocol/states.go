package protocol

// State is where a connection is. SPEC.md 4.1.
//
//	opening → greeted → waiting → live ⇄ paused → over
type State uint8

// The states of SPEC.md 4.1. Over is not in the table: nothing is read then.
const (
	Opening State = iota
	Greeted
	Waiting
	Live
	Suspended // "paused" in SPEC.md; Paused is the message
	Over
)

var stateNames = [...]string{"opening", "greeted", "waiting", "live", "paused", "over"}

func (s State) String() string { return stateNames[s] }

// Verdict says what becomes of a message that is well formed.
type Verdict uint8

// The verdicts of SPEC.md 4.1. The zero value ends the connection.
const (
	End Verdict = iota
	Drop
	Take
)

// row is the verdicts of one kind in one direction, by state.
type row [Over]Verdict

var (
	always    = row{Take, Take, Take, Take, Take}
	anyTime   = row{Drop, Take, Take, Take, Take}
	first     = row{Take, End, End, End, End}
	second    = row{End, Take, End, End, End}
	whenReady = row{End, End, Take, Take, Take}
	whileLive = row{End, End, Drop, Take, Drop}
)

// verdicts is the table of SPEC.md 4.1; a test compares the two.
var verdicts = [2]map[Kind]row{
	ToDevice: {
		KindHello: first, KindReady: second, KindRequest: whenReady, KindRefresh: whileLive,
		KindLook: whileLive,
		KindBye:  always, KindPing: anyTime, KindAck: whenReady,
		KindPointer: whileLive, KindButton: whileLive, KindWheel: whileLive,
		KindKey: whileLive, KindHeld: whileLive, KindText: whileLive,
		KindStrokeBegin: whileLive, KindStrokePoints: whileLive, KindStrokeEnd: whileLive,
		KindUndo: whileLive, KindClear: whileLive,
		KindRate: whenReady,
	},
	ToConsole: {
		KindWelcome: first, KindGrants: whenReady, KindPaused: whenReady, KindHand: whenReady, KindError: whenReady,
		KindBye: always, KindPing: anyTime, KindPart: whenReady, KindUpdate: whenReady, KindCursor: whenReady,
		KindMasks: whenReady, KindMeter: whenReady,
	},
}

// Judge says what becomes of a message of this kind, going this way, in this state.
func Judge(d Direction, s State, k Kind) Verdict {
	if s >= Over {
		return End
	}
	return verdicts[d][k][s]
}
