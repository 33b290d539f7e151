package protocol

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var exampleOf = regexp.MustCompile(`(?m)^    (\[(\d+), \{.*\}\])$`)

// TestExamples sees that every message that SPEC.md shows is a vector that is
// taken, and that it shows one of every kind.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile("SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]bool{}
	for _, v := range allVectors(t) {
		taken[v.Diag] = taken[v.Diag] || v.Expect == "ok"
	}
	for _, c := range ReadConversations(t) {
		for _, m := range c.Messages {
			taken[m.Diag] = taken[m.Diag] || m.Expect == "ok"
		}
	}
	seen := map[Kind]bool{}
	for _, m := range exampleOf.FindAllStringSubmatch(string(text), -1) {
		number, _ := strconv.Atoi(m[2])
		seen[Kind(number)] = true
		if !taken[m[1]] {
			t.Errorf("no vector that is taken is %s", m[1])
		}
	}
	for k := range kinds {
		if !seen[k] {
			t.Errorf("SPEC.md shows no %s", k)
		}
	}
}

// TestWorkedExample sees that the bytes of SPEC.md 7.4 are those of its update.
func TestWorkedExample(t *testing.T) {
	text, _ := os.ReadFile("SPEC.md")
	spaced := "00 0f00 f0ff 0040000000040002 55 c1 feff0000 e3 00 0000 ffff"
	if !strings.Contains(string(text), "    "+spaced+"\n") || !strings.Contains(string(text), "8: h'"+strings.ReplaceAll(spaced, " ", "")+"'") {
		t.Error("SPEC.md 7.4 does not show the chunk and the update of its example")
	}
}

// TestLimitsOfSpec compares the constants with SPEC.md 11.
func TestLimitsOfSpec(t *testing.T) {
	limits := map[string]int{
		"MaxToDevice": MaxToDevice, "MaxToConsole": MaxToConsole, "MaxWhole": MaxWhole, "MaxPart": MaxPart, "MaxParts": MaxParts,
		"MaxJoined": MaxJoined, "MaxUpdate": MaxUpdate, "MaxNesting": MaxNesting, "MaxArray": MaxArray, "MaxMap": MaxMap,
		"MaxText": MaxText, "MaxInteger": MaxInteger, "MaxPoints": MaxPoints, "RateMessages": RateMessages, "RateBurst": RateBurst,
		"RateBytes": RateBytes, "MaxName": MaxName, "MaxCaps": MaxCaps, "MaxReason": MaxReason, "RatePointer": RatePointer,
		"MaxButton": MaxButton, "MaxWheel": MaxWheel, "RateKey": RateKey, "MaxHeld": MaxHeld, "MaxCode": MaxCode, "MaxTyped": MaxTyped,
		"RateText": RateText, "RateInk": RateInk, "MaxStroke": MaxStroke, "MaxStrokes": MaxStrokes, "MaxAlive": MaxAlive,
		"MaxWidth": MaxWidth, "MaxFade": MaxFade, "RateRefresh": RateRefresh, "RateLook": RateLook, "RatePing": RatePing,
		"MaxSide": MaxSide, "MaxArea": MaxArea, "MaxMonitors": MaxMonitors, "MaxRects": MaxRects, "MaxInflated": MaxInflated,
		"MaxCopies": MaxCopies, "MaxJPEGs": MaxJPEGs, "MaxMasks": MaxMasks, "MaxCursor": MaxCursor, "MaxNumber": MaxNumber, "MaxDecode": MaxDecode,
	}
	for _, cells := range section(t, "## 11.", "## 12.") {
		if want, ok := limits[cells[1]]; ok {
			if cells[2] != strconv.Itoa(want) {
				t.Errorf("SPEC.md says %s is %s, the code %d", cells[1], cells[2], want)
			}
			delete(limits, cells[1])
		}
	}
	for name := range limits {
		t.Errorf("SPEC.md 11 has no %s", name)
	}
}
