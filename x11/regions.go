package x11

// XFIXES's requests on regions beyond those that shapes need.
const (
	fixesWatchSelection = 2
	fixesWindowRegion   = 7
	fixesDestroyRegion  = 10
	fixesCopyRegion     = 12
	fixesIntersect      = 14
	fixesMoveRegion     = 17
	fixesExtents        = 18
	fixesClipPicture    = 22
)

// Events of XFIXES beside the cursor's.
const (
	fixesSelectionNotify = 0 // after its first event
	ownerChanges         = 7 // of a selection: set, its window destroyed, its client gone
)

// WindowRegion makes region, a new number, what is seen of a window where
// nothing covers it, borders included, from the window's own top left.
func (f *Fixes) WindowRegion(region, window uint32) {
	f.c.send(f.ext.major, fixesWindowRegion, region, window, uint32(ShapeSeen))
}

// DestroyRegion gives a region back.
func (f *Fixes) DestroyRegion(region uint32) { f.c.send(f.ext.major, fixesDestroyRegion, region) }

// Copy makes region cover what other covers.
func (f *Fixes) Copy(region, other uint32) {
	f.c.send(f.ext.major, fixesCopyRegion, other, region)
}

// Intersect leaves of region what other covers too.
func (f *Fixes) Intersect(region, other uint32) {
	f.c.send(f.ext.major, fixesIntersect, region, other, region)
}

// Move moves a region by so much.
func (f *Fixes) Move(region uint32, x, y int) {
	f.c.send(f.ext.major, fixesMoveRegion, region, pair(x, y))
}

// Extents makes region the smallest rectangle around other.
func (f *Fixes) Extents(region, other uint32) {
	f.c.send(f.ext.major, fixesExtents, other, region)
}

// ClipPicture restricts what is composed onto a picture to region.
func (f *Fixes) ClipPicture(picture, region uint32) {
	f.c.send(f.ext.major, fixesClipPicture, picture, region, 0)
}

// WatchSelection asks for events when a selection gets or loses its owner.
func (f *Fixes) WatchSelection(selection uint32) {
	f.c.send(f.ext.major, fixesWatchSelection, f.c.Setup.Root, selection, ownerChanges)
}

// IgnoreSelection asks for no more such events.
func (f *Fixes) IgnoreSelection(selection uint32) {
	f.c.send(f.ext.major, fixesWatchSelection, f.c.Setup.Root, selection, 0)
}

// SelectionChanged says that e is such an event.
func (f *Fixes) SelectionChanged(e Event) bool {
	return e[0]&127 == f.ext.event+fixesSelectionNotify
}
