package panel

import "time"

// The values of State.State and Session.State.
//
//	idle → waiting → asked → live ⇄ paused → over
const (
	Idle    = "idle"    // no help wanted
	Waiting = "waiting" // a code is out and nobody has come yet
	Asked   = "asked"   // somebody is there and waits for the user's answer
	Live    = "live"    // at least one session holds a grant
	Paused  = "paused"  // sessions hold grants, and nothing leaves the device
	Over    = "over"    // the last session has ended; Ring starts anew
)

// The scopes that can be asked for and granted. Every other one needs View.
const (
	View     = "view"
	Ink      = "ink"
	Pointer  = "pointer"
	Keyboard = "keyboard"
)

// The values of State.Screen.
const (
	ScreenOK   = "ok"
	ScreenGone = "gone"
)

// State is everything that the panel shows, as one snapshot.
type State struct {
	Number   uint64    `json:"number"`  // from 1, greater with every change; ages and counters are not changes
	State    string    `json:"state"`   // Asked while anybody waits for an answer, even if others are live
	Name     string    `json:"name"`    // of this instance of the daemon
	Display  string    `json:"display"` // that is or would be shown, such as ":0"
	Screen   string    `json:"screen"`  // ScreenOK or ScreenGone
	Desk     Desk      `json:"desk"`
	Code     string    `json:"code"`                    // XXXX-XXXX, empty while there is none
	CodeAge  int       `json:"code_age_seconds"`        // 0 without a code
	CodeLeft int       `json:"code_expires_in_seconds"` // 0 without a code
	Console  string    `json:"console"`                 // the link that the helper opens, empty if unknown
	Session  *Session  `json:"session"`                 // the one that matters most: asked first, else live; may be nil
	Sessions []Session `json:"sessions"`                // all that are asked, live or paused, oldest first
	Privacy  Privacy   `json:"privacy"`
	Over     *Ending   `json:"over"` // how the last session ended, nil while another one runs
	Policy   Policy    `json:"policy"`
}

// Desk is the server where this device rings.
type Desk struct {
	URL       string `json:"url"`
	Connected bool   `json:"connected"`
}

// Session is one helper's connection. Name and Reason are the helper's own
// words: the panel cleans and cuts them.
type Session struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	State      string    `json:"state"`  // Asked, Live or Paused
	Reason     string    `json:"reason"` // given with the request, may be empty
	Requested  []string  `json:"requested"`
	Granted    []string  `json:"granted"`
	Since      time.Time `json:"since,omitzero"`       // of the first grant
	AskedSince time.Time `json:"asked_since,omitzero"` // of the open request
	AskedFor   int       `json:"asked_seconds"`        // age of the open request by the monotonic clock, rounded down
	Frames     uint64    `json:"frames"`               // pictures sent
	Bytes      uint64    `json:"bytes"`                // sent
	Cap        uint64    `json:"cap"`                  // bytes a second that pictures may take, 0 for no cap
	Injected   Injected  `json:"injected"`
	Refused    uint64    `json:"refused"` // events that were not carried out
	Strokes    uint64    `json:"strokes"` // drawn on the screen
	Hand       bool      `json:"hand"`    // the user's own hand holds remote input up; a change of the state
	Field      string    `json:"field"`   // hidden one that the helper tried to type into; a change of the state
	Recording  string    `json:"recording"`
}

// The values of Session.Recording.
const (
	RecordingOn     = "on"     // what is sent and received is recorded, from the first grant on
	RecordingFull   = "full"   // it has ended: recordings are as large as they may be
	RecordingFailed = "failed" // it has ended: the file could not be written
)

// Injected counts what a helper did with mouse and keyboard, and never says
// what it was.
type Injected struct {
	Pointer uint64 `json:"pointer"` // moves
	Button  uint64 `json:"button"`  // presses, not releases
	Wheel   uint64 `json:"wheel"`   // turns
	Key     uint64 `json:"key"`     // presses, not releases
	Text    uint64 `json:"text"`    // texts, however long
}

// Privacy says what the device does about secrets, so that the page never
// promises more.
type Privacy struct {
	Unknown  string   `json:"unknown"`  // the policy: allow, flat or ask
	Mode     string   `json:"mode"`     // ModeRules or ModeList
	Protects bool     `json:"protects"` // password fields are found and hidden
	Sentence string   `json:"sentence"` // shown as it is, may be empty
	Windows  []Window `json:"windows"`  // on the screen; at most 64 are told, those the user is asked about first
}

// The values of Privacy.Mode.
const (
	ModeRules = "rules"      // every window is shown that nothing hides
	ModeList  = "allow-list" // only windows on a list are shown
)

// Window is one window on the user's screen. Its texts are its program's own:
// the panel cleans and cuts them.
type Window struct {
	ID      uint32 `json:"id"`
	Title   string `json:"title"`
	Program string `json:"program"` // path of its file, or its class; may be empty
	Toolkit string `json:"toolkit"` // what draws it, may be empty
	State   string `json:"state"`
	Why     string `json:"why"`     // in one sentence, may be empty
	Secrets int    `json:"secrets"` // fields that are hidden in it
}

// The values of Window.State.
const (
	WindowUnsure  = "unsure"  // nobody can say whether it shows secrets: Privacy.Unknown decides
	WindowNew     = "new"     // it is being looked at
	WindowVouched = "vouched" // it has no secrets
	WindowGuarded = "guarded" // its secrets are hidden
	WindowRefused = "refused" // its program does not answer: hidden
	WindowHidden  = "hidden"  // by a rule
	WindowShown   = "shown"   // by a rule, or by the user's word
)

// Ending says how the last session ended.
type Ending struct {
	Code   int    `json:"code"`   // the protocol's number of the reason
	Reason string `json:"reason"` // one sentence for the user, may be empty
	Name   string `json:"name"`   // of the helper, may be empty
}

// Policy holds the delays that the user can see. The daemon enforces them.
type Policy struct {
	ConsentDelay int `json:"consent_delay_seconds"` // a request's buttons do nothing for this long; 0 only in the demo
	ControlDelay int `json:"control_delay_seconds"` // pointer and keyboard cannot be allowed for this long; 0 only in the demo
	AnswerWithin int `json:"answer_seconds"`        // no answer by then means no; 0 means that it waits
}
