package protocol

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

var update = flag.Bool("update", false, "write the vectors anew")

// vector is a case of testdata/vectors; its README has the format.
type vector struct {
	Name      string `json:"name"`
	Direction string `json:"direction"`
	Channel   string `json:"channel"`
	State     string `json:"state"`
	Expect    string `json:"expect"`
	Code      Code   `json:"code,omitempty"`
	Hex       string `json:"hex"`
	Diag      string `json:"diag"`
}

var channelNames = []string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}
var wayNames = []string{"c>d", "d>c"}

// TestVectors decides every vector and compares verdict and code.
func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	files, _ := filepath.Glob("testdata/vectors/*.json")
	seen := 0
	for _, file := range files {
		for _, v := range readVectors(t, file) {
			seen++
			decide(t, v)
		}
	}
	if seen < 300 {
		t.Errorf("%d vectors, expected hundreds", seen)
	}
}

func readVectors(t testing.TB, file string) (list []vector) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return list
}

func decide(t *testing.T, v vector) {
	t.Helper()
	wire, err := hex.DecodeString(v.Hex)
	if err != nil {
		t.Fatalf("%s: %v", v.Name, err)
	}
	expect, code := verdictOf(wire, Direction(slices.Index(wayNames, v.Direction)),
		Channel(slices.Index(channelNames, v.Channel)), State(slices.Index(stateNames[:], v.State)))
	if expect != v.Expect || code != v.Code {
		t.Errorf("%s: %s %s, the vector says %s %s", v.Name, expect, code, v.Expect, v.Code)
	}
}

func verdictOf(wire []byte, way Direction, on Channel, in State) (string, Code) {
	_, drop, err := Decode(wire, way, on, in)
	var failure *Error
	if errors.As(err, &failure) {
		return "refused", failure.Code
	}
	if drop {
		return "drop", 0
	}
	return "ok", 0
}

// writeVectors makes the cases of every kind. What they expect is what the
// generator meant, not what the decoder says.
func writeVectors(t *testing.T) {
	files := map[string][]vector{}
	for k, m := range samples() {
		files[k.String()] = append(files[k.String()], kindVectors(t, k, m)...)
	}
	files["form"] = formVectors()
	files["masks"] = append(files["masks"], masksVectors(t)...)
	files["look"] = append(files["look"], lookVectors(t)...)
	files["update"] = append(files["update"], resetVectors(t)...)
	for name, list := range files {
		text, _ := json.MarshalIndent(list, "", " ")
		if err := os.WriteFile("testdata/vectors/"+name+".json", append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// kindVectors is the sample of a kind, in every state and on every channel,
// and with its keys and types spoilt one by one.
func kindVectors(t *testing.T, k Kind, m Message) []vector {
	wire, err := Append(nil, m)
	if err != nil {
		t.Fatal(err)
	}
	way, on, in := where(k)
	base := vector{Direction: wayNames[way], Channel: channelNames[on], State: in.String()}
	list := []vector{base.with(k.String()+" ok", wire, "ok", 0)}
	for state := Opening; state < Over; state++ {
		v := base
		v.State = state.String()
		verdict := verdicts[way][k][state]
		expect := [...]string{End: "refused", Drop: "drop", Take: "ok"}[verdict]
		code := Code(0)
		if verdict == End {
			code = BadState
		}
		list = append(list, v.with(k.String()+" while "+v.State, wire, expect, code))
	}
	for c := ChannelCtl; c <= ChannelScreen; c++ {
		if v := base; kinds[k].channels[way]&(1<<c) == 0 {
			v.Channel = channelNames[c]
			list = append(list, v.with(k.String()+" on "+v.Channel, wire, "refused", BadWay))
		}
	}
	return append(list, spoilt(t, base, k, wire)...)
}

// spoilt takes the values of a message apart and puts them together wrongly.
func spoilt(t *testing.T, base vector, k Kind, wire []byte) (list []vector) {
	var parts []cbor.RawMessage
	if err := cbor.Unmarshal(wire, &parts); err != nil {
		t.Fatal(err)
	}
	values := map[int]cbor.RawMessage{}
	if err := cbor.Unmarshal(parts[1], &values); err != nil {
		t.Fatal(err)
	}
	add := func(name string, with map[int]cbor.RawMessage, code Code) {
		list = append(list, base.with(k.String()+" "+name, join(t, k, with), "refused", code))
	}
	add("with one key more", change(values, len(values)+1, []byte{0}), BadKeys)
	add("with key 0", change(values, 0, []byte{0}), BadKeys)
	for key := range len(values) {
		add("without key "+string(rune('1'+key)), change(values, key+1, nil), BadKeys)
		add("with null for key "+string(rune('1'+key)), change(values, key+1, []byte{0xf6}), Form)
		wrong := []byte{0x60} // an empty text
		if kinds[k].signature[key] == 't' {
			wrong = []byte{0}
		}
		add("with a wrong type for key "+string(rune('1'+key)), change(values, key+1, wrong), BadTypes)
		if kinds[k].signature[key] == 'u' {
			add("with a negative key "+string(rune('1'+key)), change(values, key+1, []byte{0x20}), BadTypes)
			add("with 2^53-1 for key "+string(rune('1'+key)), change(values, key+1, []byte{0x1b, 0, 0x1f, 255, 255, 255, 255, 255, 255}), BadRange)
		}
	}
	return slices.DeleteFunc(list, func(v vector) bool { return wideField(k, v.Name) })
}

// wide are the fields for which 2^53-1 is in range.
var wide = map[Kind][]string{KindPing: {"3"}, KindUpdate: {"4"}, KindRate: {"2"}, KindMeter: {"2", "3"}}

func wideField(k Kind, name string) bool {
	return slices.ContainsFunc(wide[k], func(key string) bool { return name == k.String()+" with 2^53-1 for key "+key })
}

func change(values map[int]cbor.RawMessage, key int, value []byte) map[int]cbor.RawMessage {
	with := map[int]cbor.RawMessage{}
	for k, v := range values {
		with[k] = v
	}
	if with[key] = value; value == nil {
		delete(with, key)
	}
	return with
}

func join(t *testing.T, k Kind, values map[int]cbor.RawMessage) []byte {
	t.Helper()
	mode, _ := cbor.CoreDetEncOptions().EncMode()
	wire, err := mode.Marshal([]any{uint8(k), values})
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

func (v vector) with(name string, wire []byte, expect string, code Code) vector {
	v.Name, v.Hex, v.Expect, v.Code = name, hex.EncodeToString(wire), expect, code
	if diag, err := cbor.Diagnose(wire); err == nil {
		v.Diag = diag
	}
	return v
}
