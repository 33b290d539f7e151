package agentd

import (
	"bytes"
	"image/png"

	"telestrator/encode"
	"telestrator/protocol"
)

// mostMoments is how many moments are joined in one picture. What changes
// faster than they are read is in the next one.
const mostMoments = 4

// glass is the way from the canvas to the user: encoded and decoded.
type glass struct {
	eyes    eyes
	begun   bool // an agent has been shown the canvas
	stream  *encode.Stream
	decoder *encode.Decoder
	updates []protocol.Update
}

func newGlass(canvas *encode.Canvas, eyes eyes) *glass {
	g := &glass{eyes: eyes, stream: canvas.NewStream(), decoder: encode.NewDecoder()}
	g.stream.Use(eyes.copies, eyes.jpeg)
	return g
}

// read decodes what there is, and says whether there was anything.
func (g *glass) read() (changed bool, err error) {
	select {
	case <-g.stream.Stale():
	default:
		return false, nil
	}
	for range mostMoments {
		g.updates, err = g.stream.Next(g.updates[:0])
		if err != nil || len(g.updates) == 0 {
			return changed, err
		}
		for i := range g.updates {
			if err := g.decoder.Decode(&g.updates[i]); err != nil {
				return changed, err
			}
		}
		changed = true
	}
	return changed, nil
}

// png is the picture as a file: exact, and rather fast than small, because it
// does not leave the device.
func (g *glass) png() ([]byte, error) {
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&file, g.decoder.Picture())
	return file.Bytes(), err
}
