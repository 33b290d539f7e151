// Package conform plays consoles, good and bad, against any device, and
// devices, good and bad, against any console, and judges what comes back.
//
// It knows the protocol from protocol/SPEC.md alone: the tables of that text are
// restated here as data (kinds.go, states.go, codes.go), most cases are made
// from them, and no other package of this project is imported. Where device and
// runner disagree, one of them has not read the text.
//
//	Devices                       Consoles
//	  code and user (User)          an own desk (Board) serves the signalling
//	  offer, answer by the desk     the console opens its address
//	  steps of the case             steps of the case
//	  Report                        Report
//
// A Case is a name, the section of SPEC.md it proves, and steps: send this,
// expect that. It has a WebRTC connection of its own. Whatever the other side
// sends meanwhile is judged by the order of checks of SPEC.md 3.1 and, where it
// is a picture, decoded: the first breach fails the case, wherever it comes.
//
// A run keeps at most Parallel connections at a time. Cases hold no state that
// others see; the device's does not matter but for what its user grants.
package conform
