package protocol

import "testing"

// lookVectors take the fields of a look to their limits and past them, so that
// both sides draw the line at the same place.
func lookVectors(t *testing.T) (list []vector) {
	base := vector{Direction: "c>d", Channel: "ctl", State: "live"}
	for _, c := range []struct {
		name   string
		values [7]uint32
		code   Code
	}{
		{"look at all of it", [7]uint32{1}, 0},
		{"look without a number", [7]uint32{}, BadRange},
		{"look from the last place", [7]uint32{1, 65535, 65535, 1, 1}, 0},
		{"look from x past the last place", [7]uint32{1, 65536, 0, 1, 1}, BadRange},
		{"look from y past the last place", [7]uint32{1, 0, 65536, 1, 1}, BadRange},
		{"look at the most", [7]uint32{1, 0, 0, MaxSide, MaxSide, MaxSide, MaxSide}, 0},
		{"look too wide", [7]uint32{1, 0, 0, MaxSide + 1, 1}, BadRange},
		{"look too high", [7]uint32{1, 0, 0, 1, MaxSide + 1}, BadRange},
		{"look with a most width too wide", [7]uint32{1, 0, 0, 0, 0, MaxSide + 1}, BadRange},
		{"look with a most height too high", [7]uint32{1, 0, 0, 0, 0, 0, MaxSide + 1}, BadRange},
	} {
		values := map[int][]byte{}
		for i, v := range c.values {
			values[i+1] = raw(t, v)
		}
		list = append(list, base.with(c.name, join(t, KindLook, values), verdictName(c.code), c.code))
	}
	return list
}

// resetVectors do the same for the geometry in the reset of an update.
func resetVectors(t *testing.T) (list []vector) {
	base := vector{Direction: "d>c", Channel: "screen", State: "live"}
	for _, c := range []struct {
		name  string
		reset []uint32
		code  Code
	}{
		{"whole", []uint32{1, 640, 480, 0, 0, 640, 480}, 0},
		{"part", []uint32{1, 640, 480, 1280, 300, 640, 480, 0, 0, 1280, 1024}, 0},
		{"scaled part", []uint32{1, 1, 480, 65535, 65535, 640, 480}, 0},
		{"without a part", []uint32{1, 640, 480}, BadRange},
		{"with half a part", []uint32{1, 640, 480, 0, 0}, BadRange},
		{"with half a monitor", []uint32{1, 640, 480, 0, 0, 640, 480, 0, 0}, BadRange},
		{"without generation", []uint32{0, 640, 480, 0, 0, 640, 480}, BadRange},
		{"without width", []uint32{1, 0, 480, 0, 0, 640, 480}, BadRange},
		{"without height", []uint32{1, 640, 0, 0, 0, 640, 480}, BadRange},
		{"wider than its part", []uint32{1, 641, 480, 0, 0, 640, 480}, BadRange},
		{"higher than its part", []uint32{1, 640, 481, 0, 0, 640, 480}, BadRange},
		{"of a part of nothing", []uint32{1, 1, 1, 0, 0, 0, 480}, BadRange},
		{"of the largest part", []uint32{1, 1, 1, 0, 0, 8192, 4096}, 0},
		{"of too large a part", []uint32{1, 1, 1, 0, 0, 8192, 4097}, BadRange},
		{"of the widest part", []uint32{1, 1, 1, 0, 0, MaxSide, 1}, 0},
		{"of too wide a part", []uint32{1, 1, 1, 0, 0, MaxSide + 1, 1}, BadRange},
		{"of a part past the last place", []uint32{1, 1, 1, 65536, 0, 1, 1}, BadRange},
		{"with the most monitors", monitors(MaxMonitors), 0},
		{"with a monitor too many", monitors(MaxMonitors + 1), BadRange},
	} {
		values := map[int][]byte{1: raw(t, 1), 2: raw(t, 1), 3: raw(t, true), 4: raw(t, 0), 5: raw(t, c.reset),
			6: raw(t, []uint32{}), 7: raw(t, 0), 8: raw(t, []byte{}), 9: raw(t, []uint32{})}
		list = append(list, base.with("update: reset "+c.name, join(t, KindUpdate, values), verdictName(c.code), c.code))
	}
	return list
}

func verdictName(code Code) string {
	if code != 0 {
		return "refused"
	}
	return "ok"
}
