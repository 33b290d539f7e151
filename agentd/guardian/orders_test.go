package guardian_test

import (
	"bytes"
	"encoding/binary"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/agentd/guardian/guardiantest"
	"telestrator/fuzz/bound"
)

// FuzzOrders gives a guardian any orders, a line each, as a daemon that was
// taken over might: whatever they are, when it has ended nothing is pressed,
// drawn or shown, and without a sign nothing is drawn.
func FuzzOrders(f *testing.F) {
	for _, orders := range []string{
		`{"kind":"permit","session":"a","scopes":15,"generation":1,"number":1}` + "\n" + `{"kind":"sign","sign":{}}` + "\n" +
			`{"kind":"wire","session":"a","channel":2,"wire":"ghgjpgEBAgEDAQQBBQAG9Q=="}`,
		`{"kind":"ask","on":true,"number":2}` + "\n\n" + `{"kind":"hidden","areas":[{"Min":{"X":1,"Y":2},"Max":{"X":3,"Y":4}}]}`,
		`{"kind":"obeyed"}` + "\n" + `{"kind":"nothing"}`, `{"kind":"wire","wire":"gg=="}`, "{", "\n\n\n",
		strings.Repeat(`{"kind":"permit","session":"a","scopes":15}`+"\n", 30),
	} {
		f.Add([]byte(orders))
	}
	f.Fuzz(func(t *testing.T, lines []byte) {
		bound.Check(t, func() { synctest.Test(t, func(t *testing.T) { obey(t, lines) }) })
	})
}

// wire is a daemon's end of a guardian's connection.
type wire struct{ net.Conn }

// Set implements guardiantest.Over.
func (w *wire) Set(c net.Conn) { w.Conn = c }

func obey(t *testing.T, lines []byte) {
	var daemon wire
	g, s := guardiantest.StartOver(t, &daemon)
	go func() { _ = g.Run(t.Context()) }() // it takes the reports
	for line := range bytes.Lines(lines) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		frame := append(binary.BigEndian.AppendUint32(nil, uint32(len(line))), line...)
		if _, err := daemon.Write(frame); err != nil {
			break
		}
	}
	synctest.Wait()
	if s.Sign() == nil && len(s.Marks()) > 0 {
		t.Error("ink without a sign")
	}
	time.Sleep(3 * guardian.Silence)
	_ = daemon.Close()
	<-s.Done()
	synctest.Wait()
	clear(t, s)
	_ = g.Close()
}
