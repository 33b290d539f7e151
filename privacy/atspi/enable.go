package atspi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/godbus/dbus/v5"
)

// Enable switches accessibility on in a session as Open does, and says whether
// it was on before. Programs that start from now on are on the bus.
func Enable(session string) (before bool, err error) {
	ctx, done := context.WithTimeout(context.Background(), openPatience)
	defer done()
	_, before, err = enable(ctx, session)
	return before, err
}

// enable switches accessibility on and returns the address of its bus.
func enable(ctx context.Context, session string) (address string, before bool, err error) {
	session = cmp.Or(session, os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	if session == "" {
		return "", false, errors.New("atspi: there is no D-Bus session: DBUS_SESSION_BUS_ADDRESS is not set")
	}
	c, err := dial(ctx, session)
	if err != nil {
		return "", false, fmt.Errorf("atspi: connect to the D-Bus session %s: %w", session, err)
	}
	defer c.Close()
	address, before, err = turnOn(ctx, c.Object("org.a11y.Bus", "/org/a11y/bus"))
	if err != nil {
		err = fmt.Errorf("atspi: switch accessibility on in the session %s: %w", session, missing(err))
	}
	return address, before, err
}

// missing says what to install where nobody has the switch.
func missing(err error) error {
	var refused dbus.Error
	if errors.As(err, &refused) && refused.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return errors.New("it has no accessibility bus; install at-spi2-core")
	}
	return err
}

func turnOn(ctx context.Context, launcher dbus.BusObject) (address string, before bool, err error) {
	const properties = "org.freedesktop.DBus.Properties."
	const status, enabled = "org.a11y.Status", "IsEnabled"
	var was dbus.Variant
	if err := launcher.CallWithContext(ctx, properties+"Get", 0, status, enabled).Store(&was); err != nil {
		return "", false, err
	}
	before, _ = was.Value().(bool)
	if err := launcher.CallWithContext(ctx, properties+"Set", 0, status, enabled, dbus.MakeVariant(true)).Err; err != nil {
		return "", false, err
	}
	err = launcher.CallWithContext(ctx, "org.a11y.Bus.GetAddress", 0).Store(&address)
	return address, before, err
}
