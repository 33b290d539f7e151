package conform

import "time"

var (
	everything = []string{"view", "ink", "pointer", "keyboard"}
	shown      = []string{"update", "part", "cursor", "masks"} // what view is needed for
)

// allowed makes a case that begins with these scopes held.
func allowed(scopes []string, name, section string, steps ...step) Case {
	return Case{Name: name, Section: section, user: true, steps: append(reach(live, scopes...), steps...)}
}

// lonely says that a case's user does what reaches every session.
func lonely(c Case) Case { c.alone = true; return c }

// actCases have the user decide: SPEC.md 6.
func actCases() []Case {
	cases := []Case{
		asked("user/refuses", with{}, act{Grant, nil}, expect{"grants", with{"scopes": 0, "asked": 0, "answered": 1}}, quiet{grace * 2, shown}, alive{}),
		asked("user/grants a part of it", with{"scopes": 3}, act{Grant, []string{"view"}}, expect{"grants", with{"scopes": 1, "asked": 0, "answered": 1}},
			expect{"update", with{"number": 1}}, alive{}),
		in(live, "user/grants more", "6.1", say{"request", with{"number": 2, "scopes": 2}}, expect{"grants", with{"scopes": 1, "asked": 2}},
			act{Grant, []string{"ink"}}, expect{"grants", with{"scopes": 3, "asked": 0, "answered": 2}}, alive{}),
		in(live, "user/nothing to grant", "6.1", say{"request", with{"number": 2, "scopes": 1}}, expect{"error", with{"code": refusedCode}}, alive{}),
		lonely(allowed([]string{"view", "ink"}, "user/takes ink back", "6.2", act{Revoke, []string{"ink"}}, expect{"grants", with{"scopes": 1}}, alive{})),
		lonely(allowed([]string{"view", "ink"}, "user/takes view back", "6.2", act{Revoke, []string{"view"}}, expect{"grants", with{"scopes": 0}},
			alive{}, quiet{2 * grace, shown}, alive{})),
		lonely(in(live, "user/takes view back and grants it anew", "6.2", act{Revoke, []string{"view"}}, expect{"grants", with{"scopes": 0}},
			say{"request", with{"number": 2}}, act{Grant, []string{"view"}}, expect{"grants", with{"scopes": 1, "answered": 2}},
			expect{"update", with{"reset": atLeast(resetHead)}}, alive{})),
		lonely(in(paused, "user/pauses", "6.3", alive{}, quiet{2 * grace, shown}, say{"refresh", nil}, quiet{2 * grace, shown}, alive{})),
		lonely(in(paused, "user/resumes", "6.3", act{Resume, nil}, expect{"paused", with{"why": 0}}, say{"refresh", nil},
			expect{"update", with{"reset": atLeast(resetHead)}}, alive{})),
		lonely(in(live, "user/stops", "9.2", act{Stop, nil}, endWith(stoppedCode))),
	}
	return append(cases, handCases()...)
}

// asked makes a case with an open request.
func asked(name string, request with, steps ...step) Case {
	c := in(waiting, name, "6.1", append([]step{say{"request", request}}, steps...)...)
	c.user = true
	return c
}

// handCases draw, point and type with permission, in range and out of it:
// SPEC.md 8.
func handCases() []Case {
	cases := []Case{
		allowed([]string{"view", "ink"}, "ink/strokes", "8.7", drawn()...),
		allowed([]string{"view", "ink"}, "ink/2000 points and more", "8.7", say{"stroke-begin", nil},
			say{"stroke-points", with{"index": 1999, "points": repeat(5, 512)}}, say{"stroke-end", with{"points": 2000}}, alive{}),
		lonely(allowed(everything, "input/in range", "8", worked()...)),
		lonely(allowed(everything, "input/outside of the screen", "8.1", many{wire{input, message(32, 1, 1, 65535, 65535), "pointer"}, 5}, alive{})),
		lonely(allowed(everything, "input/an older generation", "1", say{"pointer", with{"generation": 1}}, say{"key", with{"generation": 1}}, alive{})),
	}
	for _, one := range []string{"pointer", "button", "wheel", "key", "held", "text"} {
		cases = append(cases, allowed(everything, "input/"+one+" for a generation never told", "8.1", say{one, with{"generation": told{1000}}}, byeWith(rangeCode)))
	}
	cases = append(cases, allowed([]string{"view", "ink"}, "ink/stroke for a generation never told", "8.1",
		say{"stroke-begin", with{"generation": told{1000}}}, byeWith(rangeCode)))
	without := wire{input, message(32, 1, 1, 0, 0), "pointer"}
	return append(cases, in(live, "input/99 without its scope", "4.1", many{without, forbidden - 1}, alive{}),
		in(live, "input/100 without its scope", "4.1", many{wire{ink, message(51, 1), "undo"}, forbidden}, byeWith(floodCode)))
}

