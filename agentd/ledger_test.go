package agentd

import (
	"testing"
	"time"

	"telestrator/protocol"
)

// TestLedger grants and takes back, up to the limit and beyond it.
func TestLedger(t *testing.T) {
	var l ledger
	now := time.Now()
	l.note(protocol.View|protocol.Ink, now)
	l.note(protocol.View, now.Add(time.Second))
	if len(l.spans) != 2 || !l.last("view").To.IsZero() || l.last("ink").To != now.Add(time.Second) {
		t.Fatalf("%+v", l.spans)
	}
	for i := range maxSpans - 2 {
		l.note(protocol.View|protocol.Ink, now.Add(time.Duration(2*i+2)*time.Second))
		l.note(protocol.View, now.Add(time.Duration(2*i+3)*time.Second))
	}
	if len(l.spans) != maxSpans {
		t.Fatalf("%d spans, not %d", len(l.spans), maxSpans)
	}
	end := now.Add(time.Hour)
	l.note(protocol.View|protocol.Ink, end.Add(-time.Second))
	l.note(0, end)
	if len(l.spans) != maxSpans || l.last("ink").To != end || l.last("view").To != end {
		t.Errorf("one more: %d spans, %+v", len(l.spans), l.last("ink"))
	}
}
