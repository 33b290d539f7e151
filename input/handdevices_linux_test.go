package input_test

import (
	"slices"
	"strings"
	"testing"

	"telestrator/input/inputtest"
	"telestrator/x11"
)

// device finds a device of the display by its name.
func (r *rig) device(name string) x11.Device {
	r.t.Helper()
	c, err := x11.Dial(r.display.Name())
	r.do(err)
	defer c.Close()
	devices, err := x11.OpenDevices(c)
	r.do(err)
	all, err := devices.List()
	r.do(err)
	i := slices.IndexFunc(all, func(d x11.Device) bool { return d.Name == name })
	if i < 0 {
		r.t.Fatalf("no device %q among %v", name, all)
	}
	return all[i]
}

// tap presses and releases a key of a device, as the server's own XTEST does
// for the injecting devices.
func (r *rig) tap(device x11.Device, key byte) {
	r.t.Helper()
	c, err := x11.Dial(r.display.Name())
	r.do(err)
	defer c.Close()
	fake, err := x11.OpenFake(c)
	r.do(err)
	fake.Key(device.ID, key, true)
	fake.Key(device.ID, key, false)
	r.do(c.Check())
}

// untilIgnored taps a device's key until the Hand has learnt that it injects.
// Until then it counts, as every device does that nobody knows.
func (r *rig) untilIgnored(device x11.Device) {
	r.t.Helper()
	for range 1000 {
		r.tap(device, inputtest.KeyA)
		r.do(r.user.Type(chordKeys...))
		got := r.take(len(chordTold))
		if slices.Equal(got, chordTold) {
			return
		}
		got = append(got, r.take(2)...)
		if want := append([]string{moved, moved}, chordTold...); !slices.Equal(got, want) {
			r.t.Fatalf("told %v, want %v", got, want)
		}
	}
	r.t.Fatalf("%q still counts", device.Name)
}

// TestDevicesComeAndGo: injecting devices that come later do not count either,
// and the user's own go on counting.
func TestDevicesComeAndGo(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.display.Run(t, "xinput", "create-master", "second")
	injecting := r.device("second XTEST keyboard")
	r.untilIgnored(injecting)
	r.display.Run(t, "xinput", "remove-master", "second pointer")
	r.expectOnly("after removal")
	r.display.Run(t, "xinput", "create-master", "third")
	r.untilIgnored(r.device("third XTEST keyboard"))
}

// TestDevicesTakenAway: a program may take the keyboard from its master, so that
// it types nowhere. The user's hand is seen all the same.
func TestDevicesTakenAway(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.display.Run(t, "xinput", "float", "Xvfb keyboard")
	if got := r.device("Xvfb keyboard"); got.Use != x11.UseFloating {
		t.Fatalf("the keyboard is not taken away: %v", got)
	}
	r.expectOnly("taken away")
	r.display.Run(t, "xinput", "reattach", "Xvfb keyboard", "Virtual core keyboard")
	r.expectOnly("back again")
}

// TestDevicesDisguised: a program may give the user's keyboard the mark of the
// injecting devices. It counts all the same, for it has not their name.
func TestDevicesDisguised(t *testing.T) {
	t.Parallel()
	old := newRig(t)
	old.display.Run(t, "xinput", "set-prop", "--type=int", "--format=8", "Xvfb keyboard", "XTEST Device", "1")
	if got := old.display.Run(t, "xinput", "list-props", "Xvfb keyboard"); !strings.Contains(got, "XTEST Device") {
		t.Fatalf("the keyboard is not disguised: %s", got)
	}
	r := prepareRig(t, old.display.Name(), old.user) // which looks up all devices
	r.run()
	r.expectOnly("disguised")
}

// TestDevicesNamed: a name alone makes no injecting device.
func TestDevicesNamed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.display.Run(t, "xinput", "create-master", "my XTEST")
	c, err := x11.Dial(r.display.Name())
	r.do(err)
	defer c.Close()
	devices, err := x11.OpenDevices(c)
	r.do(err)
	all, err := devices.List()
	r.do(err)
	ids, err := devices.Test(all)
	r.do(err)
	var names []string
	for _, d := range all {
		if slices.Contains(ids, d.ID) {
			names = append(names, d.Name)
		}
	}
	want := []string{"Virtual core XTEST pointer", "Virtual core XTEST keyboard", "my XTEST XTEST pointer", "my XTEST XTEST keyboard"}
	if slices.Sort(names); !slices.Equal(names, slices.Sorted(slices.Values(want))) {
		t.Errorf("injecting: %v, want %v", names, want)
	}
}

// TestDevicesDisabled: after a device was off and on again it counts as before.
func TestDevicesDisabled(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.do(r.user.Key(inputtest.KeyControl, true))
	r.expect("control", moved)
	r.display.Run(t, "xinput", "disable", "Xvfb keyboard")
	r.expect("the server lifts it", moved)
	r.display.Run(t, "xinput", "enable", "Xvfb keyboard")
	r.display.Run(t, "xinput", "reattach", "Xvfb keyboard", "Virtual core keyboard")
	r.do(r.user.Type(chordKeys[1:]...))
	r.expect("without control", moved, moved, moved, moved, moved, moved)
	r.expectOnly("with it")
}
