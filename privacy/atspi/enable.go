package atspi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/godbus/dbus/v5"
)

// The switch of accessibility, at the launcher of its bus.
const (
	statusName     = "org.a11y.Bus"
	statusPath     = "/org/a11y/bus"
	statusProperty = "org.a11y.Status.IsEnabled"
	statusWithin   = 5 * time.Second // the first call starts the launcher
)

// Enable switches accessibility on in the D-Bus session at an address, or that
// of the environment where it is empty: programs that start from now on are on
// the bus. It says whether it was on before.
func Enable(session string) (before bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), statusWithin)
	defer cancel()
	address, err := sessionAddress(session)
	if err != nil {
		return false, err
	}
	conn, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return false, fmt.Errorf("atspi: the D-Bus session does not answer: %w", err)
	}
	defer conn.Close()
	status := conn.Object(statusName, statusPath)
	if value, err := status.GetProperty(statusProperty); err != nil {
		return false, launcher(err)
	} else if on, ok := value.Value().(bool); ok && on {
		return true, nil
	}
	return false, launcher(status.SetProperty(statusProperty, dbus.MakeVariant(true)))
}

// sessionAddress is where a D-Bus session is. It never starts one.
func sessionAddress(given string) (string, error) {
	if address := cmp.Or(given, os.Getenv("DBUS_SESSION_BUS_ADDRESS")); address != "" {
		return address, nil
	}
	socket := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")
	if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
		return "unix:path=" + socket, nil
	}
	return "", errors.New("atspi: there is no D-Bus session: DBUS_SESSION_BUS_ADDRESS is not set; start this in the user's own session")
}

// launcher says what is missing where nobody has the switch.
func launcher(err error) error {
	var refused dbus.Error
	if errors.As(err, &refused) && refused.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return errors.New("atspi: the D-Bus session has no accessibility bus: install at-spi2-core")
	}
	if err != nil {
		return fmt.Errorf("atspi: accessibility cannot be switched on: %w", err)
	}
	return nil
}
