package guardian_test

import (
	"context"
	"image"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"telestrator/agentd/guardian"
	"telestrator/agentd/guardian/guardiantest"
	"telestrator/ink"
)

// areas are n of them, the first the largest.
func areas(n int) (all []image.Rectangle) {
	for i := range n {
		all = append(all, image.Rect(0, 20*i, 200+n-i, 20*i+18))
	}
	return all
}

// TestHidden: the newest areas are outlined for as long as there is a sign,
// however many were said before.
func TestHidden(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		outlined := func(what string, want []image.Rectangle) {
			t.Helper()
			synctest.Wait()
			if got := s.Hidden(); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		g.Hidden(areas(2))
		outlined("without a sign", nil)
		works(t, g, s)
		g.Hidden(areas(3))
		outlined("with a sign", areas(3))
		for i := range 10000 { // more than orders may wait
			g.Hidden(areas(1 + i%5))
		}
		outlined("the newest", areas(5))
		g.Hidden(nil)
		outlined("nothing is hidden", nil)
		g.Hidden(areas(ink.MaxHidden))
		outlined("at the limit", areas(ink.MaxHidden))
		g.Hidden(areas(ink.MaxHidden + 1))
		outlined("one more", areas(ink.MaxHidden + 1)[:ink.MaxHidden])
		s.Press(ink.End)
		outlined("the user ended it", nil)
		g.Obeyed()
		works(t, g, s)
		outlined("another sign", nil)
		g.Hidden(areas(2))
		outlined("another sign, and areas", areas(2))
		if err := g.Sign(nil).Wait(); err != nil {
			t.Fatal(err)
		}
		outlined("no sign", nil)
	})
}

// TestHiddenIsNotKept: the caller may write over what it gave.
func TestHiddenIsNotKept(t *testing.T) {
	guarded(t, func(g *guardian.Guardian, s *guardiantest.Screen) {
		works(t, g, s)
		mine := areas(4)
		g.Hidden(mine)
		mine[2] = image.Rectangle{}
		synctest.Wait()
		if got := s.Hidden(); !slices.Equal(got, areas(4)) {
			t.Errorf("outlined: %v", got)
		}
	})
}

// TestHiddenNeverWaits: nobody carries what is said to the guardian yet, and
// then it is only the newest.
func TestHiddenNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, s := guardiantest.Start(t)
		for i := range 100 {
			g.Hidden(areas(i))
		}
		ctx, end := context.WithCancel(t.Context())
		var run sync.WaitGroup
		run.Go(func() { _ = g.Run(ctx) })
		works(t, g, s)
		g.Hidden(areas(7))
		synctest.Wait()
		if got := s.Hidden(); !slices.Equal(got, areas(7)) {
			t.Errorf("outlined: %v", got)
		}
		end()
		run.Wait()
		<-s.Done()
	})
}
