// Package ink draws strokes over the user's real screen and lets them fade.
//
// There is no code here yet. The wire is ready: package protocol has the
// messages of the ink channel and their limits, and a device of this version
// grants nobody the scope ink, so that none of them is accepted.
//
// What will live here: Board, the model of what is drawn (strokes, their
// owner, colour, fade and undo), and one overlay for each platform that shows
// a Board above every window and lets every click through. A stroke arrives
// decoded; nothing here reads bytes from the wire, and nothing here knows who
// may draw: that is settled in agentd before a stroke gets this far.
//
// It may import protocol, the operating system's window interfaces and
// golang.org/x/image for antialiased strokes.
package ink
