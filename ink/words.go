package ink

import (
	"strconv"
	"strings"
)

// Words are all texts of the bar in one language. Words in braces are filled
// in; the texts are short, plain, and right for one and for several people.
type Words struct {
	Somebody string // who gives no name that can be shown
	OneMore  string // {name}, who is not alone
	More     string // {name}, with {count} others

	Sees      string // {who}, one person
	See       string // {who}, several
	Paused    string
	Connected string // {who}
	NotShown  string // nobody may look, though somebody is connected

	Looking  string // nothing but looking is allowed
	Allowed  string // {list} of the next three, where they apply
	Ink      string
	Pointer  string
	Keyboard string
	Hand     string // the user's own hand has taken over
	Recorded string // before {detail}: what is sent is recorded

	Pause  string
	Resume string
	End    string
}

// between stands between what is allowed.
const between = ", "

var english = Words{
	Somebody: "Somebody",
	OneMore:  "{name} and 1 other",
	More:     "{name} and {count} others",

	Sees:      "{who} sees your screen",
	See:       "{who} see your screen",
	Paused:    "Paused: your screen is not shown",
	Connected: "Connected: {who}",
	NotShown:  "Your screen is not shown",

	Looking:  "Only looking is allowed",
	Allowed:  "Allowed: {list}",
	Ink:      "drawing",
	Pointer:  "mouse",
	Keyboard: "keyboard",
	Hand:     "Your hand is in charge",
	Recorded: "Recorded. {detail}",

	Pause:  "Pause",
	Resume: "Resume",
	End:    "End",
}

var german = Words{
	Somebody: "Jemand",
	OneMore:  "{name} und 1 weitere Person",
	More:     "{name} und {count} weitere",

	Sees:      "{who} sieht Ihren Bildschirm",
	See:       "{who} sehen Ihren Bildschirm",
	Paused:    "Pause: Ihr Bildschirm wird nicht gezeigt",
	Connected: "Verbunden: {who}",
	NotShown:  "Ihr Bildschirm wird nicht gezeigt",

	Looking:  "Nur Zusehen ist erlaubt",
	Allowed:  "Erlaubt: {list}",
	Ink:      "Zeichnen",
	Pointer:  "Maus",
	Keyboard: "Tastatur",
	Hand:     "Ihre Hand hat Vorrang",
	Recorded: "Wird aufgezeichnet. {detail}",

	Pause:  "Pause",
	Resume: "Weiter",
	End:    "Beenden",
}

// catalogues are the words by language. Another language is another entry.
var catalogues = map[string]Words{"en": english, "de": german}

// WordsFor returns the words for a language tag such as "de-AT", or a locale
// such as "de_AT.UTF-8": English where there are none in that language.
func WordsFor(tag string) Words {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	language, _, _ = strings.Cut(language, "_")
	language, _, _ = strings.Cut(language, ".")
	if w, known := catalogues[language]; known {
		return w
	}
	return english
}

// who names the people: the first of them, and how many more there are.
func (w Words) who(names []string) string {
	first := w.Somebody
	if len(names) > 0 && names[0] != "" {
		first = names[0]
	}
	switch others := len(names) - 1; {
	case others < 1:
		return first
	case others == 1:
		return fill(w.OneMore, "name", first)
	default:
		return fill(strings.Replace(w.More, "{count}", strconv.Itoa(others), 1), "name", first)
	}
}

// fill puts a value in its place in a text.
func fill(text, key, value string) string { return strings.Replace(text, "{"+key+"}", value, 1) }
