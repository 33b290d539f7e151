package conform

import (
	"fmt"
	"slices"
	"strings"
)

// ConsoleCases are all cases against a console, in the order of a report.
func ConsoleCases() []Case {
	return slices.Concat(servedCases(), shownCases(), ledCases(), spoiltCases(), strayCases(), shapeCases(), brokenPictures(), brokenParts(), tornCases())
}

// courses are states that a device can lead a console to.
var courses = []state{opening, waiting, live, paused}

// servedCases are a good device: SPEC.md 5, 6 and 9.
func servedCases() []Case {
	return []Case{
		leading(waiting, "served/opening", "5", alive{}),
		leading(waiting, "served/a request", "6.1", expect{"request", with{"number": 1}}, alive{}),
		leading(opening, "served/no capabilities", "5.2", say{"welcome", with{"capabilities": []any{}}}, expect{"ready", nil}, alive{}),
		leading(live, "served/view is taken", "6.2", say{"grants", with{"number": 3, "generation": 3}}, alive{}),
		leading(live, "served/a pause", "6.3", say{"paused", with{"number": 2, "why": 1}}, say{"paused", with{"number": 3}},
			say{"update", tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3))}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "served/the screen is gone and back", "6.3", say{"paused", with{"number": 2, "why": 2}}, say{"paused", with{"number": 3}},
			say{"update", firstly(tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3)))}, expect{"ack", with{"number": 2}}, alive{}),
		leading(waiting, "served/snapshots that are late", "6.4", say{"grants", with{"number": 9, "generation": 9}}, say{"grants", with{"number": 5, "generation": 5, "scopes": 1}},
			say{"hand", with{"number": 7, "why": 2}}, say{"hand", with{"number": 3}}, alive{}),
		leading(live, "served/an error", "9.3", say{"error", with{"code": refusedCode, "text": strings.Repeat("x", 200)}}, alive{}),
		leading(live, "served/masks", "7.9", say{"masks", with{"generation": 2, "protection": 1, "areas": []any{1, 0, 0, 10, 10}}}, alive{}),
		leading(live, "served/a cursor", "7.8", say{"cursor", with{"width": 1, "height": 1, "pixels": complete([]byte{1, 2, 3, 255})}}, say{"cursor", with{"number": 2, "x": 65535, "y": 65535}}, alive{}),
		leading(live, "served/a bye", "9.2", say{"bye", with{"code": stoppedCode}}, ends{}),
		leading(live, "served/text of HTML", "12", say{"error", with{"text": "<img src=x onerror=alert(1)>"}}, alive{}),
	}
}

