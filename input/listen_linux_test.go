package input

import (
	"encoding/binary"
	"image"
	"testing"
	"time"

	"telestrator/x11"
)

// The devices of these tests.
const (
	theirs = 5  // injects
	mouse  = 6  // the user's
	master = 2  // of both
	newer  = 12 // nobody knows it
)

// event makes an event of XInput, as Pump hands it over. Kind, device, detail
// and source are where raw events have them.
func event(kind x11.RawKind, device, source uint16, detail uint32) x11.Event {
	e := make(x11.Event, 80)
	e[0] = 35
	binary.LittleEndian.PutUint16(e[8:], uint16(kind))
	binary.LittleEndian.PutUint16(e[10:], device)
	binary.LittleEndian.PutUint32(e[16:], detail)
	binary.LittleEndian.PutUint16(e[20:], source)
	return e
}

// pressOn is a button's event on a window.
func pressOn(window uint32, source uint16, button uint32) x11.Event {
	e := event(4, master, 0, button)
	binary.LittleEndian.PutUint32(e[24:], window)
	binary.LittleEndian.PutUint16(e[52:], source)
	return e
}

// cameOrWent is the event by which the server tells that a device was added.
func cameOrWent(device uint16) x11.Event {
	e := event(11, 0, 0, 0)[:44]
	binary.LittleEndian.PutUint16(e[32:], device)
	e[40] = 1 << 2
	return e
}

// counts is how often a Hand has told each thing.
type counts struct{ moved, stop, press int }

// deaf returns a Hand without a connection, which is fed with events.
func deaf(tb testing.TB) (*Hand, *counts) {
	tb.Helper()
	chord, err := NewChord(DefaultChord())
	if err != nil {
		tb.Fatal(err)
	}
	var n counts
	return &Hand{
		devices:    new(x11.Devices),
		chord:      chord,
		rearranged: make(chan struct{}, 1),
		pressed:    make(chan struct{}, 1),
		injected:   sourcesOf([]uint16{theirs}),
		windows:    []uint32{77},
		events: HandEvents{
			Moved: func() { n.moved++ },
			Stop:  func() { n.stop++ },
			Press: func(uint32, image.Point) { n.press++ },
		},
	}, &n
}

// TestSources: which of the events count.
func TestSources(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		device, source uint16
		counts         bool
	}{
		{"the user's", mouse, mouse, true},
		{"its copy", master, mouse, false},
		{"injected", theirs, theirs, false},
		{"its copy", master, theirs, false},
		{"unknown", newer, newer, true},
		{"unknown and large", 0xffff, 0xffff, true},
		{"equal in its last bits", 256 + theirs, 256 + theirs, true},
		{"another word of the set", 64 + theirs, 64 + theirs, true},
	} {
		h, n := deaf(t)
		h.event(event(x11.RawMotion, c.device, c.source, 0))
		if (n.moved == 1) != c.counts {
			t.Errorf("%s: told %d times", c.name, n.moved)
		}
	}
}

// TestRearrangedCountsAtOnce: a device that came or went counts from that very
// event on, even when its number was an injecting one's, until it is looked up.
func TestRearrangedCountsAtOnce(t *testing.T) {
	t.Parallel()
	h, n := deaf(t)
	h.injected = sourcesOf([]uint16{theirs, newer, 255, 256})
	h.event(cameOrWent(newer))
	h.event(event(x11.RawMotion, newer, newer, 0))
	h.event(event(x11.RawMotion, theirs, theirs, 0))
	h.event(event(x11.RawMotion, 255, 255, 0))
	if n.moved != 1 || len(h.rearranged) != 1 || h.changes != 1 {
		t.Errorf("told %d times, look-ups %d, changes %d", n.moved, len(h.rearranged), h.changes)
	}
}

