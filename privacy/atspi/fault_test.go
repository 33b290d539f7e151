//go:build linux

package atspi

import (
	"context"
	"errors"
	"syscall"
	"testing"
	"time"
)

// TestStoppedProgram asks a program that hangs: the scan ends with its context,
// and no question is asked until the program has answered those it owes.
func TestStoppedProgram(t *testing.T) {
	d := newDesk(t)
	app := d.Start(t, d.display.Name(), "zenity", "--password")
	d.until(t, GTK3, "the dialog", func(s *Scan) bool { return len(s.Secrets) == 1 })
	name := d.bus.Apps(nil)[0].Name
	if err := app.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ctx, end := context.WithTimeout(t.Context(), 100*time.Millisecond)
		if s, err := d.bus.Scan(ctx, name); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a program that hangs answered %+v, error %v", s, err)
		}
		end()
	}
	if err := d.bus.Ping(t.Context()); err != nil {
		t.Errorf("the registry: %v", err)
	}
	if err := app.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	d.until(t, GTK3, "the dialog again", func(s *Scan) bool { return len(s.Secrets) == 1 })
}

func TestProgramThatEnds(t *testing.T) {
	d := newDesk(t)
	app := d.Start(t, d.display.Name(), "zenity", "--password")
	d.until(t, GTK3, "the dialog", func(s *Scan) bool { return len(s.Secrets) == 1 })
	name := d.bus.Apps(nil)[0].Name
	drain(d.bus.Changed())
	if err := app.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for len(d.bus.Apps(nil)) > 0 {
		select {
		case <-d.bus.Changed():
		case <-time.After(patience):
			t.Fatal("the program that ended is still there")
		}
	}
	if _, err := d.bus.Scan(t.Context(), name); !errors.Is(err, ErrNoProgram) {
		t.Errorf("scan of a program that has ended: %v", err)
	}
}

func drain(c <-chan struct{}) {
	select {
	case <-c:
	default:
	}
}

// TestPartsThatEnd kills what the session's accessibility is made of. Whoever
// follows is told, and opens again.
func TestPartsThatEnd(t *testing.T) {
	for name, kill := range map[string]func(*testing.T, *desk){
		"registry": func(t *testing.T, d *desk) { d.Kill(t, "at-spi2-registryd") },
		"bus":      func(t *testing.T, d *desk) { d.KillBus(t) },
		"launcher": func(t *testing.T, d *desk) { d.Kill(t, "at-spi-bus-launcher"); d.Kill(t, "dbus-daemon") },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			ended := make(chan error, 1)
			b, err := Open(d.Address)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			go func() { ended <- b.Run(t.Context()) }()
			if err := b.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			kill(t, d)
			if err := <-ended; !errors.Is(err, ErrGone) {
				t.Errorf("Run ended with %v", err)
			}
			if err := b.Ping(t.Context()); !errors.Is(err, ErrGone) {
				t.Errorf("Ping: %v", err)
			}
			if name == "registry" {
				again := openBus(t, d.Address)
				if err := again.Ping(t.Context()); err != nil {
					t.Errorf("opened again: %v", err)
				}
			}
		})
	}
}

// TestNoSession is opened where there is nothing.
func TestNoSession(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	for _, address := range []string{"", "unix:path=/nowhere/bus", "nonsense"} {
		if b, err := Open(address); err == nil {
			b.Close()
			t.Errorf("opened %q", address)
		}
	}
}

// TestManyAsk has scans of the same program and of others at the same time.
func TestManyAsk(t *testing.T) {
	d := newDesk(t)
	for range 2 {
		d.Start(t, d.display.Name(), "zenity", "--password")
	}
	for len(d.bus.Apps(nil)) < 2 {
		<-d.bus.Changed()
	}
	errs := make(chan error)
	for i := range 20 {
		go func() {
			began := time.Now()
			s, err := d.bus.Scan(context.Background(), d.bus.Apps(nil)[i%2].Name)
			if err == nil && s.Began.Before(began) {
				err = errors.New("the answer is older than the question")
			}
			errs <- err
		}()
	}
	for range 20 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
