package conform

import (
	"fmt"
	"strings"
	"time"
)

// goodCases open a session and keep it up: SPEC.md 5 and 9.
func goodCases() []Case {
	welcome := with{"version": 1, "limits": []any{uint64(maxToDevice), uint64(rateMessages), uint64(262144), uint64(500), uint64(200), uint64(256), uint64(500)}}
	return append([]Case{
		in(opening, "opening/welcome", "5.2", say{"hello", nil}, expect{"welcome", welcome}, alive{}),
		in(opening, "opening/an empty name", "5.1", say{"hello", with{"name": ""}}, expect{"welcome", nil}, alive{}),
		in(opening, "opening/a name of 64 bytes", "5.1", say{"hello", with{"name": strings.Repeat("é", 32)}}, expect{"welcome", nil}, alive{}),
		in(opening, "opening/version 2", "5.1", say{"hello", with{"version": 2}}, byeWith(versionCode)),
		in(opening, "opening/version 65535", "5.1", say{"hello", with{"version": 65535}}, byeWith(versionCode)),
		in(opening, "opening/capabilities that descend", "5.1", say{"hello", with{"capabilities": []any{2, 1}}}, byeWith(rangeCode)),
		in(opening, "opening/a capability twice", "5.1", say{"hello", with{"capabilities": []any{1, 1}}}, byeWith(rangeCode)),
		in(opening, "opening/32 capabilities", "5.1", say{"hello", with{"capabilities": rising(32)}}, expect{"welcome", nil}, alive{}),
		in(greeted, "opening/ready", "5.3", say{"ready", nil}, expect{"grants", with{"number": 1, "scopes": 0, "asked": 0, "answered": 0}}, alive{}),
		in(waiting, "opening/no picture without view", "6.2", quiet{grace * 2, []string{"update", "cursor", "masks"}}, alive{}),
		late("opening/no hello for 10 s", opening),
		late("opening/no ready for 10 s", greeted),
		in(greeted, "ping/before ready", "9.1", alive{}),
		in(waiting, "ping/the largest numbers", "9.1", say{"ping", with{"number": maxNumber, "time": maxInteger}},
			expect{"ping", with{"number": maxNumber, "time": maxInteger, "reply": true}}, alive{}),
		in(waiting, "ping/an echo of nothing", "9.1", say{"ping", with{"number": 999, "reply": true}}, alive{}),
		in(waiting, "bye/code 1", "9.2", say{"bye", with{"code": 1}}, ends{}),
		in(waiting, "bye/code 31, 200 bytes", "9.2", say{"bye", with{"code": 31, "text": strings.Repeat("x", 200)}}, ends{}),
		in(waiting, "request/every scope, 200 bytes", "6.1", say{"request", with{"scopes": 15, "reason": strings.Repeat("x", 200)}},
			expect{"grants", with{"scopes": 0, "asked": 15}}, alive{}),
		in(waiting, "request/another one while it is open", "6.1", say{"request", nil}, expect{"grants", with{"asked": 1}},
			say{"request", with{"number": 2}}, expect{"error", with{"code": refusedCode}}, alive{}),
		in(waiting, "request/a number used before", "10", say{"request", nil}, expect{"grants", with{"asked": 1}}, say{"request", nil}, byeWith(sequenceCode)),
	}, capabilityCases()...)
}

// capabilityCases offer one each, one that does not exist, and none.
func capabilityCases() (cases []Case) {
	cases = append(cases, in(opening, "opening/a capability that nobody knows", "5.2", say{"hello", with{"capabilities": []any{65535}}},
		expect{"welcome", with{"capabilities": []any{}}}, alive{}))
	for _, one := range [][]any{{}, {canCopy}, {canJPEG}, {canCursor}, {canInk}, {canPrivate}, {canView}, {canRate}} {
		cases = append(cases, in(opening, fmt.Sprintf("opening/capabilities %v", one), "5.2", say{"hello", with{"capabilities": one}}, expect{"welcome", nil}, alive{}))
	}
	return cases
}

// late waits in a state that must not last.
func late(name string, s state) Case {
	c := in(s, name, "5.1", ends{codes: []uint64{timeoutCode}, bye: true, within: 14 * time.Second})
	c.slow = true
	return c
}

// rising are the capabilities 1 to n.
func rising(n int) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = i + 1
	}
	return all
}

// transportCases break the rules of the channels themselves: SPEC.md 2. A
// device need not be able to say bye then.
func transportCases() []Case {
	largest := message(1, make([]byte, maxToDevice-len(message(1, make([]byte, 1000)))+1000))
	cases := []Case{
		in(opening, "size/8192 bytes", "11", on(ctl, largest, "8192 bytes"), byeWith(keysCode)),
		in(waiting, "channels/a further one", "2", further{}, endWith(foreignCode)),
	}
	for _, c := range []channel{ctl, input, ink, ping, screen} {
		cases = append(cases, in(opening, fmt.Sprintf("size/8193 bytes on %s", c), "11", on(c, append(largest, 0), "8193 bytes"), endWith(sizeCode)),
			in(opening, fmt.Sprintf("text/on %s", c), "3", words{c}, endWith(formCode)))
	}
	for c := range channels {
		cases = append(cases, in(waiting, fmt.Sprintf("channels/%s closed", c), "2", shut{c}, endWith(foreignCode)))
	}
	return cases
}

// rateCases send too much: SPEC.md 4.1 and 11.
func rateCases() []Case {
	pointer := named("pointer")
	aimless := wire{input, message(pointer.number, pointer.example()...), "pointer"}
	flood := in(waiting, "rate/3000 messages a second", "11", pour{wire{ctl, message(6, 1), "refresh"}, 20 * time.Second}, byeWith(floodCode))
	flood.slow = true
	return []Case{
		flood,
		in(waiting, "rate/2000 messages at once", "11", many{wire{ctl, message(6, 1), "refresh"}, rateBurst - 100}, alive{}),
		in(waiting, "rate/99 pointers without permission", "4.1", many{aimless, forbidden - 1}, alive{}),
		in(waiting, "rate/100 pointers without permission", "4.1", many{aimless, forbidden}, byeWith(floodCode)),
		in(waiting, "rate/20 pings at once", "9.1", many{wire{ping, message(10, 5, false, 5), "ping"}, 20}, rest{time.Second}, alive{}),
	}
}
