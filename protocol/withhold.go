package protocol

// What stands in a recording of a device for what the agent typed.
const (
	WithheldCode = "Unidentified" // for the code of a key: a code of W3C UI Events that no key has
	WithheldText = "*"            // for a text, however long
)

// Withhold returns a message of a console as a device records it: without what
// the agent typed. The code of a key, the codes that are held and a text are
// replaced; number, generation and up or down stay. A message in which a text
// could hide, because it is not as SPEC.md 3.1 wants it, is withheld whole: nil.
// What it returns may be data itself.
func Withhold(data []byte) []byte {
	number, body, err := form(data)
	row, known := kinds[Kind(min(number, 255))]
	if err != nil || !known || row.channels[ToDevice] == 0 {
		return nil
	}
	m, err := fill(data, body, row)
	if err != nil {
		return nil
	}
	if !withhold(m) {
		return data
	}
	kept, failure := Append(nil, m)
	if failure != nil {
		return nil
	}
	return kept
}

// withhold takes out of a message what was typed, and says whether it did.
func withhold(m Message) bool {
	switch m := m.(type) {
	case *Key:
		m.Code = WithheldCode
	case *Held:
		m.Codes = nil
	case *Text:
		m.Text = WithheldText
	default:
		return false
	}
	return true
}
