package protocol

import "testing"

// masksVectors take the fields of a masks message to their limits and past
// them, so that both sides draw the line at the same place.
func masksVectors(t *testing.T) (list []vector) {
	one := func(why, x, y, w, h uint32) []uint32 { return []uint32{why, x, y, w, h} }
	base := vector{Direction: "d>c", Channel: "evt", State: "live"}
	for _, c := range []struct {
		name       string
		protection uint32
		areas      []uint32
		code       Code
	}{
		{"masks none", NothingFound, []uint32{}, 0},
		{"masks chosen only", ChosenOnly, []uint32{}, 0},
		{"masks protection 3", ChosenOnly + 1, []uint32{}, BadRange},
		{"masks most areas", FieldsMasked, masks(MaxMasks), 0},
		{"masks one area too many", FieldsMasked, masks(MaxMasks + 1), BadRange},
		{"masks half an area", FieldsMasked, masks(2)[:9], BadRange},
		{"masks without why", FieldsMasked, one(0, 0, 0, 1, 1), BadRange},
		{"masks why 3", FieldsMasked, one(UnknownWindow, 0, 0, 1, 1), 0},
		{"masks why 4", FieldsMasked, one(UnknownWindow+1, 0, 0, 1, 1), BadRange},
		{"masks last place", FieldsMasked, one(1, 65535, 65535, 1, 1), 0},
		{"masks x past the last place", FieldsMasked, one(1, 65536, 0, 1, 1), BadRange},
		{"masks y past the last place", FieldsMasked, one(1, 0, 65536, 1, 1), BadRange},
		{"masks without width", FieldsMasked, one(1, 0, 0, 0, 1), BadRange},
		{"masks without height", FieldsMasked, one(1, 0, 0, 1, 0), BadRange},
		{"masks widest and highest", FieldsMasked, one(1, 0, 0, MaxSide, MaxSide), 0},
		{"masks too wide", FieldsMasked, one(1, 0, 0, MaxSide+1, 1), BadRange},
		{"masks too high", FieldsMasked, one(1, 0, 0, 1, MaxSide+1), BadRange},
	} {
		expect := "ok"
		if c.code != 0 {
			expect = "refused"
		}
		values := map[int][]byte{1: raw(t, 1), 2: raw(t, 1), 3: raw(t, c.protection), 4: raw(t, c.areas)}
		list = append(list, base.with(c.name, join(t, KindMasks, values), expect, c.code))
	}
	return list
}
