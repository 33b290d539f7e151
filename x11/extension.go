package x11

// queryVersion is the number of the request by which client and server agree
// on a version, in all extensions used here but MIT-SHM and XInput.
const queryVersion = 0

// open finds an extension and agrees on a version of it. It returns nil where
// the server has none, or an older one.
func (c *Conn) open(name string, major, minor uint32) (*extension, error) {
	ext, present, err := c.extension(name)
	if err != nil || !present {
		return nil, err
	}
	c.ask(ext.major, queryVersion, major, minor)
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	if has := le.Uint32(m[8:]); has < major || has == major && le.Uint32(m[12:]) < minor {
		return nil, nil
	}
	return &ext, nil
}
