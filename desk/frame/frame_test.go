package frame

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

const someID = "0123456789abcdef0123456789abcdef"

// examples has one frame of each kind with its bytes, a field a line.
var examples = []struct {
	from  Side
	frame Frame
	bytes string
}{
	{Device, &Hello{Version: 1, Name: "café"}, `82 01 a2
		01 01
		02 65 636166c3a9`},
	{Desk, &Welcome{Version: 1}, `82 02 a1
		01 01`},
	{Device, &Ring{Number: 1}, `82 03 a1
		01 01`},
	{Desk, &Code{Number: 1, Code: "0A1B2C3D", Seconds: 600}, `82 04 a3
		01 01
		02 68 3041314232433344
		03 190258`},
	{Device, &Cancel{Number: 24}, `82 05 a1
		01 1818`},
	{Desk, &Void{Number: 1, Reason: ReasonBurnt}, `82 06 a2
		01 01
		02 1829`},
	{Desk, &Offer{ID: someID, SDP: []byte("v=0")}, `82 07 a2
		01 7820 3031323334353637383961626364656630313233343536373839616263646566
		02 43 763d30`},
	{Device, &Answer{ID: someID, SDP: []byte("v=0")}, `82 08 a2
		01 7820 3031323334353637383961626364656630313233343536373839616263646566
		02 43 763d30`},
	{Device, &Refuse{ID: someID, Reason: ReasonBusy}, `82 09 a2
		01 7820 3031323334353637383961626364656630313233343536373839616263646566
		02 06`},
	{Desk, &Leave{ID: someID}, `82 0a a1
		01 7820 3031323334353637383961626364656630313233343536373839616263646566`},
	{Device, &Bye{Reason: ReasonShutdown}, `82 0b a1
		01 05`},
}

// raw reads hexadecimal digits with space between them.
func raw(tb testing.TB, digits string) []byte {
	tb.Helper()
	data, err := hex.DecodeString(strings.Join(strings.Fields(digits), ""))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func TestExamples(t *testing.T) {
	if len(examples) != len(kinds) {
		t.Fatalf("%d examples of %d kinds", len(examples), len(kinds))
	}
	for i, x := range examples {
		t.Run(kinds[i].name, func(t *testing.T) {
			want := raw(t, x.bytes)
			got, err := Encode(x.frame)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("encoded %x, %v; want %x", got, err, want)
			}
			again, err := Decode(want, x.from)
			if err != nil || !reflect.DeepEqual(again, x.frame) {
				t.Fatalf("decoded %+v, %v; want %+v", again, err, x.frame)
			}
		})
	}
}

// Every shorter prefix, every longer text and the wrong side are refused.
func TestExamplesAlmost(t *testing.T) {
	for i, x := range examples {
		t.Run(kinds[i].name, func(t *testing.T) {
			data := raw(t, x.bytes)
			for n := range data {
				wantRefused(t, data[:n], x.from, ReasonForm)
			}
			wantRefused(t, append(bytes.Clone(data), 0), x.from, ReasonForm)
			if kinds[i].from != Device|Desk {
				wantRefused(t, data, x.from^(Device|Desk), ReasonDirection)
			}
		})
	}
}

func wantRefused(t *testing.T, data []byte, from Side, want Reason) {
	t.Helper()
	f, err := Decode(data, from)
	var refused *Error
	if !errors.As(err, &refused) || refused.Reason != want || f != nil {
		t.Errorf("decoding %.40x: %+v, %v; want reason %d", data, f, err, want)
	}
}

