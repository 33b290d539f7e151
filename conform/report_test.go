package conform

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"
)

func someResults() []Result {
	return []Result{
		{Case: Case{Name: "form/empty", Section: "3.1"}, Took: 20 * time.Millisecond},
		{Case: Case{Name: "user/stops # 1", Section: "9.2"}, Err: errors.New("waited for <bye> & \"nothing\" came"), Transcript: "a\nb"},
		{Case: Case{Name: "user/pauses", Section: "6.3"}, Skipped: "nobody acts for the user"},
	}
}

func TestTAP(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	if err := WriteTAP(&got, someResults()); err != nil {
		t.Fatal(err)
	}
	want := `TAP version 13
1..3
ok 1 - form/empty
  ---
  section: "3.1"
  duration_ms: 20
  ...
not ok 2 - user/stops  1
  ---
  section: "9.2"
  duration_ms: 0
  message: "waited for <bye> & \"nothing\" came"
  said: |
    a
    b
  ...
ok 3 - user/pauses # SKIP nobody acts for the user
  ---
  section: "6.3"
  duration_ms: 0
  ...
`
	if got.String() != want {
		t.Errorf("got:\n%s", &got)
	}
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	if err := WriteJUnit(&got, "device", someResults()); err != nil {
		t.Fatal(err)
	}
	var back junitSuite
	if err := xml.Unmarshal([]byte(got.String()), &back); err != nil {
		t.Fatal(err)
	}
	if back.Tests != 3 || back.Failures != 1 || back.Skipped != 1 || len(back.Cases) != 3 || back.Cases[1].Class != "user" ||
		back.Cases[1].Failure == nil || back.Cases[1].Failure.Message != `waited for <bye> & "nothing" came` || back.Cases[2].Skipped == nil {
		t.Errorf("got:\n%s", &got)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	if got := Sum(someResults()).String(); got != "conform: cases=3 passed=1 failed=1 skipped=1" {
		t.Error(got)
	}
	if got := Sum(someResults()[:1]).String(); got != "conform: cases=1 passed=1 failed=0" {
		t.Error(got)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	kept, err := Filter(DeviceCases(), "^form/empty$")
	if err != nil || len(kept) != 1 {
		t.Errorf("kept %v, %v", kept, err)
	}
	if _, err := Filter(nil, "("); err == nil {
		t.Error("an expression that is none was taken")
	}
}
