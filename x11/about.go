package x11

import "strconv"

// maxName is how much of a program's name is read, in bytes.
const maxName = 256

const atomWindow = 33

// Has says whether the server has an extension of this name.
func (c *Conn) Has(extension string) (bool, error) {
	_, present, err := c.extension(extension)
	return present, err
}

// Manager is the name of the window manager: empty where there is none, and
// "unnamed" where it does not say. EWMH 1.5, _NET_SUPPORTING_WM_CHECK.
func (c *Conn) Manager() (string, error) {
	check, err := c.atom("_NET_SUPPORTING_WM_CHECK")
	if err != nil || check == 0 {
		return "", err
	}
	c.ask(opGetProperty, 0, c.Setup.Root, check, atomWindow, 0, 1)
	m, err := c.Wait()
	if err != nil || m[1] != 32 || len(m) < headSize+4 {
		return "", err
	}
	return c.named(le.Uint32(m[headSize:])), nil
}

// Compositor is the name of the program that composes the screen, as Manager
// has it. EWMH 1.5, _NET_WM_CM_Sn.
func (c *Conn) Compositor() (string, error) {
	selection, err := c.atom("_NET_WM_CM_S" + strconv.Itoa(c.Setup.Screen))
	if err != nil || selection == 0 {
		return "", err
	}
	c.AskOwner(selection)
	window, err := c.Owner()
	if err != nil || window == 0 {
		return "", err
	}
	return c.named(window), nil
}

// named is what a program calls its window.
func (c *Conn) named(window uint32) string {
	const anyKind = 0
	if property, err := c.atom("_NET_WM_NAME"); err == nil && property != 0 {
		c.AskText(window, property, anyKind, maxName)
		if name, err := c.Text(); err == nil && name != "" {
			return name
		}
	}
	return "unnamed"
}