func TestRefused(t *testing.T) {
	id := "7820" + hex.EncodeToString([]byte(someID))
	for _, x := range []struct {
		name  string
		from  Side
		want  Reason
		bytes string
	}{
		{"empty", Device, ReasonForm, ""},
		{"null", Device, ReasonKind, "f6"},
		{"a map", Device, ReasonForm, "a0"},
		{"one item", Device, ReasonForm, "8103"},
		{"three items", Device, ReasonForm, "8303a1010100"},
		{"kind as text", Device, ReasonForm, "826133a10101"},
		{"kind 0", Device, ReasonKind, "8200a10101"},
		{"kind 12", Device, ReasonKind, "820ca10101"},
		{"kind 2^64-1", Device, ReasonKind, "821bffffffffffffffffa10101"},
		{"negative kind", Device, ReasonForm, "8220a10101"},
		{"long kind", Device, ReasonForm, "821803a10101"},
		{"long value", Device, ReasonForm, "8203a1011801"},
		{"long map", Device, ReasonForm, "8203b8010101"},
		{"indefinite array", Device, ReasonForm, "9f03a10101ff"},
		{"indefinite map", Device, ReasonForm, "8203bf0101ff"},
		{"indefinite text", Device, ReasonForm, "8201a20101027f6161ff"},
		{"tagged", Device, ReasonForm, "8203a101c101"},
		{"body null", Device, ReasonForm, "8203f6"},
		{"value null", Device, ReasonForm, "8203a101f6"},
		{"value undefined", Device, ReasonForm, "8203a101f7"},
		{"value true", Device, ReasonForm, "8203a101f5"},
		{"value float", Device, ReasonForm, "8203a101f93c00"},
		{"value negative", Device, ReasonForm, "8203a10120"},
		{"value over 32 bits", Device, ReasonForm, "8203a1011b0000000100000000"},
		{"no key", Device, ReasonForm, "8203a0"},
		{"a key missing", Device, ReasonForm, "8201a10101"},
		{"a key too many", Device, ReasonForm, "8203a201010200"},
		{"a key twice", Device, ReasonForm, "8203a201010101"},
		{"keys unsorted", Device, ReasonForm, "8201a2026161 0101"},
		{"key as text", Device, ReasonForm, "8203a1613101"},
		{"name as bytes", Device, ReasonForm, "8201a20101024161"},
		{"name null", Device, ReasonForm, "8201a2010102f6"},
		{"name not UTF-8", Device, ReasonForm, "8201a201010261ff"},
		{"name with a line", Device, ReasonRange, "8201a2010102610a"},
		{"name that turns", Device, ReasonRange, "8201a201010263e280ae"},
		{"ring 0", Device, ReasonRange, "8203a10100"},
		{"cancel 0", Device, ReasonRange, "8205a10100"},
		{"void 0", Desk, ReasonRange, "8206a201000206"},
		{"bye without a reason", Device, ReasonRange, "820ba10100"},
		{"refuse for no reason", Device, ReasonRange, "8209a201" + id + "021903e7"},
		{"sdp empty", Device, ReasonRange, "8208a201" + id + "0240"},
		{"sdp null", Device, ReasonForm, "8208a201" + id + "02f6"},
		{"sdp as text", Device, ReasonForm, "8208a201" + id + "026161"},
		{"sdp as array", Device, ReasonForm, "8208a201" + id + "028101"},
		{"id short", Device, ReasonRange, "8208a2016130024161"},
		{"id upper case", Desk, ReasonRange, "820aa1017820" + strings.Repeat("41", 32)},
		{"code short", Desk, ReasonRange, "8204a3010102673041314232433303190258"},
		{"code with U", Desk, ReasonRange, "8204a301010268304131423243335503190258"},
		{"deep", Device, ReasonForm, "8203a101" + strings.Repeat("81", 100) + "01"},
	} {
		t.Run(x.name, func(t *testing.T) { wantRefused(t, raw(t, x.bytes), x.from, x.want) })
	}
}

// TestLimits takes each limit exactly and one past it.
func TestLimits(t *testing.T) {
	for _, x := range []struct {
		name    string
		limit   int
		frameOf func(n int) Frame
	}{
		{"name", MaxName, func(n int) Frame { return &Hello{Version: 1, Name: strings.Repeat("x", n)} }},
		{"offer", MaxSDP, func(n int) Frame { return &Offer{ID: someID, SDP: make([]byte, n)} }},
		{"answer", MaxSDP, func(n int) Frame { return &Answer{ID: someID, SDP: make([]byte, n)} }},
		{"id", IDLength, func(n int) Frame { return &Leave{ID: strings.Repeat("0", n)} }},
		{"code", CodeLength, func(n int) Frame { return &Code{Number: 1, Code: strings.Repeat("0", n), Seconds: 1} }},
		{"seconds", MaxLife, func(n int) Frame { return &Code{Number: 1, Code: "00000000", Seconds: uint32(n)} }},
	} {
		t.Run(x.name, func(t *testing.T) {
			if _, err := Encode(x.frameOf(x.limit)); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			if _, err := Encode(x.frameOf(x.limit + 1)); err == nil {
				t.Error("one past the limit was encoded")
			}
			data, err := encode(x.frameOf(x.limit + 1))
			if err != nil {
				t.Fatal(err)
			}
			for _, from := range []Side{Device, Desk} {
				if _, err := Decode(data, from); err == nil {
					t.Error("one past the limit was decoded")
				}
			}
		})
	}
	wantRefused(t, make([]byte, MaxFrame), Device, ReasonForm)
	wantRefused(t, make([]byte, MaxFrame+1), Device, ReasonSize)
}

