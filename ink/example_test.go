package ink_test

import (
	"fmt"
	"image"
	"time"

	"telestrator/ink"
	"telestrator/protocol"
)

// A message came: the board changes, and the sheet makes what the overlay shows.
func Example() {
	board, sheet, screen := ink.NewBoard(), new(ink.Sheet), image.Rect(0, 0, 1920, 1080)
	now := time.Unix(0, 0)
	for _, m := range []protocol.Message{
		&protocol.StrokeBegin{Stroke: 1, Generation: 1, Colour: 0xe53935, Width: 4, Fade: 2000},
		&protocol.StrokePoints{Stroke: 1, Points: []uint16{100, 50, 300, 50}},
		&protocol.StrokeEnd{Stroke: 1, Points: 2},
	} {
		if board.Take("session", m, now) {
			fmt.Println(len(sheet.Marks(board.Strokes(now), screen)), "rectangles")
		}
	}
	fmt.Println("thinner after", board.Next(now).Sub(now))
	// Output:
	// 3 rectangles
	// 3 rectangles
	// thinner after 1.8s
}
