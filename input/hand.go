package input

import "image"

// MaxWatched is how many windows a Hand reports presses on.
const MaxWatched = 16

// HandEvents are what a Hand tells. It calls one of them at a time, on Run's
// goroutines, and none after Run has returned. They must be quick, for the next
// event waits, and must not call the Hand. Those that are nil are not told.
type HandEvents struct {
	// Moved tells that the user did anything: a key, a button, a movement, a
	// touch. It comes for each event of a device, a thousand times a second.
	Moved func()

	// Stop tells that the stop chord is complete. It comes before Moved.
	Stop func()

	// Press tells that the user pressed the left button, or put a finger, on
	// one of the windows of Watch. The position is the screen's.
	Press func(window uint32, at image.Point)
}

// quiet returns the same events with something to call in each.
func (e HandEvents) quiet() HandEvents {
	if e.Moved == nil {
		e.Moved = func() {}
	}
	if e.Stop == nil {
		e.Stop = func() {}
	}
	if e.Press == nil {
		e.Press = func(uint32, image.Point) {}
	}
	return e
}
