package conform

import (
	"errors"
	"fmt"
	"image/color"
	"os"
	"slices"
	"strings"
	"testing"
)

// codeOf is the verdict on a message, 0 if it is right.
func codeOf(err error) uint64 {
	var b *breach
	if errors.As(err, &b) {
		return b.code
	}
	return 0
}

func TestMalformationsAreNoticed(t *testing.T) {
	t.Parallel()
	for _, m := range malformations() {
		if _, _, code := read(m.data); code != m.code {
			t.Errorf("%s, %x: code %d, want %d", m.name, m.data, code, m.code)
		}
	}
}

// TestVariantsAreNoticed holds every broken message of the cases against our own
// reader: it finds what a device has to find.
func TestVariantsAreNoticed(t *testing.T) {
	t.Parallel()
	for i := range kinds {
		k := &kinds[i]
		for _, w := range []way{toDevice, toConsole} {
			if len(k.on[w]) == 0 {
				continue
			}
			check := func(v variant, want uint64) {
				if _, _, err := judge(v.data, w, k.on[w][0], home(k)); codeOf(err) != want {
					t.Errorf("%s, %s: %v, want %s", k.name, v.name, err, codeName(want))
				}
			}
			check(variant{"as it should be", message(k.number, k.example()...)}, 0)
			each(keyVariants(k), func(v variant) { check(v, keysCode) })
			each(typeVariants(k), func(v variant) { check(v, typesCode) })
			each(rangeVariants(k), func(v variant) { check(v, rangeCode) })
		}
	}
}

func each(all []variant, do func(variant)) {
	for _, one := range all {
		do(one)
	}
}

func TestCasesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	for what, cases := range map[string][]Case{"devices": DeviceCases(), "consoles": ConsoleCases()} {
		names := map[string]bool{}
		for _, c := range cases {
			if names[c.Name] || c.Section == "" || len(c.steps) == 0 && !strings.Contains(c.Name, "opening") {
				t.Errorf("%s: %q comes twice, or has no section or steps", what, c)
			}
			names[c.Name] = true
		}
		t.Logf("%d cases for %s", len(cases), what)
	}
}

// TestGuideCountsTheCases, which a reader compares with what probe prints.
func TestGuideCountsTheCases(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	n := len(DeviceCases())
	if line := fmt.Sprintf("\nconform: cases=%d passed=%d failed=0\n", n, n); !strings.Contains(string(text), line) {
		t.Errorf("docs/conformance.md does not have %q", line)
	}
}

// TestEveryPairOfKindAndStateHasACase, so that a new row in the tables is played.
func TestEveryPairOfKindAndStateHasACase(t *testing.T) {
	t.Parallel()
	if got, want := len(stateCases()), len(verdicts[toDevice])*len(states); got != want {
		t.Errorf("%d cases for %d pairs", got, want)
	}
	if got, want := len(ledCases()), len(verdicts[toConsole])*len(courses); got != want {
		t.Errorf("%d cases for %d pairs of a console", got, want)
	}
}

// picturesOf plays updates into a picture.
func picturesOf(updates ...with) (*picture, error) {
	p, k := &picture{}, named("update")
	for _, w := range updates {
		s := said{kind: k, on: screen, values: k.example()}
		for i, f := range k.fields {
			if value, set := w[f.name]; set {
				s.values[i] = (&player{}).fill(value)
			}
		}
		_, fields, _ := read(message(k.number, s.values...))
		values, err := k.values(fields)
		if err != nil {
			return p, err
		}
		s.values = values
		if err := p.update(s, true, true); err != nil {
			return p, err
		}
	}
	return p, nil
}

