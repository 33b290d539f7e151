package x11

// The core protocol's requests on properties.
const (
	opInternAtom     = 16
	opChangeProperty = 18
	opGetProperty    = 20
)

// Atoms that every server knows.
const (
	AtomCardinal        = 6
	AtomResourceManager = 23 // on the root: the user's settings for programs, a STRING
	AtomString          = 31
	AtomName            = 39 // a window's title
	AtomClass           = 67 // WM_CLASS: a window's program
)

// AskAtom asks for the number of a name, which Atom reads.
func (c *Conn) AskAtom(name string) {
	c.sendBytes(opInternAtom, 0, []byte(name), uint32(len(name)))
	c.asked = append(c.asked, c.seq)
}

// Atom waits for the answer to AskAtom.
func (c *Conn) Atom() (uint32, error) {
	m, err := c.Wait()
	if err != nil {
		return 0, err
	}
	return le.Uint32(m[8:]), nil
}

// SetText gives a window a property of bytes.
func (c *Conn) SetText(window, property, kind uint32, text string) {
	c.sendBytes(opChangeProperty, 0, []byte(text), window, property, kind, 8, uint32(len(text)))
}

// SetNumber gives a window a property of one number.
func (c *Conn) SetNumber(window, property, number uint32) {
	c.send(opChangeProperty, 0, window, property, AtomCardinal, 32, 1, number)
}

// AskText asks for a window's property of bytes, at most so many of them, which
// Text reads.
func (c *Conn) AskText(window, property, kind uint32, most int) {
	c.ask(opGetProperty, 0, window, property, kind, 0, uint32(most/4))
}

// Text waits for the answer to AskText. It is empty where there is no such
// property.
func (c *Conn) Text() (string, error) {
	m, err := c.Wait()
	if err != nil || m[1] != 8 {
		return "", err
	}
	return string(m[headSize:][:min(len(m)-headSize, int(le.Uint32(m[16:])))]), nil
}
