package capture

// MaxOnly is how many windows an Only can be told to show.
const MaxOnly = 1024

// Only is a Source that can show nothing but chosen windows.
type Only interface {
	Source

	// Only, while on, has nothing in the picture but these windows on the root,
	// by the display's numbers for them. From the next Grab on each shows its own
	// pixels, whole, whether other windows cover it or not, over those of them
	// that lie below it and over grey. Everything else, the root too, is as if it
	// were not there, and is not read. It belongs to the goroutine that grabs.
	// When it is turned on the last Frame ends.
	//
	// Windows may be named before they are shown. A number whose window has ended
	// shows nothing, even if another window gets it, until it is left out of a
	// call and named again in a later one.
	//
	// A window that is chosen, comes up or has got another size has pixels of what
	// was on the screen before. So it is painted grey, on the screen too, and
	// asked to paint itself once more: it is seen, as programs are supposed to do
	// that at any time, after a moment. One whose size changes is grey in the
	// picture alone, until it keeps its size for a tenth of a second.
	//
	// It fails where the display cannot do it: then there is no picture until a
	// later call succeeds.
	Only(windows []uint32, on bool) error

	// CanOnly says beforehand why the display cannot do it; nil means it can.
	CanOnly() error
}
