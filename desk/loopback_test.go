package desk

import "testing"

// A name that leads elsewhere is stopped where its address is dialled.
func TestLoopbackOnly(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"127.0.0.1:80":         true,
		"127.1.2.3:80":         true,
		"[::1]:80":             true,
		"[::ffff:127.0.0.1]:1": true,
		"192.0.2.1:80":         false,
		"[2001:db8::1]:80":     false,
		"[::]:80":              false,
		"0.0.0.0:80":           false,
		"127.0.0.1":            false,
	} {
		if err := loopbackOnly("tcp", address, nil); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
}
