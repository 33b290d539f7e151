package guardian

import (
	"context"
	"image"

	"telestrator/ink"
	"telestrator/input"
)

// Parts are what a guardian acts with.
type Parts struct {
	Gate    *input.Gate
	Overlay Overlay
	Hand    Hand
	Kill    func() // ends a daemon that does not obey
	Close   func() // gives back what stands behind the gate
}

// Overlay shows ink, sign and outlines; *ink.Overlay is the real one.
type Overlay interface {
	Windows() []uint32
	Sign(*ink.Sign) error
	Ink([]ink.Mark) error
	Hidden([]image.Rectangle) error
	Hit(image.Point) ink.Press
	Run(context.Context) error
	Close() error
}

// Hand watches the user's own hand; *input.Hand is the real one.
type Hand interface {
	Run(context.Context, input.HandEvents) error
}
