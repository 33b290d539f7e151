package main

import (
	"context"
	"image"
	"sync"
	"time"

	"telestrator/x11"
)

// block is the side of what has one colour in a picture.
const block = 40

// painter shows one known picture after another on the whole screen.
type painter struct {
	x          *x11.Conn
	window, gc uint32
	size       image.Point

	mu      sync.Mutex
	last    uint32            // number of the picture shown
	numbers map[uint32]uint32 // of all pictures, by the colour in their middle
}

func newPainter(display string) (*painter, error) {
	x, err := x11.Dial(display)
	if err != nil {
		return nil, err
	}
	p := &painter{x: x, gc: x.CreateGC(), size: x.Setup.Size, numbers: map[uint32]uint32{}}
	p.window = x.CreateWindow(image.Rectangle{Max: p.size})
	x.Map(p.window)
	if err := p.paint(); err != nil {
		_ = x.Close()
		return nil, err
	}
	return p, nil
}

// colour is that of block i of picture n.
func colour(n uint32, i int) uint32 {
	h := n*0x9e3779b1 + uint32(i)*0x85ebca6b
	return (h ^ h>>15) * 0x2c1b3c6d >> 8
}

// block is which block a pixel is in.
func (p *painter) block(x, y int) int { return y/block*((p.size.X+block-1)/block) + x/block }

// paint shows the next picture, all of it at once.
func (p *painter) paint() error {
	n := p.shows() + 1
	p.x.Together(func() {
		for y := 0; y < p.size.Y; y += block {
			for x := 0; x < p.size.X; x += block {
				p.x.Foreground(p.gc, colour(n, p.block(x, y)))
				p.x.Fill(p.window, p.gc, []image.Rectangle{image.Rect(x, y, x+block, y+block)})
			}
		}
	})
	p.note(n) // whoever sees it finds the number already
	return p.x.Check()
}

// shows is the number of the picture shown.
func (p *painter) shows() uint32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// note notes that a picture is shown.
func (p *painter) note(n uint32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = n
	p.numbers[colour(n, p.block(p.size.X/2, p.size.Y/2))] = n
}

// numberOf is the number of the picture with this colour in its middle, or 0.
func (p *painter) numberOf(middle uint32) uint32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.numbers[middle]
}

// run paints ten pictures a second until ctx ends.
func (p *painter) run(ctx context.Context) error {
	for ; ctx.Err() == nil; pause(ctx, 100*time.Millisecond) {
		if err := p.paint(); err != nil {
			return err
		}
	}
	return nil
}

// likeness is how a picture compares with those that were painted.
type likeness uint8

// The likenesses. What lies beneath the border and the bar that the daemon
// shows is read from the windows there, a moment after the rest, so a picture
// may have the pixels of another one in those places until the screen rests: of
// the next, or where everybody waits for a processor of one soon after.
const (
	wrong likeness = iota
	torn
	exact
)

// compare says which picture a console shows, by the middle of it, and how well.
func (p *painter) compare(got *image.RGBA) (n uint32, is likeness) {
	if got.Rect.Size() != p.size {
		return 0, wrong
	}
	n = p.numberOf(pixel(got, p.size.X/2, p.size.Y/2))
	if n == 0 {
		return 0, wrong
	}
	is = exact
	for y := range p.size.Y {
		for x := range p.size.X {
			i, px := p.block(x, y), pixel(got, x, y)
			switch {
			case px == colour(n, i):
			case near(px, n, i):
				is = torn
			default:
				return n, wrong
			}
		}
	}
	return n, is
}

// soon is how many pictures may be shown while one is read.
const soon = 10

// near says whether a pixel is of block i of a picture shown soon before or
// after picture n.
func near(px, n uint32, i int) bool {
	for m := n - min(n, soon); m <= n+soon; m++ {
		if px == colour(m, i) {
			return true
		}
	}
	return false
}

func pixel(p *image.RGBA, x, y int) uint32 {
	c := p.RGBAAt(x, y)
	return uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
}
