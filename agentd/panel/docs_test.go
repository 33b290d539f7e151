package panel

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/panel-api.md names every call and every refusal as they are.
func TestDocsNameEverything(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/panel-api.md")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"| `GET " + statePath + "` |", "| `GET " + viewPath + "` |", "| `POST " + tokenPath + "` |", "| `POST " + linkPath + "` |", policy}
	for _, c := range calls {
		want = append(want, fmt.Sprintf("| `%s %s` |", c.method, c.path))
	}
	for _, no := range []*Refusal{
		badHost, badOrigin, badToken, badCode, masterOnly, tooFast, noSuchCall, badMethod, badQuery,
		badType, tooLarge, tooSlow, badBody, badScope, badWindow, internal,
	} {
		want = append(want, fmt.Sprintf("| %d | `%s` |", no.Status, no.ID))
	}
	for _, row := range want {
		if !strings.Contains(string(text), row) {
			t.Errorf("no %s", row)
		}
	}
}
