//go:build linux

package atspitest_test

import (
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"telestrator/privacy/atspi/atspitest"
)

// TestSession asks for the accessibility bus as a program does, and finds that
// all of it ends with the test.
func TestSession(t *testing.T) {
	var accessibility string
	t.Run("while it runs", func(t *testing.T) {
		s := atspitest.StartSession(t)
		c, err := dbus.Connect(s.Address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Object("org.a11y.Bus", "/org/a11y/bus").Call("org.a11y.Bus.GetAddress", 0).Store(&accessibility); err != nil {
			t.Fatal(err)
		}
		bus, err := dbus.Connect(accessibility)
		if err != nil {
			t.Fatal(err)
		}
		defer bus.Close()
		registry := bus.Object("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
		if v, err := registry.GetProperty("org.a11y.atspi.Accessible.ChildCount"); err != nil || v.Value() != int32(0) {
			t.Errorf("the registry of a new session has %v children, error %v", v, err)
		}
		s.Kill(t, atspitest.Registry)
		s.KillBus(t)
	})
	for range 100 {
		if c, err := dbus.Connect(accessibility); err != nil {
			return
		} else {
			c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the accessibility bus has outlived the test")
}