// TestExampleOfTheText decodes the example of SPEC.md 7.4.
func TestExampleOfTheText(t *testing.T) {
	t.Parallel()
	codes := []byte{0x00, 0x40, 0, 0, 0, 4, 0, 2, 0x55, 0xc1, 0xfe, 0xff, 0, 0, 0xe3}
	p, err := picturesOf(firstly(tiled(1, 1, codes)))
	if err != nil {
		t.Fatal(err)
	}
	white, red := color.RGBA{255, 255, 255, 255}, color.RGBA{255, 0, 0, 255}
	for y := range 2 {
		got := []color.RGBA{p.pixels.RGBAAt(64, y), p.pixels.RGBAAt(65, y), p.pixels.RGBAAt(66, y), p.pixels.RGBAAt(67, y), p.pixels.RGBAAt(68, y)}
		if want := []color.RGBA{white, white, white, red, {A: 255}}; !slices.Equal(got, want) {
			t.Errorf("row %d is %v, want %v", y, got, want)
		}
	}
}

// TestOwnDecoder decodes what the cases send to consoles, right and wrong.
func TestOwnDecoder(t *testing.T) {
	t.Parallel()
	begin := firstly(tiled(1, 1, rectangle(0, 0, 64, 64, 200, 30, 30)))
	good := []with{tiled(2, 2, everyCode), tiled(2, 2, noise(64, 0)), {"number": 2, "moment": 2, "last": true, "copies": []any{0, 0, 64, 32, 64, 64}},
		{"number": 2, "moment": 2, "last": true, "jpegs": []any{[]any{3, 5, 40, 30, photo(40, 30)}}}, firstly(tiled(9, 7, rectangle(0, 0, 8, 8, 1, 2, 3)))}
	for i, w := range good {
		if p, err := picturesOf(begin, w); err != nil {
			t.Errorf("picture %d: %v", i, err)
		} else if i == 2 && p.pixels.RGBAAt(127, 95) != (color.RGBA{200, 30, 30, 255}) {
			t.Errorf("the copy left %v", p.pixels.RGBAAt(127, 95))
		}
	}
	bad := 0
	for _, c := range brokenPictures() {
		last, isUpdate := c.steps[len(c.steps)-2].(say)
		want := c.steps[len(c.steps)-1].(ends).codes
		if !isUpdate || !strings.HasPrefix(c.Name, "picture/") || len(want) != 1 || strings.Contains(c.Name, "first") || strings.Contains(c.Name, "before the last") || strings.Contains(c.Name, "inside of") {
			continue
		}
		bad++
		if _, err := picturesOf(begin, last.with); codeOf(err) != want[0] {
			t.Errorf("%s: %v, want %s", c.Name, err, codeName(want[0]))
		}
	}
	if bad < 25 {
		t.Errorf("only %d broken pictures were tried", bad)
	}
}

// TestParts joins parts, right and wrong.
func TestParts(t *testing.T) {
	t.Parallel()
	add := func(j *joiner, message, index, count uint64, data string) (string, uint64) {
		whole, err := j.add(said{kind: named("part"), values: []any{message, index, count, []byte(data)}})
		return string(whole), codeOf(err)
	}
	j := &joiner{}
	add(j, 1, 0, 2, "ab")
	if whole, _ := add(j, 1, 1, 2, "c"); whole != "abc" {
		t.Errorf("joined %q", whole)
	}
	if _, code := add(j, 1, 0, 2, "x"); code != decodeCode {
		t.Errorf("a part of a message that is over: %d", code)
	}
	if _, code := add(j, 2, 1, 2, "x"); code != decodeCode {
		t.Errorf("the second part first: %d", code)
	}
	if _, code := add(j, 2, 2, 2, "x"); code != rangeCode {
		t.Errorf("an index that is the count: %d", code)
	}
	j = &joiner{unordered: true}
	add(j, 4, 1, 2, "b")
	add(j, 3, 0, 2, "x")
	if whole, _ := add(j, 4, 0, 2, "a"); whole != "ab" {
		t.Errorf("joined %q out of order", whole)
	}
	j = &joiner{}
	for i := range uint64(17) {
		if _, code := add(j, 1, i, 18, strings.Repeat("x", maxPart)); (code == decodeCode) != (i == 16) {
			t.Errorf("part %d: %d", i, code)
		}
	}
}
