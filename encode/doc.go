// Package encode turns changed pixels into updates, and updates back into
// pixels. It takes only pictures that privacy has released.
//
// A [Canvas] is the reference of one screen: what was released last. Compare
// finds what a new picture changes, in cells of 64 x 64 pixels, and what of it
// only moved, and tells every [Stream]. A Stream is one viewer: it remembers
// which part of each cell its viewer does not have and what it can copy from
// its own picture, reads the newest pixels when its owner asks for them, and so
// never queues a picture. A [Decoder] is the other end, and the reference for
// other decoders.
//
//	privacy.Picture -> Canvas.Compare -> moves, outdated cells of each Stream
//	                                                  |
//	 protocol.Update <- copies, deflated tiles, JPEGs <- Stream.Next
//	        |
//	 Decoder.Decode -> Picture, Lossy
//
// Tiles are exact. Films and large photographs become JPEGs, if the viewer
// understands them, and are sent again as tiles when they have been quiet. Where
// the processor has AVX2, assembly makes their coefficients, the same as in Go.
//
// Pixels are BGRX inside the Canvas, as released; a tile on the wire names
// red, green, blue. The wire format is protocol/SPEC.md, section 7; the
// comments here name its parts.
package encode
