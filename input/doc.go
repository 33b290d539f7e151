// Package input puts events into the device, only while they are permitted.
//
//	protocol message ─► Gate ─► Held ─► Injector ─► the device's screen
//	                     └─► Shield: which windows there are ours
//
// A Gate lets a message pass only while its session holds the scope, its
// generation is the present one, the user is not being asked, the user's own
// hand rests, and it would not reach a window of ours. Held knows what is
// pressed, so that everything can be released. An Injector is the platform's:
// XTEST on X11. Open gives one that is the Shield too.
//
// Nothing is injected any more once the call has returned that shuts the gate.
// That is possible because the gate decides and injects under one lock, and an
// Injector's Release waits until the screen has got what was sent before.
//
// # Text
//
// A text is typed as characters, not as keys: with the key that has the
// character in the user's layout, or else with a key that the layout leaves
// empty and that is lent to the character for a while. Programs look up late
// what a key means, so a lent key keeps its character for 300 ms after its last
// use. A text with more different characters than there are keys to lend has to
// wait in between, and what comes after it waits behind it.
//
// The other direction is the Hand: it watches the devices of the user's own
// hand, tells them from injected events by their source, and knows the stop
// chord.
package input
