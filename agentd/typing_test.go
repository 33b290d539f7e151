package agentd

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// focusing has keys go where the test says.
func (r *rig) focusing(to *atomic.Pointer[privacy.Focus]) {
	to.Store(&privacy.Focus{Known: true})
	r.session.mu.Lock()
	defer r.session.mu.Unlock()
	r.session.where = func() privacy.Focus { return *to.Load() }
}

func (r *rig) text(text string) {
	r.send(peer.Input, &protocol.Text{Number: r.next(), Generation: r.generation(), Text: text})
}

// TestNothingIsTypedIntoASecret wants no key and no text where a secret field, or
// nobody knows what, has the focus. Releases and the mouse go on.
func TestNothingIsTypedIntoASecret(t *testing.T) {
	for name, focus := range map[string]privacy.Focus{
		"secret": {Secret: true, Known: true, Field: "f"}, "nameless": {Secret: true, Known: true}, "unknown": {}, "unknown field": {Field: "f"},
	} {
		t.Run(name, func(t *testing.T) {
			inRig(t, DemoPolicy(), func(r *rig) {
				r.working(protocol.PointerScope | protocol.Keyboard)
				var to atomic.Pointer[privacy.Focus]
				r.focusing(&to)
				r.something("key", func() { r.key("ShiftLeft", true) })
				to.Store(&focus)
				r.nothing("key", func() { r.key("KeyA", true) })
				r.nothing("text", func() { r.text("secret") })
				r.something("click", func() { r.click(20, 20) })
				r.something("release", func() { r.key("ShiftLeft", false) })
				if shown := r.session.snapshot(); shown.Refused < 2 {
					t.Errorf("%d refused", shown.Refused)
				}
			})
		})
	}
}

// TestTextIsAskedForPieceByPiece wants what comes after a tab to be asked for
// after the tab has had its effect.
func TestTextIsAskedForPieceByPiece(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.Keyboard)
		const lag = 150 * time.Millisecond
		var moved atomic.Bool
		r.session.mu.Lock()
		r.session.where = func() privacy.Focus {
			if r.hands.Acts() > 0 && !moved.Swap(true) {
				time.AfterFunc(lag/2, func() { moved.Store(true) })
			}
			return privacy.Focus{Known: true, Secret: moved.Load(), Field: "f", Lag: lag}
		}
		r.session.mu.Unlock()
		r.pass(time.Second)
		r.text("ab\tcd")
		r.pass(time.Second)
		if acts := r.hands.Acts(); acts != 1 {
			t.Errorf("%d texts were typed, want the one before the tab and with it", acts)
		}
	})
	if got := slices.Collect(pieces("ab\tc\n\nd")); !slices.Equal(got, []string{"ab\t", "c\n", "\n", "d"}) {
		t.Errorf("%q", got)
	}
}

// TestHeldKeysDoNotRepeatIntoASecret wants a held key let go when the focus moves
// to a secret by itself.
func TestHeldKeysDoNotRepeatIntoASecret(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.Keyboard)
		var to atomic.Pointer[privacy.Focus]
		r.focusing(&to)
		r.key("KeyA", true)
		r.pass(2 * focusEvery)
		if !r.hands.Holds() {
			t.Fatal("nothing is held")
		}
		to.Store(&privacy.Focus{Known: true, Secret: true})
		r.pass(2 * focusEvery)
		if r.hands.Holds() {
			t.Error("still held")
		}
	})
}

// TestAllowedField wants keys in the field that the user allowed, and in no other.
func TestAllowedField(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.Keyboard)
		var to atomic.Pointer[privacy.Focus]
		r.focusing(&to)
		to.Store(&privacy.Focus{Known: true, Secret: true, Field: "PIN"})
		r.nothing("before", func() { r.key("KeyA", true) })
		r.pass(3 * time.Second) // hands off
		if err := r.session.allowField("PIN", time.Now()); err != nil {
			t.Fatal(err)
		}
		r.something("after", func() { r.key("KeyA", true); r.key("KeyA", false) })
		to.Store(&privacy.Focus{Known: true, Secret: true, Field: "other"})
		r.nothing("elsewhere", func() { r.key("KeyB", true) })
	})
}
