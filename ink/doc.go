// Package ink draws strokes over the user's real screen, and the sign that the
// screen is seen.
//
//	protocol message ─► Board ─► Sheet ─► Overlay ─► the device's screen
//
// Board is the model of what is drawn: strokes, their owner, colour, fade and
// undo. A Sheet makes their pixels, and the Overlay shows them above every
// window and lets every click through. Above the ink the Overlay has the border
// and the bar, with which the user sees who looks, and can end it.
//
// Nothing here reads bytes from the wire, and nothing here knows who may draw:
// that is settled before a stroke gets this far.
package ink
