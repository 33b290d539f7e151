package agentd

import (
	"fmt"
	"image"
	"log/slog"
	"testing"

	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// BenchmarkShow is what a released picture costs until each viewer's updates are
// there: one viewer of all of a screen, and with another beside it.
func BenchmarkShow(b *testing.B) {
	for _, screen := range []image.Point{{1920, 1080}, {3840, 2160}} {
		for name, damage := range map[string]image.Rectangle{"typing": image.Rect(400, 500, 410, 520), "window": image.Rect(200, 100, 1000, 800)} {
			for _, beside := range []struct {
				name string
				look *look
			}{{"alone", nil}, {"whole", &look{}}, {"part", &look{part: image.Rect(0, 0, 1280, 1024)}}, {"scaled", &look{most: image.Pt(1280, 720)}}} {
				b.Run(fmt.Sprintf("%dx%d/%s/%s", screen.X, screen.Y, name, beside.name), func(b *testing.B) {
					benchShow(b, screen, damage, beside.look)
				})
			}
		}
	}
}

func benchShow(b *testing.B, size image.Point, damage image.Rectangle, beside *look) {
	s := &Screen{log: slog.New(slog.DiscardHandler), canvas: encode.NewCanvas(), demand: make(chan struct{}, 1), viewers: map[*viewer]bool{}}
	viewers := []*viewer{s.view()}
	if beside != nil {
		viewers = append(viewers, s.view())
		viewers[1].turn(*beside)
	}
	guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
	if err != nil {
		b.Fatal(err)
	}
	var screens [3][]byte
	for n := range screens {
		screens[n] = make([]byte, 4*size.X*size.Y)
		for y := damage.Min.Y; y < damage.Max.Y; y++ {
			for x := damage.Min.X; x < damage.Max.X; x++ {
				screens[n][4*(y*size.X+x)] = byte((x/9*y/17 + n) % 3 * 100)
			}
		}
	}
	var updates []protocol.Update
	frame := func(n int) {
		pix := screens[n%len(screens)]
		p, news, err := guard.Release(pix, 4*size.X, size, []image.Rectangle{damage}, n == 0)
		if err != nil {
			b.Fatal(err)
		}
		s.show(p, news, encode.Geometry{Generation: 1})
		for _, v := range viewers {
			if updates, err = v.stream.Next(updates[:0]); err != nil {
				b.Fatal(err)
			}
		}
	}
	for _, v := range viewers {
		v.hungry.Store(true)
		v.current.Store(true)
	}
	frame(0)
	for n := 1; b.Loop(); n++ {
		frame(n)
	}
}
