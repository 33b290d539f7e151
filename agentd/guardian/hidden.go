package guardian

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync"

	"telestrator/ink"
)

// newest carries areas from one goroutine to another. Those that were not taken
// yet give way to newer ones, so giving never waits.
type newest struct {
	giving *sync.Mutex
	areas  chan []image.Rectangle // capacity 1
}

func newNewest() newest { return newest{new(sync.Mutex), make(chan []image.Rectangle, 1)} }

func (n newest) give(areas []image.Rectangle) {
	n.giving.Lock()
	defer n.giving.Unlock()
	select {
	case <-n.areas:
	default:
	}
	n.areas <- areas
}

// Hidden has the user see which areas those who see the screen do not: exactly
// these, or of very many the largest. It lasts as long as the sign. What was
// said before and not obeyed yet is not obeyed any more.
func (g *Guardian) Hidden(areas []image.Rectangle) {
	g.hidden.give(slices.Clone(ink.Outlined(areas)))
}

// hide hands over what is to be outlined.
func (k *keeper) hide(areas []image.Rectangle) error {
	if len(areas) > ink.MaxHidden {
		return errors.New("guardian: more hidden areas than are outlined")
	}
	k.hidden.give(areas)
	return nil
}

// outline outlines what is hidden until ctx ends. It has a goroutine of its
// own: a scroll brings much of it, and nothing that ends a session may wait.
func (k *keeper) outline(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case areas := <-k.hidden.areas:
			if err := k.Overlay.Hidden(areas); err != nil {
				return err
			}
		}
	}
}
