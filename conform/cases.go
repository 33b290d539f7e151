package conform

import (
	"fmt"
	"slices"
)

// DeviceCases are all cases against a device, in the order of a report.
func DeviceCases() []Case {
	return slices.Concat(goodCases(), pictureCases(), actCases(), stateCases(), formCases(), kindCases(), channelCases(),
		orderCases(), keyCases(), typeCases(), rangeCases(), limitCases(), transportCases(), rateCases())
}

// home is a state in which a kind is not refused.
func home(k *kind) state {
	switch k.name {
	case "hello", "welcome":
		return opening
	case "ready":
		return greeted
	}
	return waiting
}

// stateCases are all pairs of a kind and a state: SPEC.md 4.1.
func stateCases() (cases []Case) {
	for _, s := range states {
		for i := range kinds {
			if _, sent := verdicts[toDevice][kinds[i].name]; sent {
				cases = append(cases, stateCase(&kinds[i], s))
			}
		}
	}
	return cases
}

func stateCase(k *kind, s state) Case {
	what := verdicts[toDevice][k.name][s]
	steps := []step{say{k.name, stateValues[k.name]}}
	switch {
	case what == end:
		steps = append(steps, byeWith(stateCode))
	case k.name == "bye":
		steps = append(steps, ends{})
	case k.name == "ack" && s == waiting:
		steps = append(steps, byeWith(sequenceCode)) // nothing was sent that could be acknowledged
	case k.name == "hello":
		steps = append(steps, expect{"welcome", nil}, alive{})
	case s == opening:
		steps = append(steps, quiet{grace, []string{k.name}}, say{"hello", nil}, expect{"welcome", nil}, alive{})
	case k.name == "ready":
		steps = append(steps, expect{"grants", nil}, alive{})
	default:
		steps = append(steps, alive{})
	}
	return in(s, fmt.Sprintf("state/%s/%s/%s", s, k.name, what), "4.1", steps...)
}

// stateValues are what a kind needs in order to be right at that moment.
var stateValues = map[string]with{"request": {"number": 9}, "ping": {"number": 9, "reply": true}}

// channelCases send kinds where they do not belong: SPEC.md 3.1, check 14. The
// state comes after it, so that no greeting is needed.
func channelCases() (cases []Case) {
	for i := range kinds {
		k := &kinds[i]
		if len(k.on[toDevice]) == 0 {
			cases = append(cases, misplaced(k, ctl), misplaced(k, screen))
			continue
		}
		wrong := 0
		for c := range channels {
			if c != evt && !travels(k, toDevice, c) && (wrong < 2 || k.name == "request") {
				cases = append(cases, misplaced(k, c))
				wrong++
			}
		}
	}
	against := message(named("hello").number, named("hello").example()...)
	return append(cases, in(opening, "channel/against the direction of evt", "2", on(evt, against, "hello on evt"), endWith(channelCode)))
}

func misplaced(k *kind, c channel) Case {
	data := message(k.number, k.example()...)
	return in(opening, fmt.Sprintf("channel/%s on %s", k.name, c), "3.1", on(c, data, k.name), byeWith(channelCode))
}

// kindCases send kinds that do not exist.
func kindCases() (cases []Case) {
	for _, number := range []uint64{0, unknown(1), unknown(53), 255, 65536, maxInteger} {
		cases = append(cases, in(opening, fmt.Sprintf("kind/%d", number), "3.1", on(ctl, message(number), fmt.Sprintf("kind %d", number)), byeWith(kindCode)))
	}
	return cases
}

// unknown is the first kind from a number on that is not in the table. Small
// ones are given to new kinds first, so cases of a released table stay right.
func unknown(from uint64) uint64 {
	for kindOf(from) != nil || from < 20 {
		from++
	}
	return from
}

// orderCases break two rules at a time: the first of SPEC.md 3.1 counts.
func orderCases() []Case {
	request := named("request")
	ordered := func(s state, name string, c channel, data []byte, code uint64) Case {
		return in(s, "order/"+name, "3.1", on(c, data, name), byeWith(code))
	}
	return []Case{
		in(opening, "order/size before form", "3.1", on(ctl, make([]byte, maxToDevice+1), "zeroes"), endWith(sizeCode)),
		ordered(opening, "form before canonical", ctl, append(message(255), 0x18, 0x01), formCode),
		ordered(opening, "canonical before kind", ctl, write(nil, []any{raw{0x19, 0x00, 0xff}, dict{}}), canonicalCode),
		ordered(opening, "kind before channel", input, message(255), kindCode),
		ordered(opening, "channel before state", input, message(named("ready").number), channelCode),
		ordered(opening, "state before keys", ctl, message(request.number), stateCode),
		ordered(waiting, "keys before types", ctl, message(request.number, true), keysCode),
		ordered(waiting, "types before range", ctl, message(request.number, 0, "view", "x"), typesCode),
		ordered(waiting, "range before drop", input, message(named("pointer").number, 0, 1, 0, 0), rangeCode),
	}
}
