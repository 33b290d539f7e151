package conform

import (
	"bytes"
	"fmt"
	"slices"
)

// spoiltCases are messages that a console must refuse by their form alone.
func spoiltCases() (cases []Case) {
	for _, m := range malformations() {
		group := map[uint64]string{formCode: "form/", canonicalCode: "canonical/"}[m.code]
		cases = append(cases, leading(opening, group+m.name, "3.1", on(evt, m.data, m.name), byeWith(m.code)))
	}
	for _, number := range []uint64{0, unknown(1), unknown(53), 255, maxInteger} {
		cases = append(cases, leading(opening, fmt.Sprintf("kind/%d", number), "3.1", on(evt, message(number), fmt.Sprintf("kind %d", number)), byeWith(kindCode)))
	}
	for _, c := range []channel{ping, screen} {
		cases = append(cases, leading(live, fmt.Sprintf("form/empty on %s", c), "3.1", on(c, nil, "nothing"), byeWith(formCode)))
	}
	return cases
}

// strayCases send kinds where they do not belong, text, and on channels that
// are not the device's; and break two rules at a time.
func strayCases() (cases []Case) {
	for i := range kinds {
		k := &kinds[i]
		for _, c := range []channel{evt, ping, screen} {
			if once := c == evt || len(k.on[toConsole]) > 0; once && !travels(k, toConsole, c) {
				cases = append(cases, leading(waiting, fmt.Sprintf("channel/%s on %s", k.name, c), "3.1", on(c, message(k.number, k.example()...), k.name), byeWith(channelCode)))
			}
		}
	}
	grants := named("grants").number
	for _, c := range []channel{evt, ping, screen} {
		cases = append(cases, leading(live, fmt.Sprintf("text/on %s", c), "3", words{c}, byeWith(formCode)),
			leading(live, fmt.Sprintf("size/65536 bytes on %s", c), "11", on(c, make([]byte, maxToConsole+1), "65536 bytes"), byeWith(sizeCode)))
	}
	return append(cases,
		leading(waiting, "channels/a further one", "2", further{}, byeWith(foreignCode)),
		leading(waiting, "channels/evt closed", "2", shut{evt}, ends{}),
		leading(waiting, "channels/screen closed", "2", shut{screen}, ends{}),
		leading(opening, "order/canonical before kind", "3.1", on(evt, write(nil, []any{raw{0x19, 0x00, 0xff}, dict{}}), "kind 255"), byeWith(canonicalCode)),
		leading(opening, "order/kind before channel", "3.1", on(ping, message(255), "kind 255"), byeWith(kindCode)),
		leading(opening, "order/channel before state", "3.1", on(ping, message(grants), "grants"), byeWith(channelCode)),
		leading(opening, "order/state before keys", "3.1", on(evt, message(grants), "grants"), byeWith(stateCode)),
		leading(waiting, "order/keys before types", "3.1", on(evt, message(grants, "1"), "grants"), byeWith(keysCode)),
		leading(waiting, "order/types before range", "3.1", on(evt, message(grants, 0, 0, 0, 0, "1"), "grants"), byeWith(typesCode)),
	)
}

// shapeCases break keys, types and ranges of every kind that a device says.
func shapeCases() []Case {
	return spoken(toConsole, func(k *kind) (cases []Case) {
		for _, group := range []struct {
			name     string
			variants []variant
			code     uint64
		}{{"keys", keyVariants(k), keysCode}, {"types", typeVariants(k), typesCode}, {"range", rangeVariants(k), rangeCode}} {
			for _, v := range group.variants {
				name := fmt.Sprintf("%s/%s/%s", group.name, k.name, v.name)
				cases = append(cases, leading(home(k), name, "3.1", on(k.on[toConsole][0], v.data, k.name+" with "+v.name), byeWith(group.code)))
			}
		}
		return cases
	})
}

