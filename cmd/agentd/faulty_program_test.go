package main

import (
	"fmt"
	"syscall"
	"testing"
	"time"
)

// TestFaultyPlaces looks at a program that says nonsense of where its password
// field is: its window is flat for as long as it does.
func TestFaultyPlaces(t *testing.T) {
	display, session := secretDesk(t)
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
	l := startLiar(t, display, session)
	l.move(100, 100)
	o := d.lookOn(t, display)
	o.clear(bars(100, 100))
	const far, most = 1 << 30, 1<<31 - 1
	for _, lie := range [][4]int{{0, 0, 0, 0}, {200, 200, 0, 30}, {-1, -1, -1, -1}, {110, 110, -280, -30}, {-far, 0, most, most}, {110, 110, 20000, 30}} {
		began := time.Now()
		l.do("lie", lie[:]...)
		t.Logf("a field that is said to be at %v: flat after %v", lie, o.flat(bars(100, 100), began))
		l.do("honest")
		o.clear(bars(100, 100))
	}
	l.do("lie", 0, 0, 0, 0)
	o.flat(bars(100, 100), time.Now())
	o.explain(t, session, display, "It has a password field, and its program does not say where.", "its program does not say where")
	o.saw(t)
}

// TestFaultyProgram stops a program: its window is flat, and the rest goes on at
// full speed.
func TestFaultyProgram(t *testing.T) {
	display, session := secretDesk(t)
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
	tick(t, display, session)
	l := startLiar(t, display, session)
	l.move(100, 100)
	o := d.lookOn(t, display)
	o.clear(bars(100, 100))

	l.signal(syscall.SIGSTOP)
	began, before := time.Now(), o.count()
	l.move(150, 160)
	t.Logf("stopped: its window is flat after %v", o.flat(bars(150, 160), began))
	o.until("another program goes on", func() bool { return o.frames > before+50 })
	t.Logf("meanwhile %.0f pictures/s of another one", float64(o.count()-before)/time.Since(began).Seconds())
	o.explain(t, session, display, "Its program does not answer when it is asked for its password fields.", "does not answer")
	l.signal(syscall.SIGCONT)
	o.clear(bars(150, 160))

	l.surprise(o)
	o.saw(t)
}

// surprise shows the field again and is stopped while it does, or just before or
// after.
func (l *liar) surprise(o *onlooker) {
	l.t.Helper()
	for i := range 4 {
		l.do("vanish")
		o.clear(bars(150, 160))
		_, _ = fmt.Fprintln(l.in, "appear")
		time.Sleep(time.Duration(i*10) * time.Millisecond) // it has painted the field, or not
		l.signal(syscall.SIGSTOP)
		time.Sleep(300 * time.Millisecond)
		l.move(150+i, 160)
		time.Sleep(300 * time.Millisecond)
		l.signal(syscall.SIGCONT)
		l.out.Scan()
	}
}
