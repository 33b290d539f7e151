package desk

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"syscall"
)

// Loopback refuses every host that is not this machine: there are no
// identities yet, and without them a desk elsewhere could be anybody.
func Loopback(host string) error {
	if addr, err := netip.ParseAddr(host); host == "localhost" || err == nil && addr.IsLoopback() {
		return nil
	}
	return fmt.Errorf("desk: %q is not this machine: until identities exist, desk and devices meet on loopback addresses only", host)
}

// loopbackOnly refuses the address that a name has led to. It fits net.Dialer.
func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("desk: dial %q: %w", address, err)
	}
	return Loopback(host)
}

// origin reads a desk's URL: scheme and host, nothing behind them.
func origin(desk string) (*url.URL, error) {
	u, err := url.Parse(desk)
	if err != nil {
		return nil, fmt.Errorf("desk: the desk's URL: %w", err)
	}
	bare := url.URL{Scheme: u.Scheme, Host: u.Host}
	if u.Path == "/" {
		u.Path = ""
	}
	if (u.Scheme != "http" && u.Scheme != "https") || *u != bare {
		return nil, fmt.Errorf("desk: the desk's URL is http://HOST:PORT and nothing more")
	}
	return u, Loopback(u.Hostname())
}
