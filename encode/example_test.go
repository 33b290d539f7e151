package encode_test

import (
	"fmt"
	"image"

	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// A viewer comes, then the screen changes at two places.
func ExampleStream() {
	const w, h = 200, 100
	pix := make([]byte, 4*w*h) // BGRX, as captured
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		panic(err)
	}
	canvas := encode.NewCanvas()
	compare := func(damage ...image.Rectangle) {
		guard.Begin()
		picture, changed, err := guard.Release(pix, 4*w, image.Pt(w, h), damage, false)
		if err != nil {
			panic(err)
		}
		canvas.Compare(picture, changed, encode.Geometry{Generation: 1})
	}

	stream, decoder := canvas.NewStream(), encode.NewDecoder()
	defer stream.Close()
	var updates []protocol.Update
	view := func() {
		<-stream.Stale()
		if updates, err = stream.Next(updates[:0]); err != nil {
			panic(err)
		}
		for i := range updates {
			if err := decoder.Decode(&updates[i]); err != nil {
				panic(err)
			}
			fmt.Printf("update %d: reset %v, %d bytes of tiles\n",
				updates[i].Number, updates[i].Reset, updates[i].Inflated)
		}
	}

	compare(image.Rect(0, 0, w, h))
	view()
	pix[4*(10*w+20)+2] = 255 // one red pixel, and another one
	compare(image.Rect(0, 0, 30, 30))
	pix[4*(90*w+150)+2] = 255
	compare(image.Rect(100, 50, w, h))
	view()
	fmt.Println(decoder.Picture().At(20, 10), decoder.Picture().At(150, 90))
	// Output:
	// update 1: reset [1 200 100 0 0 200 100], 689 bytes of tiles
	// update 2: reset [], 144 bytes of tiles
	// {255 0 0 255} {255 0 0 255}
}
