package x11

// SHAPE's requests and event used here.
const (
	shapeExtents = 5
	shapeSelect  = 6
	shapeNotify  = 0 // after its first event
)

// Shapes is the SHAPE extension: news of windows' shapes. They are set by XFIXES.
type Shapes struct {
	ext extension
	c   *Conn
}

// OpenShapes starts SHAPE; nil where the server lacks it.
func OpenShapes(c *Conn) (*Shapes, error) {
	ext, present, err := c.extension("SHAPE")
	if err != nil || !present {
		return nil, err
	}
	return &Shapes{ext, c}, nil
}

// Watch asks for events when a window's shape changes.
func (s *Shapes) Watch(window uint32) { s.c.send(s.ext.major, shapeSelect, window, 1) }

// Ignore asks for no more such events.
func (s *Shapes) Ignore(window uint32) { s.c.send(s.ext.major, shapeSelect, window, 0) }

// Changed is the window whose seen shape changed, or 0: then e is another event.
func (s *Shapes) Changed(e Event) (window uint32) {
	if e[0]&127 != s.ext.event+shapeNotify || Shape(e[1]) == ShapeInput {
		return 0
	}
	return le.Uint32(e[4:])
}

// AskShaped asks whether a window has another shape than its rectangle, which
// Shaped reads.
func (s *Shapes) AskShaped(window uint32) { s.c.ask(s.ext.major, shapeExtents, window) }

// Shaped waits for the answer to AskShaped.
func (s *Shapes) Shaped() (bool, error) {
	m, err := s.c.Wait()
	if err != nil {
		return false, err
	}
	return m[8] != 0, nil
}
