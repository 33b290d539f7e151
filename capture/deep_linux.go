package capture

import (
	"fmt"
	"slices"
	"strconv"

	"telestrator/x11"
)

// deep is what a server needs so that one can look at windows' own pixels.
type deep struct {
	composite  *x11.Composite // nil where the server has none
	render     *x11.Render    // nil where the server has none
	shapes     *x11.Shapes    // nil where the server has none
	fixes      *x11.Fixes
	compositor uint32   // the selection that a compositor owns
	paper      uint32   // the property of the root that names the pixmap of its background
	backdrops  []uint32 // it and others by which programs tell of a new one
}

// openDeep opens the extensions and learns the names.
func openDeep(c *x11.Conn, fixes *x11.Fixes) (d deep, err error) {
	d.fixes = fixes
	if d.composite, err = x11.OpenComposite(c); err != nil {
		return d, err
	}
	if d.render, err = x11.OpenRender(c); err != nil {
		return d, err
	}
	if d.shapes, err = x11.OpenShapes(c); err != nil {
		return d, err
	}
	return d, d.learn(c)
}

// learn asks for the numbers of names.
func (d *deep) learn(c *x11.Conn) error {
	names := []string{"_NET_WM_CM_S" + strconv.Itoa(c.Setup.Screen), "_XROOTPMAP_ID", "ESETROOT_PMAP_ID", "_XSETROOT_ID"}
	for _, name := range names {
		c.AskAtom(name)
	}
	var atoms []uint32
	for range names {
		atom, err := c.Atom()
		if err != nil {
			return err
		}
		atoms = append(atoms, atom)
	}
	d.compositor, d.paper, d.backdrops = atoms[0], atoms[1], atoms[1:]
	return nil
}

// check says what is missing for a purpose.
func (d *deep) check(purpose string) error {
	for _, e := range []struct {
		name string
		gone bool
	}{{"Composite", d.composite == nil}, {"RENDER", d.render == nil}, {"SHAPE", d.shapes == nil}} {
		if e.gone {
			return fmt.Errorf("capture: %s is %w by an X server without the extension %s", purpose, ErrUnsupported, e.name)
		}
	}
	return nil
}

// watch asks for the events that heard understands.
func (d *deep) watch(c *x11.Conn) {
	c.WatchStack()
	d.fixes.WatchSelection(d.compositor)
}

// ignore asks for none of them any more.
func (d *deep) ignore(c *x11.Conn) {
	c.WatchRoot()
	d.fixes.IgnoreSelection(d.compositor)
}

// heard adds what e says of windows to n. It reports whether e is about windows,
// and whether it is news.
func (d *deep) heard(e x11.Event, root uint32, n *news) (about, new bool) {
	if window := e.Window(); window != 0 && window != root {
		outer, _ := e.Outer()
		return true, n.change(window, change{more: true, remade: e.Remade(), ended: e.Ended(root), outer: outer})
	}
	if slices.Contains(d.backdrops, e.PropertyChanged()) {
		return true, n.backdrop()
	}
	if d.shapes == nil {
		return false, false
	}
	if window := d.shapes.Changed(e); window != 0 {
		return true, n.change(window, change{})
	}
	if d.fixes.SelectionChanged(e) {
		n.anew()
		return true, true
	}
	return false, false
}
