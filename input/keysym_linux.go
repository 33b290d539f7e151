package input

// The keysyms of characters (X Window System Protocol, appendix A). Latin 1 has
// its own numbers, all others may be Unicode's with a bit set, and some
// alphabets have older numbers, which layouts still use.
const (
	unicodeSym  = 0x01000000 // set in the keysym of a Unicode character
	lastUnicode = unicodeSym + 0x10ffff

	symLevel3  = 0xfe03 // ISO_Level3_Shift, the key AltGr
	symLevel5  = 0xfe11 // ISO_Level5_Shift
	symGroup   = 0xff7e // Mode_switch
	symNum     = 0xff7f // Num_Lock
	symShiftL  = 0xffe1
	symShiftR  = 0xffe2
	symCaps    = 0xffe5 // Caps_Lock
	symShifted = 0xffe6 // Shift_Lock
	symHyperR  = 0xffee // the last of the modifiers from Shift_L on
)

// modifies says whether a keysym is that of a modifier, which works while it is
// held, and not of a lock.
func modifies(sym uint32) bool {
	switch sym {
	case symLevel3, symLevel5, symGroup:
		return true
	case symCaps, symShifted:
		return false
	}
	return sym >= symShiftL && sym <= symHyperR
}

// symOf is the keysym that is a character in every layout.
func symOf(r rune) uint32 {
	if r >= 0x20 && r <= 0x7e || r >= 0xa0 && r <= 0xff {
		return uint32(r)
	}
	return unicodeSym | uint32(r)
}

// charOf is the character of a keysym; ok is false for keys that type none.
func charOf(sym uint32) (r rune, ok bool) {
	switch {
	case sym >= 0x20 && sym <= 0x7e || sym >= 0xa0 && sym <= 0xff:
		return rune(sym), true
	case sym > unicodeSym+0x20 && sym <= lastUnicode:
		return rune(sym - unicodeSym), true
	}
	r, ok = olderSyms[sym]
	return r, ok
}

// olderSyms are the characters of keysyms with older numbers.
var olderSyms = func() map[uint32]rune {
	const nothing = '_'
	all := make(map[uint32]rune)
	for _, row := range olderRows {
		sym := row.first
		for _, r := range row.characters {
			if r != nothing {
				all[sym] = r
			}
			sym++
		}
	}
	return all
}()

// olderRows are the characters of keysyms that follow each other. What is
// missing here is typed by a borrowed key.
var olderRows = []struct {
	first      uint32
	characters string
}{
	{0x1a1, "Ą˘Ł_ĽŚ__ŠŞŤŹ_ŽŻ_ą˛ł_ľśˇ_šşťź˝žżŔ__Ă_ĹĆ_Č_Ę_Ě__ĎĐŃŇ__Ő__ŘŮ_Ű__Ţ_ŕ__ă_ĺć_č_ę_ě__ďđńň__ő__řů_ű__ţ˙"}, // Latin 2
	{0x2a1, "Ħ____Ĥ__İ_ĞĴ____ħ____ĥ__ı_ğĵ________ĊĈ"}, // Latin 3
	{0x2d5, "Ġ__Ĝ____ŬŜ______ċĉ"},                     // Latin 3
	{0x2f5, "ġ__ĝ____ŭŝ"},                             // Latin 3
	{0x3a2, "ĸŖ_ĨĻ___ĒĢŦ______ŗ_ĩļ___ēģŧŊ_ŋĀ______Į____Ė__Ī_ŅŌĶ_____Ų___ŨŪ_ā______į____ė__ī_ņōķ_____ų___ũū"}, // Latin 4
	{0x47e, "‾"}, // kana
	{0x4a1, "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"}, // kana
	{0x5ac, "،"}, // Arabic
	{0x5bb, "؛___؟_ءآأؤإئابةتثجحخدذرزسشصضطظعغ_____ـفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"}, // Arabic
	{0x6a1, "ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏюабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"},  // Cyrillic
	{0x7a1, "ΆΈΉΊΪ_ΌΎΫ_Ώ__΅―_άέήίϊΐόύϋΰώ_____ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣ_ΤΥΦΧΨΩ_______αβγδεζηθικλμνξοπρσςτυφχψω"},        // Greek
	{0xcdf, "‗אבגדהוזחטיךכלםמןנסעףפץצקרשת"}, // Hebrew
	{0xda1, "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u0e31าำ\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a____฿เแโใไๅๆ\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d__๐๑๒๓๔๕๖๗๘๙"}, // Thai
	{0xaa9, "—–"},   // dashes
	{0xaae, "…"},    // ellipsis
	{0xac9, "™"},    // trade mark
	{0xad0, "‘’“”"}, // quotation marks
	{0xad6, "′″"},   // minutes and seconds
	{0xafd, "‚„"},   // low quotation marks
	{0x8bc, "≤≠≥"},  // comparisons
	{0x8fb, "←↑→↓"}, // arrows
	{0x13bc, "ŒœŸ"}, // Latin 9
	{0x20ac, "€"},   // euro
}
