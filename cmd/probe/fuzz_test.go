package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// FuzzScript reads any file as a script: every line is an action that becomes
// messages, or ends the script with its number.
func FuzzScript(f *testing.F) {
	for _, text := range []string{
		`{"kind":"pointer","x":1,"y":2}` + "\n" + `{"t":0.5,"kind":"button","down":true}`,
		`{"kind":"wheel","dy":-1}` + "\n\n" + `{"kind":"key","code":"KeyA","down":true}` + "\n" + `{"kind":"text","text":"a"}`,
		`{"tool":"pen","color":"#e53935","width":4,"points":[[1,2],[3,4]]}` + "\n" + `{"tool":"undo"}` + "\n" + `{"tool":"clear"}`,
		`{"kind":"text","text":"` + strings.Repeat("a", maxLine) + `"}`,
		`{"tool":"pen","color":"#","points":[[-1,70000],[1]]}`, `{"t":1e300,"kind":"text"}`, `{"nothing":1}`, "{", "[]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bound.Check(t, func() { readScript(t, text) })
	})
}

// readScript reads a script that began so long ago that nothing has to wait.
func readScript(t *testing.T, text string) {
	s := &script{lines: make(chan action, strings.Count(text, "\n")+1)}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.read(ctx, strings.NewReader(text), time.Time{})
	close(s.lines)
	for line := range strings.Lines(text) {
		if len(line) > maxLine+1 && err == nil {
			t.Fatalf("a line of %d bytes was read", len(line))
		}
	}
	h := hands{generation: 1}
	for a := range s.lines {
		list, err := h.messages(a)
		if err == nil && len(list) == 0 {
			t.Fatalf("%+v became nothing", a)
		}
		for _, m := range list {
			_, _ = protocol.Append(nil, m) // out of range is refused here
		}
		h.named()
	}
	if err != nil && !strings.Contains(err.Error(), "line ") && !strings.Contains(err.Error(), "too long") {
		t.Fatalf("refused without its line: %v", err)
	}
}
