// Package privacy decides which pixels of a screen may leave the device.
//
// A Guard knows where secrets are: fixed rectangles, windows chosen by rule, and
// the secret fields that programs tell of over the accessibility bus. Release
// copies what may be seen from the mirror of the screen into the Picture, a
// buffer of the Guard's own in which everything else is flat. Picture is the only
// type the encoder takes and only this package can fill one, so a masked pixel
// exists in no later buffer.
//
//	Begin ─► capture.Source.Grab ─► Release ─► *Picture, where it changed
//	  │                               │
//	  └── windows seen in this span ──┴── programs asked after the grab
//
// Begin and Release enclose the grab: a hidden window is masked at every place
// it had between the two, because nobody can say at which of them the grab
// caught it. What is not known for sure counts as secret: a window that was
// not classified before the grab, a window whose properties cannot be read, a
// program that does not answer, a desktop with too many windows.
//
// Under a mask nothing changes and nothing is reported, whatever happens on
// the screen there. The mirror itself is never written.
//
// # How windows are followed
//
// The X server's events about windows change a model in their order (model.go,
// events.go). Release sends an event to itself through the server; when that
// is back, the model knows all that happened until after the grab. What is
// hidden is decided by rules (rules.go, judge.go) on what is read of a window
// (identify.go, resident.go). Places that hidden windows have left stay masked
// until others have painted there (residue.go). Windows of ours that the capture
// looks beneath do not count (ignore.go); where only chosen windows are composed,
// others are absent (compose.go).
//
// # How secrets in windows are followed
//
// Each window has a [State] (stand.go): nothing of it leaves before its program,
// found by the process that made the window, has been asked and has told of its
// content. What changed in such a window waits as a pending part, its pixels in a
// stage apart from the mirror, until a scan that began after the grab has ended
// (parts.go); other windows go on meanwhile. What a scan tells of fields (learn.go)
// is kept as spots, places in their windows (spots.go), so that they move with those
// at once; where a field was lately, and on its way, is masked too.
//
// Toolkits tell late (manner.go). For those that do, the pixels themselves are
// watched (watch.go): while the frame of a field changes nothing of its program
// leaves, and a change that is large enough to have brought in a field waits and
// has to be still meanwhile, unless the place has been changing all along
// (streaks.go).
//
// # What is not covered
//
// A rule hides a window where it is. It cannot hide what other programs show of
// it: thumbnails, overviews and animations of a compositor, a copy in a
// recording. A rule by title hides a window while it bears the title; what a
// program shows before it sets the title is seen. Without a compositor, a
// program that takes longer than half a second to paint where a hidden window
// was shows that one's pixels, and they are released. Programs of the same
// user can send false events and so mislead the model, and lie on the bus.
// docs/privacy.md lists what no program tells.
package privacy

import (
	"errors"
	"time"
)

// Limits of this package. Beyond one of them more is masked, never less, or
// nothing is released.
const (
	maxSide = 16384            // pixels a side of a screen
	maxArea = 32 * 1024 * 1024 // pixels of a screen

	// maxDamage is how many rectangles of damage are looked at one by one.
	// Beyond, the whole picture counts as damaged.
	maxDamage = 4096

	// maxOwed is how many rectangles that are held back are remembered one by
	// one. Beyond, everything between the outermost of them is looked at anew.
	maxOwed = 2 * maxDamage

	// maxMasks is how many rectangles of one tracker are masked one by one.
	// Beyond, everything between the outermost of them is masked.
	maxMasks = 512

	// maxWindows is how many windows of others may lie directly on the root.
	// Beyond, the whole screen is masked.
	maxWindows = 2048

	// maxParts is how many windows are looked at in one of those to find who it
	// is. Beyond, it is masked.
	maxParts = 256

	// maxDepth is how many levels below it they are looked for: no window
	// manager puts more frames around a window.
	maxDepth = 3

	// maxProperty is how much of a title or class is read, in bytes. A window
	// with a longer one is masked.
	maxProperty = 4096

	// maxGhosts is how many places left by hidden windows are remembered one by
	// one. Beyond, everything between the outermost of them is masked.
	maxGhosts = 64

	// maxEvents is how many events may wait to be understood. Beyond, windows
	// are lost track of and the Guard ends.
	maxEvents = 16384
)

// settle is how long a place stays masked that a hidden window has left, until
// the programs below have painted there; a compositor is late in the same way.
// The same holds for a window that loses its hidden title before it paints
// what belongs to the new one. A busy browser takes up to a few tenths of a
// second.
const settle = 500 * time.Millisecond

// Grey is the colour of masked pixels, 0xRRGGBB.
const Grey = 0x808080

// OwnTitles mark the windows of this program. They are masked whatever the
// policy says: what the user decides in them is not for the agent to see.
var OwnTitles = []string{"Telestrator panel", "Telestrator console"}

// ErrGone says that windows cannot be followed any more: the display has ended
// or the Guard was closed. It is permanent; the caller opens a new Guard.
var ErrGone = errors.New("privacy: the display is gone")
