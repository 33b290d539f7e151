package input

// chordKey is a key that a chord may have.
type chordKey struct {
	word  string // as people write it
	name  string // its W3C code
	code  byte   // its X11 key code
	other byte   // of the same modifier on the other side; the same again for other keys
}

// chordModifiers is how many of the first chordKeys are modifiers.
const chordModifiers = 4

// escape is the key code of Esc.
const escape = 9

// chordKeys are those keys that lie where they lie whatever the keyboard's
// layout, and type nothing. A chord's keys are sorted as they are here.
var chordKeys = []chordKey{
	{"Ctrl", "ControlLeft", 37, 105},
	{"Alt", "AltLeft", 64, 108},
	{"Shift", "ShiftLeft", 50, 62},
	{"Meta", "MetaLeft", 133, 134},
	{"Esc", "Escape", escape, escape},
	{"F1", "F1", 67, 67},
	{"F2", "F2", 68, 68},
	{"F3", "F3", 69, 69},
	{"F4", "F4", 70, 70},
	{"F5", "F5", 71, 71},
	{"F6", "F6", 72, 72},
	{"F7", "F7", 73, 73},
	{"F8", "F8", 74, 74},
	{"F9", "F9", 75, 75},
	{"F10", "F10", 76, 76},
	{"F11", "F11", 95, 95},
	{"F12", "F12", 96, 96},
	{"Pause", "Pause", 127, 127},
	{"Insert", "Insert", 118, 118},
	{"Delete", "Delete", 119, 119},
	{"Home", "Home", 110, 110},
	{"End", "End", 115, 115},
	{"PageUp", "PageUp", 112, 112},
	{"PageDown", "PageDown", 117, 117},
	{"Up", "ArrowUp", 111, 111},
	{"Down", "ArrowDown", 116, 116},
	{"Left", "ArrowLeft", 113, 113},
	{"Right", "ArrowRight", 114, 114},
}
