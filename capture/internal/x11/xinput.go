package x11

// XInput's requests and events.
const (
	xiSelectEvents = 46
	xiQueryVersion = 47
	xiAllMasters   = 1  // every pointer and keyboard that moves a cursor
	xiRawMotion    = 17 // a pointing device moved, whatever window it is over
)

// Input is the XInput extension, version 2: news from the devices themselves.
type Input struct {
	ext extension
	c   *Conn
}

// OpenInput starts XInput 2.1, which reports movement also while a program has
// grabbed the pointer; nil where the server lacks it.
func OpenInput(c *Conn) (*Input, error) {
	ext, present, err := c.extension("XInputExtension")
	if err != nil || !present {
		return nil, err
	}
	c.ask(ext.major, xiQueryVersion, pair(2, 1))
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	if le.Uint16(m[8:]) < 2 || le.Uint16(m[8:]) == 2 && le.Uint16(m[10:]) < 1 {
		return nil, nil
	}
	return &Input{ext, c}, nil
}

// WatchMotion asks for an event whenever a pointing device moves.
func (i *Input) WatchMotion() {
	i.c.send(i.ext.major, xiSelectEvents, i.c.Setup.Root, 1, pair(xiAllMasters, 1), 1<<xiRawMotion)
}

// Moved says that e is such an event.
func (i *Input) Moved(e Event) bool {
	return e[0]&127 == kindGeneric && e[1] == i.ext.major && le.Uint16(e[8:]) == xiRawMotion
}
