package x11

// XInput's requests and events.
const (
	xiSelectEvents = 46
	xiQueryVersion = 47
	xiAllMasters   = 1  // every pointer and keyboard that moves a cursor
	xiMotion       = 6  // the pointer moved over a window whose owner does not care
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

// WatchMotion asks for events when the pointer moves: by a device, wherever it
// is, or because a program displaced it, unless over a window of a program that
// wants to know of its movement.
func (i *Input) WatchMotion() {
	i.c.send(i.ext.major, xiSelectEvents, i.c.Setup.Root, 1, pair(xiAllMasters, 1), 1<<xiMotion|1<<xiRawMotion)
}

// Moved says that e is such an event.
func (i *Input) Moved(e Event) bool {
	if e[0]&127 != kindGeneric || e[1] != i.ext.major {
		return false
	}
	kind := le.Uint16(e[8:])
	return kind == xiMotion || kind == xiRawMotion
}
