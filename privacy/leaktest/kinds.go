package leaktest

// Kind is a kind of transition.
type Kind string

// The transitions.
const (
	Appear  Kind = "appear"
	Jump    Kind = "jump"    // the field is elsewhere at once
	Scroll  Kind = "scroll"  // the page scrolls in 16 steps, by program
	Wheel   Kind = "wheel"   // so, by the user's wheel
	Move    Kind = "move"    // the window is dragged
	Resize  Kind = "resize"  // so the corner of the window
	Show    Kind = "show"    // the password becomes legible
	Hide    Kind = "hide"    // and illegible again
	Replace Kind = "replace" // by a text field at the same place
	Remove  Kind = "remove"
	Tab     Kind = "tab"   // another one is shown, and this one again
	Cover   Kind = "cover" // a second window comes over it, moves, goes below
)

// Kinds are all of them, and none at first.
var Kinds = []Kind{"", Appear, Jump, Scroll, Wheel, Move, Resize, Show, Hide, Replace, Remove, Tab, Cover}
