package ink

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// texts are the words of a catalogue by their field.
func texts(w Words) map[string]string {
	all := make(map[string]string)
	v := reflect.ValueOf(w)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).String()
	}
	return all
}

// TestCatalogues: every language says everything, fills in the same values, and
// our letters can write it.
func TestCatalogues(t *testing.T) {
	t.Parallel()
	f, err := newFonts(100)
	if err != nil {
		t.Fatal(err)
	}
	values := regexp.MustCompile(`\{\w+\}`)
	for language, words := range catalogues {
		for field, text := range texts(words) {
			want := values.FindAllString(texts(english)[field], -1)
			if got := values.FindAllString(text, -1); text == "" || !slices.Equal(got, want) {
				t.Errorf("%s: %s is %q, and has to have %v", language, field, text, want)
			}
			for _, r := range text {
				if !f.has(r) {
					t.Errorf("%s: %s has %q, for which there is no letter", language, field, r)
				}
			}
		}
	}
}

func TestWordsFor(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]Words{
		"en": english, "de": german, "de-AT": german, "DE-ch-1996": german, "de_DE.UTF-8": german, "de.utf8": german,
		"": english, "C": english, "en_GB.UTF-8": english, "fr": english, "den": english,
	} {
		if got := WordsFor(tag); got != want {
			t.Errorf("%q speaks %q", tag, got.End)
		}
	}
}

func TestWho(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		names []string
		want  string
	}{
		{nil, "Somebody"},
		{[]string{""}, "Somebody"},
		{[]string{"Maria"}, "Maria"},
		{[]string{"Maria", "Ada"}, "Maria and 1 other"},
		{[]string{"Maria", "Ada", ""}, "Maria and 2 others"},
		{[]string{"", "Ada"}, "Somebody and 1 other"},
		{[]string{"{count}{who}{name}", "Ada", "Eve"}, "{count}{who}{name} and 2 others"},
	} {
		if got := english.who(c.names); got != c.want {
			t.Errorf("%q: %q, want %q", c.names, got, c.want)
		}
	}
}