// shownCases are pictures: SPEC.md 7.
func shownCases() []Case {
	large := tiled(2, 2, append(noise(0, 0), noise(64, 0)...))
	return []Case{
		leading(live, "shown/an update", "7.1", say{"update", tiled(2, 2, rectangle(64, 0, 64, 64, 1, 2, 3))}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/an update of nothing", "7.1", say{"update", with{"number": 2, "moment": 2, "last": true}}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/a moment of three updates", "7.1", say{"update", and(tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3)), with{"last": false})},
			say{"update", and(tiled(3, 2, rectangle(8, 0, 8, 8, 1, 2, 3)), with{"last": false})}, say{"update", tiled(4, 2, rectangle(16, 0, 8, 8, 1, 2, 3))},
			expect{"ack", with{"number": 4}}, alive{}),
		leading(live, "shown/a reset", "7.1", say{"update", firstly(tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3)))}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/a reset after numbers that were abandoned", "7.1", say{"update", firstly(tiled(9, 7, rectangle(0, 0, 8, 8, 1, 2, 3)))}, expect{"ack", with{"number": 9}}, alive{}),
		leading(live, "shown/a reset inside of a moment", "7.1", say{"update", and(tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3)), with{"last": false})},
			say{"update", firstly(tiled(3, 3, rectangle(0, 0, 8, 8, 1, 2, 3)))}, expect{"ack", with{"number": 3}}, alive{}),
		leading(live, "shown/a picture with 16 monitors", "7.1", say{"update", and(tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3)), with{"reset": anew(told{}, wide, high, monitors(16)...)})},
			expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/copies", "7.2", say{"update", with{"number": 2, "moment": 2, "last": true, "copies": []any{0, 0, 64, 32, 64, 64, 0, 0, 1, 1, 20, 20}}}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/170 copies", "7.2", say{"update", with{"number": 2, "moment": 2, "last": true, "copies": slices.Repeat([]any{0, 0, 9, 9, 8, 8}, maxCopies)}}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/a JPEG", "7.5", say{"update", with{"number": 2, "moment": 2, "last": true, "jpegs": []any{[]any{3, 5, 40, 30, photo(40, 30)}}}}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/every code of the tiles", "7.4", say{"update", tiled(2, 2, everyCode)}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/4096 rectangles", "7.4", say{"update", tiled(2, 2, slices.Repeat(rectangle(5, 5, 1, 1, 9, 9, 9), maxRects))}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/an update in parts", "3.2", parted{large, 2048, 0, maxParts}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/an update in parts of 16 KiB", "3.2", parted{large, maxPart, 0, maxParts}, expect{"ack", with{"number": 2}}, alive{}),
		leading(live, "shown/parts that are abandoned", "3.2", parted{large, 2048, 0, 2},
			say{"update", firstly(tiled(3, 3, rectangle(0, 0, 8, 8, 1, 2, 3)))}, expect{"ack", with{"number": 3}}, alive{}),
	}
}

// everyCode is a rectangle of 5 x 2 pixels that uses each code of SPEC.md 7.4.
var everyCode = []byte{0, 0, 0, 0, 0, 5, 0, 2, 0xfe, 10, 20, 30, 0x6b, 0xa2, 0x79, 0xc0, 0x00, 0xe4}

func monitors(n int) (all []any) {
	for range n {
		all = append(all, 0, 0, wide, high)
	}
	return all
}

// noise is a cell that does not get much smaller.
func noise(x, y int) []byte {
	codes := rectangle(x, y, cell, cell, 0, 0, 0)[:8]
	seed := uint32(1)
	for range cell * cell {
		seed = seed*1664525 + 1013904223 // each time the same
		codes = append(codes, 0xfe, byte(seed>>24), byte(seed>>16), byte(seed>>8))
	}
	return codes
}

// ledCases are all pairs of a kind and a state that a device can bring about.
func ledCases() (cases []Case) {
	for _, s := range courses {
		for i := range kinds {
			if _, sent := verdicts[toConsole][kinds[i].name]; sent {
				cases = append(cases, ledCase(&kinds[i], s))
			}
		}
	}
	return cases
}

func ledCase(k *kind, s state) Case {
	what := verdicts[toConsole][k.name][s]
	steps := []step{say{k.name, ledValues(k.name, s)}}
	switch {
	case what == end:
		steps = append(steps, byeWith(stateCode))
	case k.name == "bye":
		steps = append(steps, ends{})
	case k.name == "welcome":
		steps = append(steps, expect{"ready", nil}, alive{})
	case s == opening:
		steps = append(steps, quiet{grace, []string{k.name}}, say{"welcome", with{"capabilities": offered{}}}, expect{"ready", nil}, alive{})
	default:
		steps = append(steps, alive{})
	}
	return leading(s, fmt.Sprintf("state/%s/%s/%s", s, k.name, what), "4.1", steps...)
}

// ledValues are what a kind needs in order to be right at that moment.
func ledValues(name string, s state) with {
	switch {
	case name == "welcome":
		return with{"capabilities": offered{}}
	case name == "update" && s >= live:
		return tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3))
	case name == "update":
		return firstly(tiled(1, 1, rectangle(0, 0, 8, 8, 1, 2, 3)))
	case name == "ping":
		return with{"reply": true}
	}
	return nil
}
