package x11

import (
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// cookieName is the one way of authentication that is spoken here.
const cookieName = "MIT-MAGIC-COOKIE-1"

// maxAuthority bounds the authority file, in bytes.
const maxAuthority = 1 << 20

// Families of addresses in an authority file.
const (
	familyInternet  = 0
	familyInternet6 = 6
	familyLocal     = 256 // the address is a host's name
	familyWild      = 65535
)

// peer is whom an entry of the authority file must be about.
type peer struct {
	host   string // this computer's name
	ip     net.IP // of a server reached by TCP
	number string // of the display
}

// cookie finds the secret for the server that c is connected to, or nil: many
// servers admit their own user without one.
func (c *Conn) cookie(at name) []byte {
	file := os.Getenv("XAUTHORITY")
	if file == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil
		}
		file = filepath.Join(home, ".Xauthority")
	}
	if info, err := os.Stat(file); err != nil || info.Size() > maxAuthority {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	p := peer{number: strconv.Itoa(at.number)}
	p.host, _ = os.Hostname()
	if tcp, ok := c.nc.RemoteAddr().(*net.TCPAddr); ok {
		p.ip = tcp.IP
	}
	return findCookie(data, p)
}

// findCookie returns the first cookie in an authority file that fits p.
func findCookie(data []byte, p peer) []byte {
	for len(data) > 2 {
		family := binary.BigEndian.Uint16(data)
		rest := data[2:]
		var field [4][]byte // address, display number, name, secret
		for i := range field {
			var ok bool
			if field[i], rest, ok = counted(rest); !ok {
				return nil
			}
		}
		if string(field[2]) == cookieName && p.fits(family, field[0], string(field[1])) {
			return field[3]
		}
		data = rest
	}
	return nil
}

func (p peer) fits(family uint16, address []byte, number string) bool {
	if number != "" && number != p.number {
		return false
	}
	switch family {
	case familyWild:
		return true
	case familyLocal:
		return string(address) == p.host && (p.ip == nil || p.ip.IsLoopback())
	case familyInternet, familyInternet6:
		return p.ip != nil && p.ip.Equal(net.IP(address))
	}
	return false
}

// counted takes bytes with a 16-bit length before them.
func counted(data []byte) (field, rest []byte, ok bool) {
	if len(data) < 2 {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint16(data))
	if len(data) < 2+n {
		return nil, nil, false
	}
	return data[2 : 2+n], data[2+n:], true
}
