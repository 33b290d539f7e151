package privacy

import (
	"context"
	"image"
	"slices"
)

// Masked appends what the last Release masked, as disjoint rectangles.
func (g *Guard) Masked(dst []image.Rectangle) []image.Rectangle {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append(dst, slices.Clone(g.masks)...)
}

// Facts says what can and cannot be protected now.
func (g *Guard) Facts() Facts { return Facts{Why: "This screen has no windows that could be looked at."} }

// Show shows a window for which nobody can vouch, for as long as it lives. It
// is the user's answer under the policy Ask, and has no effect under another.
func (g *Guard) Show(window uint32) {}

// Focus asks where keys would go now. It answers within ctx, and what it
// cannot find out is not Known.
func (g *Guard) Focus(ctx context.Context) Focus { return Focus{Known: len(g.trackers) == 0} }

// Chosen appends the windows on the root that Policy.Only shows, lowest first,
// when there is such a list.
func (g *Guard) Chosen(dst []uint32) []uint32 { return dst }
