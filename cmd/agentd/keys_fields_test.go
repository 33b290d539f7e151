package main

import (
	"image"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/protocol"
)

// typist is an agent at a form.
type typist struct {
	*agent
	*form
	d      *daemon
	o      *observer
	clicks int
}

const mayType = protocol.View | protocol.PointerScope | protocol.Keyboard

// eachForm has each kind of form with an agent at it.
func eachForm(t *testing.T, fields int, do func(t *testing.T, a *typist)) {
	for name, start := range map[string]func(*testing.T, *capturetest.Display, *atspitest.Session, int) *form{"gtk3": gtkForm, "chromium": chromiumForm} {
		t.Run(name, func(t *testing.T) {
			display, session := secretDesk(t)
			d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
			f := start(t, display, session, fields)
			a := &typist{agent: helping(t, d, d.Code, mayType), form: f, d: d, o: observe(t, display)}
			d.shows("looked into", func(s panel.State) bool {
				return slices.ContainsFunc(s.Privacy.Windows, func(w panel.Window) bool {
					return w.State == panel.WindowGuarded || w.State == panel.WindowVouched
				})
			})
			do(t, a)
		})
	}
}

// into clicks into a field.
func (a *typist) into(field int) {
	a.t.Helper()
	a.clicks++
	a.click(a.places[field].X+10*(a.clicks%8), a.places[field].Y) // no double click
}

// kept wants the password fields to be empty.
func (a *typist) kept(what string) {
	a.t.Helper()
	if n, _ := a.state(); n[1]+n[2]+n[3] > 0 {
		a.t.Errorf("%s: %d, %d, %d characters arrived in password fields", what, n[1], n[2], n[3])
	}
}

// refused wants so much more to be refused, when all has been dealt with.
func (a *typist) refused(before uint64, n int) {
	a.t.Helper()
	a.drained()
	if now := a.refusals(); now < before+uint64(n) {
		a.t.Errorf("%d refused, want %d more than %d", now, n, before)
	}
}

// drained waits until everything has been dealt with: a last movement has come
// to the pointer, and programs have told what they got.
func (a *typist) drained() {
	a.t.Helper()
	a.clicks++
	to := image.Pt(20+a.clicks, 700)
	a.point(to.X, to.Y)
	wait(a.t, "the pointer moved", func() bool { return a.o.at() == to })
	time.Sleep(150 * time.Millisecond)
}

func (a *typist) refusals() uint64 { return a.d.state().Session.Refused }

// TestKeysIntoFields types into a text field, which arrives, and into password
// fields, which does not, unless the user allows it for that one.
func TestKeysIntoFields(t *testing.T) {
	eachForm(t, 3, func(t *testing.T, a *typist) {
		a.clicked()
		a.tabbed()
		a.held(t)
		a.random(t)
		a.allowed(t)
	})
}

// clicked types after clicks, at once and later.
func (a *typist) clicked() {
	a.into(0)
	a.text("abc")
	a.press("KeyD")
	a.has(4)

	before := a.refusals()
	a.into(1)
	a.text("at once")
	a.press("KeyX")
	a.focused(1)
	a.text("later")
	a.press("KeyY")
	a.refused(before, 4)
	a.kept("after a click")
}

// tabbed types a text that goes from field to field.
func (a *typist) tabbed() {
	before := a.refusals()
	a.into(0)
	a.focused(0)
	a.text("ab\tcd")
	a.has(6)
	a.focused(1)
	a.refused(before, 1)
	a.kept("after a tab in a text")
}

// held holds a key while the program moves the focus by itself.
func (a *typist) held(t *testing.T) {
	a.into(0)
	a.focused(0)
	a.key("KeyA", true)
	time.Sleep(time.Second) // it repeats, where it does
	a.say("1")
	a.focused(1)
	time.Sleep(500 * time.Millisecond)
	a.key("KeyA", false)
	n, _ := a.state()
	t.Logf("of a held key, %d characters arrived in the text field", n[0]-6)
	a.kept("of a held key")
}

// random does what it likes, in sequences without a pause.
func (a *typist) random(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	before, sequences := a.refusals(), trials(5, 30)
	for range sequences {
		for range 4 {
			a.step(rnd)
		}
		a.drained()
	}
	t.Logf("seed %#x: %d sequences, %d refused", seed, sequences, a.refusals()-before)
	a.kept("in a random order")
}

func (a *typist) step(rnd *rand.Rand) {
	switch rnd.IntN(6) {
	case 0, 1:
		a.into(rnd.IntN(3))
	case 2:
		a.press("Tab")
	case 3:
		a.text([]string{"a", "bc", "d\te", "\tf\t", "g\nh"}[rnd.IntN(5)])
	case 4:
		a.press("KeyK")
	case 5:
		a.key("KeyL", true)
		time.Sleep(time.Duration(rnd.IntN(30)) * time.Millisecond)
		a.key("KeyL", false)
	}
}

// allowed has the user allow one of the fields.
func (a *typist) allowed(t *testing.T) {
	a.into(1)
	a.focused(1)
	for range 10 { // when it is not known where keys go, nothing is offered
		a.text("n")
		time.Sleep(50 * time.Millisecond)
	}
	a.drained()
	s := a.d.state()
	a.kept("before the user allows it")
	t.Logf("the user reads: %q", s.Session.Field)
	time.Sleep(2100 * time.Millisecond) // the user's own hand
	a.d.call("POST", "/api/fields/allow", map[string]any{"session": s.Session.ID, "field": s.Session.Field}, nil)
	a.text("xyz")
	wait(t, "typed into the field that the user allowed", func() bool { n, _ := a.state(); return n[1] == 3 })
	before := a.refusals()
	a.into(2)
	a.text("no")
	a.refused(before, 1)
	if n, _ := a.state(); n[2] > 0 {
		t.Errorf("%d characters arrived in another field", n[2])
	}
}

// TestKeysIntoANewField clicks a button that makes a password field and gives it
// the focus, where there was none, and types at once.
func TestKeysIntoANewField(t *testing.T) {
	eachForm(t, 1, func(t *testing.T, a *typist) {
		before := a.refusals()
		a.into(4)
		a.text("at once")
		a.focused(1)
		a.text("later")
		a.refused(before, 2)
		a.kept("in a new field")
	})
}

// TestKeysIntoANewPage types all the time while a browser goes to a page by
// itself whose password field has the focus from the beginning. A character may
// be on its way before anybody can know of the page; then there are no more.
func TestKeysIntoANewPage(t *testing.T) {
	eachForm(t, 1, func(t *testing.T, a *typist) {
		if strings.HasSuffix(t.Name(), "gtk3") {
			return // it has no pages
		}
		a.into(0)
		a.text("ab")
		a.has(2)
		a.say("leave")
		before := a.refusals()
		wait(t, "refused on the new page", func() bool {
			a.text("x")
			time.Sleep(30 * time.Millisecond)
			return shown(a.display, "Form, next page") && a.refusals() > before+4
		})
		a.drained()
		early, _ := a.state()
		a.text("yy")
		a.press("KeyZ")
		a.drained()
		n, _ := a.state()
		t.Logf("%d characters arrived before the page was known", early[1])
		if n[1] > early[1] || early[1] > 5 {
			t.Errorf("%d characters arrived in the password field of the new page, %d of them when it was known", n[1], n[1]-early[1])
		}
	})
}
