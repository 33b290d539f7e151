package protocol

import (
	"encoding/hex"
	"strings"
)

// formVectors are written by hand: bytes on ctl from a console in the state
// live, around the request [4, {1: 1, 2: 1, 3: "a"}] = 82 04 a3 01 01 02 01 03 61 61.
func formVectors() []vector {
	cases := []struct {
		name, hex string
		code      Code
	}{
		{"request", "8204a30101020103 6161", 0},
		{"nothing", "", Form},
		{"no map", "8204", Form},
		{"not an array", "a0", Form},
		{"array of one", "8104", Form},
		{"array of three", "8304a000", Form},
		{"kind is text", "826134a0", Form},
		{"kind is negative", "8220a0", Form},
		{"second is an array", "820480", Form},
		{"one byte more", "8204a30101020103616100", Form},
		{"indefinite outer array", "9f04a301010201036161ff", Form},
		{"indefinite map", "8204bf010102010361 61ff", Form},
		{"indefinite text", "8204a301010201037f6161ff", Form},
		{"tag", "8204a30101020103c06161", Form},
		{"float", "8204a301f93c000201036161", Form},
		{"null", "8204a30101020103f6", Form},
		{"undefined", "8204a30101020103f7", Form},
		{"simple value", "8204a30101020103e0", Form},
		{"simple value in two bytes", "8204a30101020103f820", Form},
		{"reserved length", "8204a301010201031c", Form},
		{"reserved length 28, and bytes enough", "8204a30101020103 1c" + strings.Repeat("00", 16), Form},
		{"reserved length 29, and bytes enough", "8204a30101020103 1d" + strings.Repeat("00", 32), Form},
		{"reserved length 30, and bytes enough", "8204a30101020103 1e" + strings.Repeat("00", 64), Form},
		{"reserved length of a text", "8204a30101020103 7c" + strings.Repeat("00", 16), Form},
		{"number of indefinite length", "8204a301010201031f", Form},
		{"break instead of a value", "8204a30101020103ff", Form},
		{"text key", "8204a36131010201036161", Form},
		{"head of a text for a key", "8204a36101020103 6161", Form},
		{"head of bytes for a key", "8204a34101020103 6161", Form},
		{"head of an array for a key", "8204a38101020103 6161", Form},
		{"head of a map for a key", "8204a3a101020103 6161", Form},
		{"boolean for a key", "8204a3f401020103 6161", Form},
		{"nothing for a key", "8204a3", Form},
		{"head of a number alone", "8218", Form},
		{"two bytes of four", "821a0000", Form},
		{"negative key", "8204a32001020103 6161", Form},
		{"text is not UTF-8", "8204a3010102010361ff", Form},
		{"text is a surrogate", "8204a3010102010363eda080", Form},
		{"text is overlong", "8204a3010102010362c080", Form},
		{"text beyond Unicode", "8204a3010102010364f4908080", Form},
		{"integer beyond 2^53-1", "8204a3011b00200000000000000201036161", Form},
		{"huge integer", "8204a3011bffffffffffffffff0201036161", Form},
		{"length beyond the message", "8204a301010201037affffffff", Form},
		{"array beyond the message", "8204a30101020103 9affffffff", Form},
		{"nested 4 deep", "8204a30101020103 8180", BadTypes},
		{"nested 5 deep", "8204a30101020103 818180", Form},
		{"array of 1024", "8204a30101020103 990400" + strings.Repeat("00", 1024), BadTypes},
		{"array of 1025", "8204a30101020103 990401" + strings.Repeat("00", 1025), Form},
		{"text of 2000", "8204a30101020103 7907d0" + strings.Repeat("61", 2000), BadRange},
		{"text of 2001", "8204a30101020103 7907d1" + strings.Repeat("61", 2001), Form},
		{"kind in two bytes", "821804a30101020103 6161", Canonical},
		{"map head in two bytes", "8204b80301010201036161", Canonical},
		{"number in two bytes", "8204a30118010201036161", Canonical},
		{"number in three bytes", "8204a3011900ff0201036161", Canonical},
		{"number in five bytes", "8204a3011a0000ffff0201036161", Canonical},
		{"number in nine bytes", "8204a3011b00000000ffffffff0201036161", Canonical},
		{"text length in two bytes", "8204a30101020103780161", Canonical},
		{"the example of SPEC.md 3.1", "8204a20118010200", Canonical},
		{"keys out of order", "8204a30201010103 6161", Canonical},
		{"key twice", "8204a30101010103 6161", Canonical},
		{"long key", "8204a318010102010361 61", Canonical},
		{"not canonical, then a bad form", "8204a30118010201 03f6", Form},
		{"not canonical and an unknown kind", "821815a0", Canonical},
		{"unknown kind", "8218c8a0", BadKind},
		{"kind 0", "8200a0", BadKind},
		{"kind 20", "8214a0", BadKind},
		{"kind beyond a byte", "82190104a0", BadKind},
		{"keys are wrong and so are types", "8204a2016161 0260", BadKeys},
		{"types are wrong and so are ranges", "8204a30100020003 00", BadTypes},
		{"number 0", "8204a30100020103 6161", BadRange},
		{"no scopes", "8204a30101020003 6161", BadRange},
	}
	base := vector{Direction: "c>d", Channel: "ctl", State: "live"}
	list := []vector{}
	for _, c := range cases {
		wire, err := hex.DecodeString(strings.ReplaceAll(c.hex, " ", ""))
		if err != nil {
			panic(c.name + ": " + err.Error())
		}
		expect := "refused"
		if c.code == 0 {
			expect = "ok"
		}
		list = append(list, base.with(c.name, wire, expect, c.code))
	}
	return list
}
