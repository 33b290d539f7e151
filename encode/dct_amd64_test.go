package encode

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/cpu"
)

// needAVX2 skips a test of code that this processor cannot run.
func needAVX2(t *testing.T) {
	t.Helper()
	if !cpu.X86.HasAVX2 {
		onlyOneWay(t)
	}
}

// twoBlocks is samples of two blocks, row by row, and the same as pairs.
type twoBlocks struct {
	samples [2 * block * block]int32
	pairs   [block * block]pair
}

func (b *twoBlocks) fill(sample func(second bool, u, v int) int32) {
	for i := range block * block {
		x, y := i%block, i/block
		first, second := sample(false, x, y), sample(true, x, y)
		b.samples[i], b.samples[block*block+i] = first, second
		b.pairs[x*block+y] = pair(second)<<32 + pair(first)
	}
}

// transformed checks that both ways make the same of b.
func (b *twoBlocks) transformed(t *testing.T, p *plane) {
	t.Helper()
	want := blocks{pairs: b.pairs}
	p.transform(&want)
	got := blocks{}
	before := b.samples
	got.first, got.second = transformAVX2(&got.pairs, &b.samples, &p.limits, theDCTTables)
	if b.samples != before {
		t.Fatal("the samples have changed")
	}
	if got != want {
		t.Fatalf("%v\nbecomes %+v,\nwant    %+v", b.samples, got, want)
	}
}

// Both ways make the same of the samples for which each coefficient is largest,
// and its opposite, and of noise of all kinds.
func TestTransformAVX2(t *testing.T) {
	t.Parallel()
	needAVX2(t)
	rnd := seeded(t)
	var b twoBlocks
	for _, q := range []int{leastQuality, quality, mostQuality} {
		for _, p := range templateOf(q).planes[1:] {
			for i := range block * block {
				b.fill(func(second bool, x, y int) int32 {
					if wave(i%block, x)*wave(i/block, y) > 0 != second {
						return 256
					}
					return 0
				})
				b.transformed(t, p)
			}
			for range rounds(300) {
				b.fill(anySamples(rnd))
				b.transformed(t, p)
			}
		}
	}
}

// anySamples is noise of up to 256, as chroma has; flat, weak or hard.
func anySamples(rnd *rand.Rand) func(second bool, x, y int) int32 {
	level, reach := rnd.Int32N(257), rnd.Int32N(257)
	if rnd.IntN(4) == 0 {
		return func(bool, int, int) int32 { return 256 * rnd.Int32N(2) }
	}
	return func(bool, int, int) int32 { return min(max(level+rnd.Int32N(reach+1)-reach/2, 0), 256) }
}

// Both ways judge alike what becomes 0 where coefficients are at the limits, or
// just above or below.
func TestTransformAVX2AtLimits(t *testing.T) {
	t.Parallel()
	needAVX2(t)
	rnd := seeded(t)
	for range rounds(2000) {
		var b twoBlocks
		b.fill(anySamples(rnd))
		made := b.pairs
		transform(&made)
		made[0] -= centre<<32 + centre
		var p plane
		for k, at := range columnwise {
			v := (made[at]<<(32*rnd.UintN(2)) + 1<<31) >> 32
			most := min(max(v, -v)+pair(rnd.IntN(3)), 1<<30)
			p.zeros[k], p.limits[at&^7+laneOf[at&7]] = most|most<<32, int32(most)
		}
		b.transformed(t, &p)
	}
}
