package encode

import (
	"slices"
	"testing"
)

// A row votes for each place where it stood, unless these are too many.
func TestRowTable(t *testing.T) {
	t.Parallel()
	var rows rowTable
	rows.resize(100)
	for y := range mostPlaces {
		rows.put(7, 2*y)
		rows.put(8, 2*y+1)
	}
	rows.put(8, 90)
	rows.put(9, 91)
	places := func(hash uint64) (list []int) {
		for y := rows.get(hash); y >= 0; y = rows.next(y) {
			list = append(list, y)
		}
		return list
	}
	if got := places(7); len(got) != mostPlaces || got[0] != 2*mostPlaces-2 || got[mostPlaces-1] != 0 {
		t.Errorf("a row at %d places stands at %v", mostPlaces, got)
	}
	if got := places(8); len(got) != 0 {
		t.Errorf("a row at %d places stands at %v", mostPlaces+1, got)
	}
	if got := places(9); !slices.Equal(got, []int{91}) {
		t.Errorf("a row at 91 stands at %v", got)
	}
	if got := places(10); len(got) != 0 {
		t.Errorf("a row that is nowhere stands at %v", got)
	}
	rows.clear()
	if got := places(9); len(got) != 0 {
		t.Errorf("a row that was forgotten stands at %v", got)
	}
}