// TestTable compares the tables of SIGNALLING.md with the code.
func TestTable(t *testing.T) {
	text, err := os.ReadFile("../SIGNALLING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		from := map[Side]string{Device: "device", Desk: "desk", Device | Desk: "both"}[k.from]
		row := fmt.Sprintf("| %d | %s | %s | %s |\n", k.number, k.name, from, fieldsOf(k.make()))
		if !bytes.Contains(text, []byte(row)) {
			t.Errorf("SIGNALLING.md has no row %s", row)
		}
	}
	rows := regexp.MustCompile(`(?m)^\| (\d\d?) \| .* \| .* \|$`).FindAllSubmatch(text, -1)
	if want := len(kinds) + len(sentences); len(rows) != want {
		t.Errorf("SIGNALLING.md has %d rows of kinds and reasons, the code %d", len(rows), want)
	}
	for r := range sentences {
		if row := fmt.Sprintf("\n| %d | ", r); !bytes.Contains(text, []byte(row)) {
			t.Errorf("SIGNALLING.md has no reason %d", r)
		}
	}
}

// fieldsOf writes the fields of a frame as the table does.
func fieldsOf(f Frame) string {
	var fields []string
	struc := reflect.TypeOf(f).Elem()
	for i := range struc.NumField() {
		field := struc.Field(i)
		name := map[string]string{"ID": "id", "SDP": "sdp"}[field.Name]
		if name == "" {
			name = strings.ToLower(field.Name)
		}
		kind := map[reflect.Kind]string{reflect.Uint32: "uint32", reflect.String: "text", reflect.Slice: "bytes"}[field.Type.Kind()]
		if name == "version" {
			kind += " (1)"
		}
		fields = append(fields, fmt.Sprintf("%d %s %s", i+1, name, kind))
	}
	return strings.Join(fields, ", ")
}

func TestCleanName(t *testing.T) {
	for dirty, want := range map[string]string{
		"":                            "",
		"kiosk 7":                     "kiosk 7",
		"a\nb\x00c\u202ed\u2066e":     "abcde",
		"bad\xffutf":                  "badutf",
		strings.Repeat("x", 65):       strings.Repeat("x", 64),
		strings.Repeat("x", 62) + "é": strings.Repeat("x", 62) + "é",
		strings.Repeat("x", 63) + "é": strings.Repeat("x", 63),
	} {
		got := CleanName(dirty)
		if got != want {
			t.Errorf("CleanName(%q) = %q, want %q", dirty, got, want)
		}
		if _, err := Encode(&Hello{Version: 1, Name: got}); err != nil {
			t.Errorf("CleanName(%q): %v", dirty, err)
		}
	}
}

func TestParseCode(t *testing.T) {
	for typed, want := range map[string]string{
		"0A1B-2C3D":                          "0A1B2C3D",
		"oaib2c3d":                           "0A1B2C3D",
		"OALB-2c3D":                          "0A1B2C3D",
		"-0-A-1-B-2-C-3-D-":                  "0A1B2C3D",
		"ZZZZZZZZ":                           "ZZZZZZZZ",
		"":                                   "",
		"0A1B2C3":                            "",
		"0A1B2C3DE":                          "",
		"0A1B2C3U":                           "",
		"0A1B 2C3D":                          "",
		"0A1B2C3é":                           "",
		strings.Repeat("-", 24) + "0A1B2C3D": "0A1B2C3D",
		strings.Repeat("-", 25) + "0A1B2C3D": "",
	} {
		got, ok := ParseCode(typed)
		if ok != (want != "") || ok && got != want {
			t.Errorf("ParseCode(%q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
	if got := FormatCode("0A1B2C3D"); got != "0A1B-2C3D" {
		t.Errorf("FormatCode gives %q", got)
	}
}
