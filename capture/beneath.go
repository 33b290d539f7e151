package capture

// Beneath is a Source that can look beneath windows.
type Beneath interface {
	Source

	// Beneath takes windows, by the display's numbers for them, out of the
	// picture: from the next Grab on it shows what lies beneath them, exactly
	// and as it changes. None: all windows are in the picture again. It belongs
	// to the goroutine that grabs. Windows that are not on the screen cover
	// nothing, and may be named before they are shown.
	//
	// Three things are not as they would be without these windows, there where
	// they lie: of the root its background is seen, not what programs drew on it
	// otherwise; with a compositor, its shadows and other effects are missing;
	// and a window that has just come up, and whose program has not painted yet,
	// may show what was on the screen before.
	//
	// It fails where the display cannot do it: then they would be in the picture.
	Beneath(windows []uint32) error

	// CanBeneath says beforehand why the display cannot do it; nil means it can.
	CanBeneath() error
}
