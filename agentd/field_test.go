package agentd

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// typing is a session that holds the keyboard, and a daemon that has it.
func typing() (*Session, *Daemon, *int) {
	news := 0
	s := &Session{id: "s1", policy: Policy{ConsentDelay: time.Second}, changed: func() { news++ }}
	s.consent.hold(protocol.View|protocol.Keyboard, time.Now())
	return s, &Daemon{sessions: []*Session{s}}, &news
}

// why is the name of a refusal.
func why(err error) string {
	var no *panel.Refusal
	errors.As(err, &no)
	if no == nil {
		return fmt.Sprint(err)
	}
	return no.ID
}

// TestAllowField: the user lets the agent type into the field it was refused at,
// as an act of its own and not at once.
func TestAllowField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, d, news := typing()
		if got := why(d.AllowField("s1", "PIN")); got != "not_asked" {
			t.Errorf("without a try: %s", got)
		}
		s.noteField("PIN")
		s.noteField("PIN")
		if s.offered(time.Now()) != "PIN" || *news != 1 {
			t.Errorf("offered is %q after %d changes", s.offered(time.Now()), *news)
		}
		time.Sleep(time.Second - 1)
		if got := why(d.AllowField("s1", "PIN")); got != "too_early" || s.fieldAllowed("PIN") {
			t.Errorf("within the delay: %s", got)
		}
		time.Sleep(time.Nanosecond)
		for _, wrong := range [][2]string{{"s2", "PIN"}, {"s1", "Password"}, {"s1", ""}} {
			if got := why(d.AllowField(wrong[0], wrong[1])); got != "no_session" && got != "not_asked" {
				t.Errorf("%q: %s", wrong, got)
			}
		}
		s.acted = time.Now()
		if got := why(d.AllowField("s1", "PIN")); got != "too_early" {
			t.Errorf("just after injected input: %s", got)
		}
		time.Sleep(handsOff)
		if err := d.AllowField("s1", "PIN"); err != nil || !s.fieldAllowed("PIN") || s.offered(time.Now()) != "" || *news != 2 {
			t.Errorf("%v; allowed %t, offered %q, %d changes", err, s.fieldAllowed("PIN"), s.offered(time.Now()), *news)
		}
		if s.fieldAllowed("Password") || s.fieldAllowed("") {
			t.Error("another field is allowed too")
		}
	})
}

// TestFieldEndsWithTheKeys: what was allowed is not allowed once the keyboard was
// taken back, nor when it is granted again.
func TestFieldEndsWithTheKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, d, _ := typing()
		allow := func() {
			t.Helper()
			s.noteField("PIN")
			time.Sleep(time.Second)
			if err := d.AllowField("s1", "PIN"); err != nil || !s.fieldAllowed("PIN") {
				t.Fatal(err)
			}
		}
		allow()
		s.consent.revoke(protocol.Keyboard)
		s.noteField("CVC")
		if s.fieldAllowed("PIN") || s.offered(time.Now()) != "" {
			t.Error("without the keyboard something is allowed or offered")
		}
		time.Sleep(time.Second)
		s.consent.hold(protocol.Keyboard, time.Now())
		if s.fieldAllowed("PIN") {
			t.Error("the new grant brought the old field back")
		}
		allow()
	})
}

// TestFieldOfferLapses: who does not try any more is not offered any more.
func TestFieldOfferLapses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, d, news := typing()
		s.noteField("PIN")
		time.Sleep(fieldOffer - 1)
		if s.offered(time.Now()) != "PIN" {
			t.Error("lapsed early")
		}
		time.Sleep(time.Nanosecond)
		if got := why(d.AllowField("s1", "PIN")); got != "not_asked" || s.offered(time.Now()) != "" {
			t.Errorf("lapsed, and still offered: %s", got)
		}
		s.noteField("PIN")
		if s.offered(time.Now()) != "PIN" || *news != 2 {
			t.Error("a new try is no new offer")
		}
		if got := why(d.AllowField("s1", "PIN")); got != "too_early" {
			t.Errorf("a new offer can be taken at once: %s", got)
		}
		if s.noteField(""); s.offered(time.Now()) != "" || *news != 3 {
			t.Error("the offer was not taken back")
		}
	})
}

// TestMostFields: the oldest of too many is forgotten.
func TestMostFields(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, d, _ := typing()
		allow := func(i int) {
			s.noteField(fmt.Sprint("field ", i))
			time.Sleep(time.Second)
			if err := d.AllowField("s1", fmt.Sprint("field ", i)); err != nil {
				t.Fatal(err)
			}
		}
		for i := range maxFields {
			allow(i)
		}
		if !s.fieldAllowed("field 0") || len(s.fields.allowed) != maxFields {
			t.Errorf("%d are allowed", len(s.fields.allowed))
		}
		allow(maxFields)
		if s.fieldAllowed("field 0") || !s.fieldAllowed("field 1") || len(s.fields.allowed) != maxFields {
			t.Errorf("with one more, %d are allowed", len(s.fields.allowed))
		}
	})
}

// TestFieldNameIsCleaned: the user reads and allows a clean line, and what is
// allowed is the field itself.
func TestFieldNameIsCleaned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, d, _ := typing()
		s.noteField("P\u202eI\nN")
		time.Sleep(time.Second)
		shown := s.offered(time.Now())
		if shown != "PI N" {
			t.Errorf("shown as %q", shown)
		}
		if err := d.AllowField("s1", shown); err != nil || !s.fieldAllowed("P\u202eI\nN") || s.fieldAllowed("PI N") {
			t.Errorf("%v", err)
		}
	})
}
