package privacy

import (
	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// busProperty of the root window tells programs where the accessibility bus is.
// Some toolkits, Qt 5 among them, look nowhere else. The launcher of the bus
// writes it, if it is started with a display.
const busProperty = "AT_SPI_BUS"

// announce writes the property where it is missing, for programs that start from
// now on. Failing is no harm: nobody can vouch for those then.
func (x *connection) announce(session string) {
	name, err := x.atom(busProperty)
	if err != nil {
		return
	}
	there, err := xproto.GetProperty(x.c, false, x.root, name, xproto.GetPropertyTypeAny, 0, 1).Reply()
	if err != nil || there.Type != xproto.AtomNone {
		return
	}
	if address, err := atspi.Address(session); err == nil {
		xproto.ChangeProperty(x.c, xproto.PropModeReplace, x.root, name, xproto.AtomString, 8, uint32(len(address)), []byte(address))
	}
}