// tornCases are devices that say what cannot be.
func tornCases() []Case {
	say1 := func(kind string, w with) step { return say{kind, w} }
	return []Case{
		leading(opening, "served/another version", "5.1", say1("welcome", with{"version": 2, "capabilities": []any{}}), byeWith(versionCode)),
		leading(opening, "served/a capability that nobody offered", "5.2", say1("welcome", with{"capabilities": []any{65535}}), byeWith(rangeCode)),
		leading(opening, "served/capabilities that descend", "5.2", say1("welcome", with{"capabilities": []any{2, 1}}), byeWith(rangeCode)),
		leading(opening, "served/a session in capitals", "5.2", say1("welcome", with{"capabilities": []any{}, "session": "0123456789ABCDEF"}), byeWith(rangeCode)),
		leading(waiting, "served/masks of an unknown why", "7.9", say1("masks", with{"areas": []any{4, 0, 0, 1, 1}}), byeWith(rangeCode)),
		leading(waiting, "served/masks of no width", "7.9", say1("masks", with{"areas": []any{1, 0, 0, 0, 1}}), byeWith(rangeCode)),
		leading(waiting, "served/a cursor of no height", "7.8", say1("cursor", with{"width": 1}), byeWith(rangeCode)),
		leading(waiting, "served/a hot spot outside of its cursor", "7.8", say1("cursor", with{"width": 1, "height": 1, "hot x": 1}), byeWith(rangeCode)),
		leading(waiting, "served/a cursor that does not inflate", "7.8", say1("cursor", with{"width": 2, "height": 2, "pixels": []byte{1, 2, 3}}), byeWith(decodeCode)),
		leading(waiting, "served/a cursor with a pixel too many", "7.8", say1("cursor", with{"width": 1, "height": 1, "pixels": complete(make([]byte, 8))}), byeWith(decodeCode)),
	}
}

// brokenParts break the rules of SPEC.md 3.2.
func brokenParts() []Case {
	part := func(message_, index, count int, data []byte) []byte {
		return message(named("part").number, message_, index, count, data)
	}
	inner := message(named("grants").number, named("grants").example()...)
	bad := func(name string, c channel, code uint64, pieces ...[]byte) Case {
		var steps []step
		for _, one := range pieces {
			steps = append(steps, on(c, one, "part"))
		}
		return leading(waiting, "parts/"+name, "3.2", append(steps, byeWith(code))...)
	}
	x := []byte{1}
	return []Case{
		leading(waiting, "parts/of grants", "3.2", on(evt, part(1, 1, 2, inner[3:]), "part"), on(evt, part(1, 0, 2, inner[:3]), "part"), alive{}),
		leading(waiting, "parts/an older message on evt", "3.2", on(evt, part(5, 0, 2, x), "part"), on(evt, part(3, 0, 2, x), "part"), alive{}),
		leading(waiting, "parts/an index that is the count", "3.2", on(evt, part(1, 2, 2, x), "part"), byeWith(rangeCode)),
		leading(waiting, "parts/an older message with an index that is the count", "3.2", on(evt, part(5, 0, 2, x), "part"), on(evt, part(3, 2, 2, x), "part"), byeWith(rangeCode)),
		bad("the same part twice", evt, decodeCode, part(1, 0, 3, x), part(1, 0, 3, x)),
		bad("another count", evt, decodeCode, part(1, 0, 3, x), part(1, 1, 4, x)),
		bad("the second one first", screen, decodeCode, part(1, 1, 2, x)),
		bad("one left out", screen, decodeCode, part(1, 0, 3, x), part(1, 2, 3, x)),
		bad("an older message on screen", screen, decodeCode, part(5, 0, 2, x), part(3, 0, 2, x)),
		bad("more than 257 KiB", screen, decodeCode, slices.Collect(func(yield func([]byte) bool) {
			for i := range 17 {
				if !yield(part(1, i, 18, make([]byte, maxPart))) {
					return
				}
			}
		})...),
		bad("that make a part", evt, decodeCode, split(part(1, 0, 2, bytes.Repeat(x, 20)), 10)...),
		bad("that make nonsense", evt, formCode, part(1, 0, 2, x), part(1, 1, 2, x)),
	}
}

