package agentd

import (
	"image"
	"slices"
	"testing"
	"time"

	"telestrator/ink"
	"telestrator/protocol"
)

// TestOutline: while an agent sees the screen, the user sees what is hidden;
// again in the next session, and on a screen that was away.
func TestOutline(t *testing.T) {
	policy := DemoPolicy()
	policy.Privacy.Rects = []image.Rectangle{image.Rect(20, 20, 90, 50), image.Rect(200, 100, 400, 300)}
	inRig(t, policy, func(r *rig) {
		outlined := func(want ...image.Rectangle) {
			t.Helper()
			if got := r.hands.Hidden(); !slices.Equal(got, want) {
				t.Errorf("outlined: %v, want %v", got, want)
			}
		}
		want := []image.Rectangle{image.Rect(20, 20, 90, 50), image.Rect(200, 100, 320, 200)}
		r.join()
		outlined()
		if err := r.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		outlined(want...)
		r.painted.Resize(100, 60)
		r.pass(time.Second)
		outlined(want[0])
		r.session.revoke(protocol.View)
		r.pass(time.Second)
		outlined()
		r.ask(2, protocol.View)
		if err := r.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		outlined(want[0])
		r.painted.End()
		r.pass(10 * time.Second)
		r.paint(7)
		r.pass(time.Second)
		outlined(want...)
	})
}

// TestOutlineOfTheSame: what is hidden is told when it changed, and costs
// nothing in all other pictures.
func TestOutlineOfTheSame(t *testing.T) {
	policy := DemoPolicy()
	policy.Privacy.Rects = []image.Rectangle{image.Rect(20, 20, 90, 50)}
	inRig(t, policy, func(r *rig) {
		r.live()
		s := &Screen{Parts: r.screen.Parts}
		s.signed.sign = &ink.Sign{}
		s.outline()
		buffer := make([]image.Rectangle, 0, 8)
		asking := testing.AllocsPerRun(100, func() { buffer = s.Guard.Masked(buffer[:0]) })
		if all := testing.AllocsPerRun(100, s.outline); all > asking {
			t.Errorf("%v allocations, %v of them to ask", all, asking)
		}
	})
}
