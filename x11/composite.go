package x11

// COMPOSITE's requests, and who shows a redirected window.
const (
	compositeRedirect    = 1
	compositeRedirectAll = 2
	compositeRestoreAll  = 4
	compositeNamePixmap  = 6
	automatic            = 0
	manual               = 1
)

// Composite is the COMPOSITE extension: windows with pixels of their own, also
// where others cover them.
type Composite struct {
	ext extension
	c   *Conn
}

// OpenComposite starts COMPOSITE 0.2; nil where the server lacks it.
func OpenComposite(c *Conn) (*Composite, error) {
	ext, err := c.open("Composite", 0, 2)
	if ext == nil || err != nil {
		return nil, err
	}
	return &Composite{*ext, c}, nil
}

// RedirectAll gives every window on the root pixels of its own. The server
// shows them as before.
func (x *Composite) RedirectAll() {
	x.c.send(x.ext.major, compositeRedirectAll, x.c.Setup.Root, automatic)
}

// RestoreAll undoes RedirectAll.
func (x *Composite) RestoreAll() {
	x.c.send(x.ext.major, compositeRestoreAll, x.c.Setup.Root, automatic)
}

// Conceal gives a window pixels of its own that nobody shows: it covers nothing
// and is not seen.
func (x *Composite) Conceal(window uint32) {
	x.c.send(x.ext.major, compositeRedirect, window, manual)
}

// NamePixmap makes pixmap, a new number, the pixels of a window that is seen
// and has its own. They lie around its border. A later size has other pixels.
func (x *Composite) NamePixmap(window, pixmap uint32) {
	x.c.send(x.ext.major, compositeNamePixmap, window, pixmap)
}
