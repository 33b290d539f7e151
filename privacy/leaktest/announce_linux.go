package leaktest

import (
	"github.com/godbus/dbus/v5"
	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi/atspitest"
)

// announce writes the address of the accessibility bus on the root window, as
// the launcher of that bus does where it is started with a display. Qt looks
// for it there.
func (d desk) announce(session *atspitest.Session) {
	d.tb.Helper()
	c, err := dbus.Connect(session.Address)
	if err != nil {
		d.tb.Fatalf("leaktest: %v", err)
	}
	defer c.Close()
	var address string
	if err := c.Object("org.a11y.Bus", "/org/a11y/bus").Call("org.a11y.Bus.GetAddress", 0).Store(&address); err != nil {
		d.tb.Fatalf("leaktest: the accessibility bus: %v", err)
	}
	const name = "AT_SPI_BUS"
	atom, err := xproto.InternAtom(d.c, false, uint16(len(name)), name).Reply()
	if err == nil {
		root := xproto.Setup(d.c).DefaultScreen(d.c).Root
		err = xproto.ChangePropertyChecked(d.c, xproto.PropModeReplace, root, atom.Atom, xproto.AtomString, 8,
			uint32(len(address)), []byte(address)).Check()
	}
	if err != nil {
		d.tb.Fatalf("leaktest: %s: %v", name, err)
	}
}