func drawn() []step {
	return []step{
		say{"stroke-begin", with{"stroke": 1, "colour": 0xff0000, "width": 64, "fade": 30000}},
		say{"stroke-points", with{"stroke": 1, "points": []any{10, 10, 20, 20, 30, 10}}},
		say{"stroke-points", with{"stroke": 1, "index": 1, "points": []any{20, 20}}}, // a point that comes twice
		say{"stroke-end", with{"stroke": 1, "points": 3}},
		say{"stroke-points", with{"stroke": 2, "points": []any{40, 40}}}, // before its begin
		say{"stroke-end", with{"stroke": 2, "points": 1}},
		say{"stroke-begin", with{"stroke": 2}},
		say{"undo", with{"stroke": 1}}, say{"clear", with{"stroke": 2}}, say{"clear", with{"stroke": maxNumber}}, alive{},
	}
}

// worked moves and presses where it does no harm: each thing that goes down
// comes up again.
func worked() []step {
	return []step{
		say{"pointer", with{"number": 1, "x": 1, "y": 1}},
		say{"button", with{"number": 2, "x": 1, "y": 1, "button": 7, "down": true}}, say{"button", with{"number": 3, "x": 1, "y": 1, "button": 7}},
		say{"wheel", with{"number": 4, "x": 1, "y": 1, "dx": -10, "dy": 10}}, say{"wheel", with{"number": 5, "x": 1, "y": 1}},
		say{"key", with{"number": 6, "code": "ShiftLeft", "down": true}}, say{"held", with{"number": 7, "codes": []any{"ShiftLeft"}}},
		say{"key", with{"number": 8, "code": "ShiftLeft"}}, say{"key", with{"number": 9, "code": "NoSuchKey", "down": true}},
		say{"held", with{"number": 10}}, on(move, message(32, 1, 1, 1, 1), "a pointer that is late"), alive{},
	}
}

// pictureCases look at the picture: SPEC.md 7. Each of its updates is decoded,
// and its numbers are checked, whatever the case is about.
func pictureCases() []Case {
	cases := []Case{
		in(live, "picture/it comes", "7.1", settle{}, alive{}),
		in(live, "picture/refresh", "7.7", say{"refresh", nil}, expect{"update", with{"reset": atLeast(resetHead)}}, settle{}, alive{}),
		in(live, "picture/refresh four times at once", "7.7", say{"refresh", nil}, say{"refresh", with{"number": 2}}, say{"refresh", with{"number": 3}},
			say{"refresh", with{"number": 4}}, expect{"update", with{"reset": atLeast(resetHead)}}, settle{}, alive{}),
		in(live, "picture/refresh changes nothing", "7.7", settle{}, same{}),
		in(live, "picture/an ack that is late", "7.6", settle{}, say{"ack", nil}, say{"ack", with{"decode": 1<<32 - 1}}, alive{}),
		in(live, "picture/an ack of what was never sent", "7.6", say{"ack", with{"number": 1 << 30}}, byeWith(sequenceCode)),
		in(live, "picture/an ack of 0", "7.6", say{"ack", with{"number": 0}}, byeWith(rangeCode)),
		in(live, "picture/a part of the screen", "7.10", settle{}, say{"look", with{"x": 10, "y": 20, "width": 100, "height": 80}},
			expect{"update", with{"reset": atLeast(resetHead)}}, settle{}, alive{}),
		in(live, "picture/a smaller one", "7.10", settle{}, say{"look", with{"most width": 100, "most height": 100}},
			expect{"update", with{"reset": atLeast(resetHead)}}, settle{}, alive{}),
		in(live, "picture/a part that is nowhere", "7.10", settle{}, say{"look", with{"x": 65535, "y": 65535, "width": 1, "height": 1}}, settle{}, alive{}),
		in(live, "picture/a slow one", "9.4", settle{}, say{"rate", with{"most": 100_000}}, expect{"meter", with{"cap": 100_000}}, alive{}),
		in(live, "picture/masks", "7.9", expect{"masks", nil}, alive{}),
	}
	for name, able := range abilities {
		cases = append(cases, seen("picture/for a console that knows "+name, able, settle{}, say{"refresh", nil}, settle{}, alive{}))
	}
	return append(cases, lonely(seen("picture/as the user sees it", []any{canCopy}, settle{}, agreed{})))
}

// abilities are what consoles know: what they do not must not come.
var abilities = map[string][]any{"nothing": {}, "copies": {canCopy}, "JPEG": {canJPEG}, "cursors": {canCursor}, "masks": {canPrivate}}

// seen makes a case with a console of these capabilities.
func seen(name string, able []any, steps ...step) Case {
	opened := reach(live)
	opened[0] = say{"hello", with{"capabilities": able}}
	return Case{Name: name, Section: "7", user: true, steps: append(opened, steps...)}
}

const (
	still    = 400 * time.Millisecond // without an update: the picture is whole
	stillFor = 5 * time.Second        // to get there; a screen that plays is never still
)
