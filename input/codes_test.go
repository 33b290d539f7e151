package input

import "testing"

// Every name stands for one key, none of which is SysRq or plays music.
func TestCodes(t *testing.T) {
	t.Parallel()
	const sysRq = 99 // the kernel's number
	names := make(map[byte]string)
	for code, number := range codes {
		if other, twice := names[number]; twice {
			t.Errorf("%s and %s are both key %d", code, other, number)
		}
		names[number] = code
	}
	if name, there := names[sysRq]; there {
		t.Errorf("%s is SysRq", name)
	}
	for _, code := range []string{"", "a", "keya", "PrintScreen", "AudioVolumeUp", "MediaPlayPause", "Power", "Sleep", "BrowserBack", "Eject", "LaunchMail", "Fn", "Unidentified"} {
		if Known(code) {
			t.Errorf("%q is taken", code)
		}
	}
	for _, code := range []string{"KeyA", "Digit0", "F1", "F24", "Delete", "ArrowUp", "Numpad5", "AltRight", "CapsLock", "IntlBackslash", "Lang1", "Enter"} {
		if !Known(code) {
			t.Errorf("%s is not taken", code)
		}
	}
}