// brokenPictures break the rules of SPEC.md 7.
func brokenPictures() []Case {
	bad := func(name string, code uint64, w with) Case {
		return leading(live, "picture/"+name, "7", say{"update", and(with{"number": 2, "moment": 2, "last": true}, w)}, byeWith(code))
	}
	codes := func(c ...byte) with { return tiled(2, 2, c) }
	good := tiled(2, 2, rectangle(0, 0, 8, 8, 1, 2, 3))
	chunk, _ := good["tiles"].([]byte)
	size, _ := good["inflated"].(int)
	unfinished := []Case{
		leading(waiting, "picture/the first without a reset", "7.1", say{"update", tiled(1, 1, rectangle(0, 0, 8, 8, 1, 2, 3))}, byeWith(decodeCode)),
		leading(live, "picture/copies inside of a moment", "7.1", say{"update", and(good, with{"last": false})},
			say{"update", with{"number": 3, "moment": 2, "copies": []any{0, 0, 1, 1, 8, 8}}}, byeWith(decodeCode)),
		leading(live, "picture/another moment before the last", "7.1", say{"update", and(good, with{"last": false})},
			say{"update", with{"number": 3, "moment": 3}}, byeWith(sequenceCode)),
	}
	return append(unfinished,
		bad("a number left out", sequenceCode, with{"number": 3}),
		bad("a number twice", sequenceCode, with{"number": 1}),
		bad("a moment left out", sequenceCode, with{"moment": 3}),
		bad("tiles of nothing", rangeCode, with{"tiles": chunk}),
		bad("no tiles of something", rangeCode, with{"inflated": 5}),
		bad("a reset of two numbers", rangeCode, with{"reset": []any{2, wide}}),
		bad("a reset with a part of a monitor", rangeCode, with{"reset": anew(2, wide, high, 0)}),
		bad("a picture of no width", rangeCode, with{"reset": anew(2, 0, high)}),
		bad("a picture of 16385 pixels a side", rangeCode, with{"reset": anew(2, maxSide+1, high)}),
		bad("a picture of more than 32 Mpx", rangeCode, with{"reset": anew(2, maxSide, maxArea/maxSide+1)}),
		bad("a copy outside of the picture", decodeCode, with{"copies": []any{wide - 1, 0, 0, 0, 2, 1}}),
		bad("a JPEG outside of the picture", decodeCode, with{"jpegs": []any{[]any{wide - 1, 0, 8, 8, photo(8, 8)}}}),
		bad("a JPEG of another size", decodeCode, with{"jpegs": []any{[]any{0, 0, 9, 8, photo(8, 8)}}}),
		bad("a JPEG that is none", decodeCode, with{"jpegs": []any{[]any{0, 0, 8, 8, []byte{0xff, 0xd8, 1, 2, 3}}}}),
		bad("a chunk that inflates to more", decodeCode, and(good, with{"inflated": size - 1})),
		bad("a chunk that inflates to less", decodeCode, and(good, with{"inflated": size + 1})),
		bad("a chunk cut short", decodeCode, and(good, with{"tiles": chunk[:len(chunk)-6]})),
		bad("a chunk that is no deflate stream", decodeCode, and(good, with{"tiles": bytes.Repeat([]byte{0xff}, 20)})),
		bad("a rectangle outside of the picture", decodeCode, tiled(2, 2, rectangle(wide-4, 0, 8, 8, 1, 2, 3))),
		bad("a rectangle in two cells", decodeCode, tiled(2, 2, rectangle(60, 0, 8, 8, 1, 2, 3))),
		bad("a rectangle of no width", decodeCode, codes(0, 0, 0, 0, 0, 0, 0, 1)),
		bad("a rectangle cut short", decodeCode, codes(0, 0, 0, 0, 0, 8, 0, 8, 0xfe, 1, 2, 3)),
		bad("half a head of a rectangle", decodeCode, codes(0, 0, 0, 0)),
		bad("the code 255", decodeCode, codes(0, 0, 0, 0, 0, 1, 0, 1, 0xff)),
		bad("the row above the first", decodeCode, codes(0, 0, 0, 0, 0, 1, 0, 2, 0xe0, 0xe0)),
		bad("a run over the end", decodeCode, codes(0, 0, 0, 0, 0, 2, 0, 1, 0xc2)),
		bad("colours cut short", decodeCode, codes(0, 0, 0, 0, 0, 1, 0, 1, 0xfe, 1)),
		bad("4097 rectangles", decodeCode, tiled(2, 2, slices.Repeat(rectangle(5, 5, 1, 1, 9, 9, 9), maxRects+1))),
	)
}
