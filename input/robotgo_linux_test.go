//go:build robotgo

package input

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/x11"
)

// openRobotgo opens the rig's display through robotgo, which has one display
// for the whole process: these tests do not run beside each other.
func (r *rig) openRobotgo() *robot {
	r.t.Helper()
	r.t.Setenv("DISPLAY", "") // is as before after the test
	x, err := OpenRobotgo(r.Name())
	r.must(err)
	r.t.Cleanup(func() { x.Close() })
	return x.(*robot)
}

func TestRobotgo(t *testing.T) {
	r := newRig(t)
	r.watch()
	x := r.openRobotgo()
	r.must(x.Move(123, 234))
	r.must(x.Button(2, true))
	r.must(x.Wheel(-1, 1))
	r.must(x.Key("ControlLeft", true))
	r.must(x.Key("KeyA", true))
	r.must(x.Release())
	events := r.seen()
	at, ok := events[0].(xproto.MotionNotifyEvent)
	if !ok || at.RootX != 123 || at.RootY != 234 {
		t.Errorf("moved to 123,234, the program saw %v", events[0])
	}
	if got := buttons(events); !slices.Equal(got, []int{3, 6, -6, 5, -5, -3}) {
		t.Errorf("the program saw the buttons %v", got)
	}
	if got, want := keys(events), []string{"+ControlLeft", "ctrl +KeyA", "ctrl -KeyA", "ctrl -ControlLeft"}; !slices.Equal(got, want) {
		t.Errorf("the program saw the keys %q, want %q", got, want)
	}
	r.must(x.Key("ShiftLeft", true))
	n, err := x.Text("abc\n")
	r.must(err)
	if n != 4 {
		t.Errorf("%d bytes typed", n)
	}
	if got, want := keys(r.seen()), []string{"+ShiftLeft", "shift -ShiftLeft", "+KeyA", "-KeyA", "+KeyB", "-KeyB", "+KeyC", "-KeyC", "+Enter", "-Enter", "+ShiftLeft"}; !slices.Equal(got, want) {
		t.Errorf("the program saw the keys %q, want %q", got, want)
	}
	r.must(x.Release())
	r.is("at the end")
}

// Every code that robotgo has a name for is a key that it knows.
func TestRobotgoKeys(t *testing.T) {
	r := newRig(t)
	r.watch()
	x := r.openRobotgo()
	known := 0
	for code := range codes {
		if err := x.Key(code, true); err != nil {
			x.Release()
			continue
		}
		r.must(x.Key(code, false))
		if strings.HasSuffix(code, "Lock") { // open it again
			r.must(x.Key(code, true))
			r.must(x.Key(code, false))
		}
		known++
		got := keys(r.seen())
		if len(got) < 2 || got[0] != "+"+code {
			t.Logf("%s: the program saw %q", code, got)
		}
	}
	t.Logf("%d of %d codes", known, len(codes))
}

// robotgo would go on with another display than the one that is named.
func TestRobotgoDisplay(t *testing.T) {
	d := capturetest.StartXvfb(t, "64x64x24")
	t.Setenv("DISPLAY", d.Name())
	for _, name := range []string{"", ":29999", "nonsense"} {
		if x, err := OpenRobotgo(name); err == nil {
			x.Close()
			t.Errorf("display %q: opened", name)
		}
	}
	x, err := OpenRobotgo(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	x.Close()
}

// deviceMotions counts the movements of devices that injection makes, as the
// watch over the user's hand sees them.
func (r *rig) deviceMotions(inject func()) (count int64) {
	r.t.Helper()
	c, err := x11.Dial(r.Name())
	r.must(err)
	in, err := x11.OpenInput(c)
	r.must(err)
	in.WatchMotion()
	r.must(c.Check())
	c.Handover()
	var seen atomic.Int64
	var pump sync.WaitGroup
	pump.Go(func() {
		c.Pump(func(e x11.Event) {
			const raw = 17
			if in.Moved(e) && le.Uint16(e[8:]) == raw {
				seen.Add(1)
			}
		})
	})
	defer pump.Wait()
	defer c.Close()
	inject()
	r.must(r.x.sync())
	r.must(c.Check())
	return seen.Load()
}

// The movements that XTEST makes are those of a device; robotgo's are not.
func TestRobotgoMovesNoDevice(t *testing.T) {
	r := newRig(t)
	x := r.openRobotgo()
	for name, test := range map[string]struct {
		by   Injector
		want int64
	}{"XTEST": {r.x, 10}, "robotgo": {x, 0}} {
		got := r.deviceMotions(func() {
			for i := range 10 {
				r.must(test.by.Move(i, i))
			}
		})
		if got != test.want {
			t.Errorf("%s: 10 movements are %d of a device, want %d", name, got, test.want)
		}
	}
}

// What is typed by each, compared in one run.
func TestRobotgoText(t *testing.T) {
	r := newRig(t)
	x := r.openRobotgo()
	for _, test := range []struct {
		name string
		by   Injector
	}{{"XTEST", r.x}, {"robotgo", x}} {
		p := r.ask()
		_, err := test.by.Text(thirty)
		r.must(err)
		r.WaitStill(t)
		r.must(r.x.Key("Enter", true))
		r.must(r.x.Key("Enter", false))
		got := p.typed()
		t.Logf("%-8s types %q as %q", test.name, thirty, got)
		if test.name == "XTEST" && got != thirty {
			t.Errorf("got %q, want %q", got, thirty)
		}
	}
}

// BenchmarkRobotgo compares the two in one run; see BenchmarkXTEST.
func BenchmarkRobotgo(b *testing.B) {
	r := newRig(b)
	r.window(0, 0, 640, 480)
	for _, test := range []struct {
		name string
		by   Injector
		done func()
	}{
		{"XTEST", r.x, func() { r.must(r.x.sync()) }},
		{"robotgo", r.openRobotgo(), func() {}}, // it waits for each event by itself
	} {
		bench(b, "motion/"+test.name, func(i int) { r.must(test.by.Move(i%640, i%480)); test.done() })
		bench(b, "click/"+test.name, func(int) {
			r.must(test.by.Button(0, true))
			r.must(test.by.Button(0, false))
			test.done()
		})
		bench(b, "key/"+test.name, func(int) {
			r.must(test.by.Key("KeyA", true))
			r.must(test.by.Key("KeyA", false))
			test.done()
		})
		bench(b, "30 characters/"+test.name, func(int) {
			_, err := test.by.Text(thirty)
			r.must(err)
			test.done()
		})
	}
}
