package input

// Known says whether a W3C code is one of those that are taken: the codes of
// the keyboard's main block, functions F1 to F24, editing, arrows, numeric pad,
// modifiers, locks and the keys that only some countries' keyboards have. Media
// keys are not, nor PrintScreen, which is SysRq.
func Known(code string) bool { return codes[code] != 0 }

// codes are the Linux kernel's numbers (linux/input-event-codes.h) of the W3C
// codes ("UI Events KeyboardEvent code Values", section 3) that are taken.
var codes = map[string]byte{
	// The main block.
	"Backquote": 41, "Backslash": 43, "BracketLeft": 26, "BracketRight": 27, "Comma": 51, "Equal": 13,
	"Minus": 12, "Period": 52, "Quote": 40, "Semicolon": 39, "Slash": 53,
	"IntlBackslash": 86, "IntlRo": 89, "IntlYen": 124,
	"Digit1": 2, "Digit2": 3, "Digit3": 4, "Digit4": 5, "Digit5": 6,
	"Digit6": 7, "Digit7": 8, "Digit8": 9, "Digit9": 10, "Digit0": 11,
	"KeyA": 30, "KeyB": 48, "KeyC": 46, "KeyD": 32, "KeyE": 18, "KeyF": 33, "KeyG": 34, "KeyH": 35, "KeyI": 23,
	"KeyJ": 36, "KeyK": 37, "KeyL": 38, "KeyM": 50, "KeyN": 49, "KeyO": 24, "KeyP": 25, "KeyQ": 16, "KeyR": 19,
	"KeyS": 31, "KeyT": 20, "KeyU": 22, "KeyV": 47, "KeyW": 17, "KeyX": 45, "KeyY": 21, "KeyZ": 44,

	// Its functions.
	"Backspace": 14, "Enter": 28, "Space": 57, "Tab": 15, "ContextMenu": 127,
	"Convert": 92, "KanaMode": 93, "NonConvert": 94,
	"Lang1": 122, "Lang2": 123, "Lang3": 90, "Lang4": 91, "Lang5": 85,

	// Modifiers and locks.
	"ShiftLeft": 42, "ShiftRight": 54, "ControlLeft": 29, "ControlRight": 97,
	"AltLeft": 56, "AltRight": 100, "MetaLeft": 125, "MetaRight": 126,
	"CapsLock": 58, "NumLock": 69, "ScrollLock": 70,

	// Editing and arrows.
	"Insert": 110, "Delete": 111, "Home": 102, "End": 107, "PageUp": 104, "PageDown": 109, "Help": 138,
	"ArrowUp": 103, "ArrowLeft": 105, "ArrowRight": 106, "ArrowDown": 108,

	// The numeric pad.
	"Numpad0": 82, "Numpad1": 79, "Numpad2": 80, "Numpad3": 81, "Numpad4": 75,
	"Numpad5": 76, "Numpad6": 77, "Numpad7": 71, "Numpad8": 72, "Numpad9": 73,
	"NumpadAdd": 78, "NumpadComma": 121, "NumpadDecimal": 83, "NumpadDivide": 98, "NumpadEnter": 96,
	"NumpadEqual": 117, "NumpadMultiply": 55, "NumpadParenLeft": 179, "NumpadParenRight": 180, "NumpadSubtract": 74,

	// Functions.
	"Escape": 1, "Pause": 119,
	"F1": 59, "F2": 60, "F3": 61, "F4": 62, "F5": 63, "F6": 64, "F7": 65, "F8": 66, "F9": 67, "F10": 68, "F11": 87,
	"F12": 88, "F13": 183, "F14": 184, "F15": 185, "F16": 186, "F17": 187, "F18": 188, "F19": 189, "F20": 190,
	"F21": 191, "F22": 192, "F23": 193, "F24": 194,
}
