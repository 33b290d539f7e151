package atspi

import "time"

// Limits of this package. Beyond one of them a frame is not ready, or a program
// is answered for with an error; nothing that could be secret is left out in
// silence.
const (
	// maxPrograms is how many programs are followed. Those beyond are not among
	// Apps, so nobody vouches for their windows.
	maxPrograms = 256

	// maxFrames is how many windows of a program are looked at. Those beyond are
	// not among its Frames.
	maxFrames = 64

	// maxFields is how many fields and documents one frame may have.
	maxFields = 1024

	// maxNodes is how many nodes of a frame are walked where a program cannot
	// search its tree itself, and maxDepth how many levels.
	maxNodes = 8192
	maxDepth = 128

	// maxViews is how many views of a Chromium window are looked at.
	maxViews = 2048

	// maxWide is how many children of one node are taken.
	maxWide = 2048

	// maxSecrets is how many secret fields of a program are followed.
	maxSecrets = 256

	// maxPlaces is how many places of vanished secret fields are remembered of a
	// program; the oldest is forgotten first.
	maxPlaces = 64

	// maxPages is how many documents one frame may show.
	maxPages = 128

	// smallest is how many pixels a document has at least, in one direction, that
	// could show a field.
	smallest = 8

	// maxLabels is how many other nodes may name a field; the names of more are not
	// asked for.
	maxLabels = 8

	// maxText is how many bytes of a title, label or attribute are kept, and
	// maxAddress of a page's address.
	maxText    = 512
	maxAddress = 2048

	// maxAttributes is how many attributes a node may have.
	maxAttributes = 256

	// maxSide is how many pixels a side of an area may have, and maxCoordinate
	// how far from the screen's corner it may lie: an X window's is 16 bits.
	maxSide       = 16384
	maxCoordinate = 32767
)

const (
	// openPatience is how long opening a bus may take.
	openPatience = 4 * time.Second

	// scanPatience is how long a scan may take whose context allows more.
	scanPatience = 5 * time.Second

	// heirTime is how long after a secret field has vanished a text field in its
	// place is secret too.
	heirTime = 3 * time.Second

	// slack is how much sooner than the end of a secret field a text field may have
	// been seen that takes its place: programs may have both for a moment.
	slack = 500 * time.Millisecond

	// wakeShortest is how long after a Chromium window was woken it is woken again,
	// and wakeLongest how long after many times in vain.
	wakeShortest = 50 * time.Millisecond
	wakeLongest  = time.Second

	// rereadTime is how long the name, id and label of a field are believed that
	// no event has called into question.
	rereadTime = 2 * time.Second
)
