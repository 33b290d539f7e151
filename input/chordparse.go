package input

import (
	"fmt"
	"slices"
	"strings"
)

// ParseChord reads a chord such as "Ctrl+Alt+Shift+End", upper or lower case,
// and returns the W3C codes of its keys in the order that Words writes.
func ParseChord(text string) ([]string, error) {
	keys, err := findKeys(strings.Split(text, "+"))
	if err != nil {
		return nil, fmt.Errorf("input: stop chord %q: %w", text, err)
	}
	codes := make([]string, len(keys))
	for i, k := range keys {
		codes[i] = k.name
	}
	return codes, nil
}

// Words writes the chord as ParseChord reads it, for people to see; it is empty
// where there is none.
func (config ChordConfig) Words() string {
	keys, err := findKeys(config.Keys)
	if err != nil {
		return ""
	}
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.word
	}
	return strings.Join(words, "+")
}

// findKeys looks up a chord's keys by their words or codes, in order, and
// refuses what is no chord.
func findKeys(names []string) ([]chordKey, error) {
	if len(names) > MaxChord {
		return nil, fmt.Errorf("%d keys are more than %d", len(names), MaxChord)
	}
	var at []int
	for _, name := range names {
		i := slices.IndexFunc(chordKeys, func(k chordKey) bool { return k.is(name) })
		if i < 0 {
			return nil, unknownKey(name)
		}
		if slices.Contains(at, i) {
			return nil, fmt.Errorf("%s is named twice", chordKeys[i].word)
		}
		at = append(at, i)
	}
	slices.Sort(at)
	if len(at) == 0 || at[0] >= chordModifiers || at[len(at)-1] < chordModifiers {
		return nil, fmt.Errorf("it needs a modifier (%s) and another key", wordsOf(chordKeys[:chordModifiers]))
	}
	keys := make([]chordKey, len(at))
	for i, n := range at {
		keys[i] = chordKeys[n]
	}
	return keys, nil
}

// is says whether name is the key's word or code; a modifier has a code on
// either side.
func (k chordKey) is(name string) bool {
	name = strings.TrimSpace(name)
	if k.other != k.code && strings.EqualFold(name, strings.TrimSuffix(k.name, "Left")+"Right") {
		return true
	}
	return strings.EqualFold(name, k.word) || strings.EqualFold(name, k.name)
}

// unknownKey says what is wrong with a word and which ones there are.
func unknownKey(name string) error {
	best := slices.MinFunc(chordKeys, func(a, b chordKey) int {
		return distance(name, a.word) - distance(name, b.word)
	})
	return fmt.Errorf("%q is no key for a chord; did you mean %s? There are %s", name, best.word, wordsOf(chordKeys))
}

func wordsOf(keys []chordKey) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.word
	}
	return strings.Join(words, ", ")
}

// distance is the Levenshtein distance, upper or lower case.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := last
			if a[i] != b[j] {
				change++
			}
			last, row[j+1] = row[j+1], min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
