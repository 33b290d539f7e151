// Package input puts events into the device, only while they are permitted.
//
//	protocol message ─► Gate ─► Held ─► Injector ─► the device's screen
//
// A Gate lets a message pass only while its session holds the scope, its
// generation is the present one, the user is not being asked, the user's own
// hand rests, and it would not reach a window of ours. Held knows what is
// pressed, so that everything can be released. An Injector is the platform's:
// XTEST on X11.
//
// The other direction is the Hand: it watches the devices of the user's own
// hand, tells them from injected events by their source, and knows the stop
// chord.
package input