// TestLearn: an answer from before a change is void.
func TestLearn(t *testing.T) {
	t.Parallel()
	h, n := deaf(t)
	asked := h.changes
	h.event(cameOrWent(newer))
	h.learn(asked, []uint16{theirs, newer})
	if h.event(event(x11.RawMotion, newer, newer, 0)); n.moved != 1 {
		t.Error("believed an answer from before the change")
	}
	h.learn(h.changes, []uint16{newer})
	h.event(event(x11.RawMotion, newer, newer, 0))
	h.event(event(x11.RawMotion, theirs, theirs, 0))
	if n.moved != 2 {
		t.Errorf("after the answer: told %d times", n.moved)
	}
}

// TestPressIsLookedUp: only the user's left press is, if anything is watched,
// and what it found is void when the pointer has moved.
func TestPressIsLookedUp(t *testing.T) {
	t.Parallel()
	left := event(x11.RawButtonPress, mouse, mouse, 1)
	down, up := event(x11.RawTouchBegin, mouse, mouse, 1), event(x11.RawTouchEnd, mouse, mouse, 1)
	for _, c := range []struct {
		name   string
		events []x11.Event
		asked  int
		untold bool
	}{
		{"press", []x11.Event{left}, 1, true},
		{"twice", []x11.Event{left, left}, 1, true},
		{"another button", []x11.Event{event(x11.RawButtonPress, mouse, mouse, 3)}, 0, false},
		{"finger", []x11.Event{down}, 1, true},
		{"finger lifted", []x11.Event{down, up}, 1, true},
		{"finger moved", []x11.Event{down, event(x11.RawTouchUpdate, mouse, mouse, 1)}, 1, false},
		{"lifted before it was seen", []x11.Event{up, down}, 1, true},
		{"injected", []x11.Event{event(x11.RawButtonPress, theirs, theirs, 1)}, 0, false},
		{"told by the window", []x11.Event{left, pressOn(77, mouse, 1)}, 1, false},
		{"told by another window", []x11.Event{left, pressOn(78, mouse, 1)}, 1, true},
		{"moved since", []x11.Event{left, event(x11.RawMotion, mouse, mouse, 0)}, 1, false},
		{"moved by injection", []x11.Event{left, event(x11.RawMotion, theirs, theirs, 0)}, 1, true},
	} {
		h, _ := deaf(t)
		for _, e := range c.events {
			h.event(e)
		}
		if len(h.pressed) != c.asked || h.untold != c.untold {
			t.Errorf("%s: asked %d, untold %v", c.name, len(h.pressed), h.untold)
		}
	}
	h, _ := deaf(t)
	h.event(down)
	<-h.pressed
	h.event(down)
	if h.event(up); len(h.pressed) != 0 {
		t.Error("the second finger was looked up")
	}
	h.event(up)
	if h.event(down); len(h.pressed) != 1 {
		t.Error("the first finger after all were lifted was not looked up")
	}
	h, _ = deaf(t)
	h.windows = nil
	if h.event(left); len(h.pressed) != 0 || h.untold {
		t.Error("looked up although nothing is watched")
	}
}

// TestPressOnWindow: the user's finger or left button on a watched window.
func TestPressOnWindow(t *testing.T) {
	t.Parallel()
	finger := pressOn(77, mouse, 300)
	finger[8] = 18 // its detail is the touch's number
	for _, c := range []struct {
		name string
		e    x11.Event
		told int
	}{
		{"left", pressOn(77, mouse, 1), 1},
		{"middle", pressOn(77, mouse, 2), 0},
		{"finger", finger, 1},
		{"unknown device", pressOn(77, newer, 1), 1},
		{"injected", pressOn(77, theirs, 1), 0},
		{"other window", pressOn(78, mouse, 1), 0},
	} {
		h, n := deaf(t)
		if h.event(c.e); n.press != c.told {
			t.Errorf("%s: told %d times", c.name, n.press)
		}
	}
}

