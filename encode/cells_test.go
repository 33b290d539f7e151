package encode

import (
	"slices"
	"testing"
)

// A set of cells gives its members in order, from any cell on, and has all of
// them at first.
func TestCellSet(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	for _, n := range []int{1, 63, 64, 65, 128, 510} {
		c, want := newCellSet(n), make([]bool, n)
		for i := range want {
			want[i] = true
		}
		for range 50 {
			checkCells(t, c, want, rnd.IntN(n))
			for range rnd.IntN(n + 1) {
				i := rnd.IntN(n)
				if want[i] = rnd.IntN(8) == 0; want[i] {
					c.add(i)
				} else {
					c.remove(i)
				}
			}
		}
		for i := range n {
			c.remove(i)
		}
		if !c.empty() {
			t.Fatalf("%d cells: not empty", n)
		}
	}
}

// checkCells checks that c has the cells that want has, from one of them on.
func checkCells(t *testing.T, c cellSet, want []bool, from int) {
	t.Helper()
	var got, members []int
	for i := c.next(from); i < len(want); i = c.next(i + 1) {
		got = append(got, i)
	}
	for i := from; i < len(want); i++ {
		if want[i] {
			members = append(members, i)
		}
	}
	if !slices.Equal(got, members) || c.empty() != !slices.Contains(want, true) {
		t.Fatalf("%d cells from %d: %v, want %v, empty %v", len(want), from, got, members, c.empty())
	}
}
