// Package ink draws over the user's real screen: strokes, the sign that the
// screen is seen, and outlines around what of it is not.
//
//	protocol message ─► Board ─► Sheet ─► Overlay ─► the device's screen
//
// Board is the model of what is drawn: strokes, their owner, colour, fade and
// undo. A Sheet makes their pixels, and the Overlay shows them above every
// window and lets every click through. Above the ink the Overlay has the border
// and the bar, with which the user sees who looks, and can end it.
//
// Below the ink it has the outlines (outline.go): a thin line of two colours
// and a lock, which show the user what is hidden from who looks. They lie
// inside of what is hidden, so that even a picture that was taken with the
// overlay in it would not have them. They last as long as the sign, and are off
// while that says that nothing is shown.
//
// Nothing here reads bytes from the wire, and nothing here knows who may draw:
// that is settled before a stroke gets this far.
package ink
