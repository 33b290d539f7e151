package x11

import "image"

// RANDR's requests, and the events it may send.
const (
	randrSelect      = 4
	randrGetMonitors = 42
	randrEvents      = 2     // ScreenChange and Notify
	randrMask        = 1 | 2 // screen and CRTC changes
)

// monitorSize is the length of a monitor in a reply, without its outputs.
const monitorSize = 24

// Randr is the RANDR extension: sizes and monitors.
type Randr struct {
	ext extension
	c   *Conn
}

// OpenRandr starts RANDR 1.5; nil where the server lacks it.
func OpenRandr(c *Conn) (*Randr, error) {
	ext, err := c.open("RANDR", 1, 5)
	if ext == nil || err != nil {
		return nil, err
	}
	return &Randr{*ext, c}, nil
}

// Watch asks for events when the screen or what drives a monitor changes.
func (r *Randr) Watch() { r.c.send(r.ext.major, randrSelect, r.c.Setup.Root, randrMask) }

// Changed says that e is such an event.
func (r *Randr) Changed(e Event) bool { return (e[0]&127)-r.ext.event < randrEvents }

// AskMonitors asks for the active monitors, which Monitors reads.
func (r *Randr) AskMonitors() { r.c.ask(r.ext.major, randrGetMonitors, r.c.Setup.Root, 1) }

// Monitors waits for the answer to AskMonitors: the parts of the root that the
// monitors show, cut to bounds, the primary one first.
func (r *Randr) Monitors(bounds image.Rectangle) ([]image.Rectangle, error) {
	m, err := r.c.Wait()
	if err != nil {
		return nil, err
	}
	var all []image.Rectangle
	for b := m[headSize:]; len(b) >= monitorSize; {
		at := image.Pt(short(b[8:]), short(b[10:]))
		size := image.Pt(int(le.Uint16(b[12:])), int(le.Uint16(b[14:])))
		if part := (image.Rectangle{at, at.Add(size)}).Intersect(bounds); !part.Empty() {
			all = append(all, part)
			if primary := b[4] != 0; primary {
				all[0], all[len(all)-1] = all[len(all)-1], all[0]
			}
		}
		b = b[min(len(b), monitorSize+4*int(le.Uint16(b[6:]))):]
	}
	return all, nil
}