// TestPressToldOnce: what was told before its window did is not told again, but
// the next press is.
func TestPressToldOnce(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]x11.Event{
		"button": event(x11.RawButtonPress, mouse, mouse, 1),
		"other":  event(x11.RawButtonPress, mouse, mouse, 3), // the left one to whom has exchanged them
		"finger": event(x11.RawTouchBegin, mouse, mouse, 0),
	} {
		h, n := deaf(t)
		h.early = true
		h.event(pressOn(77, mouse, 1))
		if n.press != 0 {
			t.Errorf("%s: told again", name)
		}
		h.early = true
		h.event(next)
		h.event(pressOn(77, mouse, 1))
		if n.press != 1 {
			t.Errorf("%s: the next press was told %d times", name, n.press)
		}
	}
}

// TestPressFound: an answer counts for the press it was asked for, while that
// is the last and nothing has told of it.
func TestPressFound(t *testing.T) {
	t.Parallel()
	left := event(x11.RawButtonPress, mouse, mouse, 1)
	for _, c := range []struct {
		name   string
		window uint32
		since  []x11.Event // between asking and the answer
		told   int
	}{
		{"on a watched window", 77, nil, 1},
		{"on another", 78, nil, 0},
		{"on the root", 0, nil, 0},
		{"told meanwhile", 77, []x11.Event{pressOn(77, mouse, 1)}, 1},
		{"moved", 77, []x11.Event{event(x11.RawMotion, mouse, mouse, 0)}, 0},
		{"pressed elsewhere", 77, []x11.Event{event(x11.RawMotion, mouse, mouse, 0), left}, 0},
		{"keys", 77, []x11.Event{event(x11.RawKeyPress, mouse, mouse, 38)}, 1},
	} {
		h, n := deaf(t)
		h.event(left)
		asked := h.presses
		for _, e := range c.since {
			h.event(e)
		}
		h.found(asked, c.window, image.Point{})
		h.found(asked, c.window, image.Point{})
		if n.press != c.told {
			t.Errorf("%s: told %d times", c.name, n.press)
		}
	}
}

// TestClock: the server's time wraps, and may step back a little.
func TestClock(t *testing.T) {
	t.Parallel()
	var c clock
	start := c.at(0xffffff00)
	for ms, want := range map[uint32]time.Duration{0xffffff01: 1, 0xfffffefe: -2, 0: 256, 1744: 2000} {
		if got := c.at(ms) - start; got != want*time.Millisecond {
			t.Errorf("%#x: %v, want %v ms", ms, got, want)
		}
	}
}

// flood is what a fast mouse and a keyboard make: a motion with its master's
// copy, and now and then a key.
func flood() []x11.Event {
	e := []x11.Event{event(x11.RawKeyPress, mouse, mouse, 9), event(x11.RawKeyRelease, mouse, mouse, 9)}
	for range 10 {
		e = append(e, event(x11.RawMotion, mouse, mouse, 0), event(x11.RawMotion, master, mouse, 0))
	}
	return append(e, event(x11.RawButtonPress, mouse, mouse, 1), pressOn(77, mouse, 1))
}

// TestEventDoesNotAllocate: whatever comes a thousand times a second.
func TestEventDoesNotAllocate(t *testing.T) {
	h, n := deaf(t)
	all := flood()
	if got := testing.AllocsPerRun(100, func() {
		for _, e := range all {
			h.event(e)
		}
	}); got != 0 {
		t.Errorf("%v allocations in %d events", got, len(all))
	}
	if n.moved == 0 || n.press == 0 || n.stop == 0 {
		t.Errorf("told %+v", n)
	}
}

// BenchmarkEvent is the time from an event in memory to the end of its callback.
func BenchmarkEvent(b *testing.B) {
	h, _ := deaf(b)
	e := event(x11.RawMotion, mouse, mouse, 0)
	b.ReportAllocs()
	for b.Loop() {
		h.event(e)
	}
}
