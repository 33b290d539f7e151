package conform

// state is where a connection stands, SPEC.md 4.1. Each side has its own view.
type state uint8

const (
	opening state = iota
	greeted
	waiting
	live
	paused
	over
)

var states = []state{opening, greeted, waiting, live, paused}

// String is the name of the state in SPEC.md 4.1.
func (s state) String() string {
	return [...]string{"opening", "greeted", "waiting", "live", "paused", "over"}[s]
}

// verdict is what a state makes of a kind.
type verdict uint8

const (
	take verdict = iota
	drop
	end
)

// String is the word of the table in SPEC.md 4.1.
func (v verdict) String() string { return [...]string{"take", "drop", "end"}[v] }

// The rows of SPEC.md 4.1 that come more than once.
var (
	always    = [over]verdict{take, take, take, take, take}
	afterward = [over]verdict{drop, take, take, take, take}
	served    = [over]verdict{end, end, take, take, take}
	acted     = [over]verdict{end, end, drop, take, drop}
	first     = [over]verdict{take, end, end, end, end}
	second    = [over]verdict{end, take, end, end, end}
)

// verdicts is the table of SPEC.md 4.1, by direction and name.
var verdicts = [2]map[string][over]verdict{
	toDevice: {
		"hello": first, "ready": second, "request": served, "refresh": acted, "look": acted, "rate": served, "bye": always, "ping": afterward, "ack": served,
		"pointer": acted, "button": acted, "wheel": acted, "key": acted, "held": acted, "text": acted,
		"stroke-begin": acted, "stroke-points": acted, "stroke-end": acted, "undo": acted, "clear": acted,
	},
	toConsole: {
		"welcome": first, "grants": served, "paused": served, "hand": served, "masks": served, "meter": served, "error": served,
		"bye": always, "ping": afterward, "part": served, "update": served, "cursor": served,
	},
}

// judge checks one message in the order of SPEC.md 3.1, after its size. The
// error is a *breach. A message that is to be dropped is no error.
func judge(data []byte, w way, on channel, s state) (k *kind, values []any, err error) {
	number, fields, code := read(data)
	if code != 0 {
		return nil, nil, breaks(code, "a message that is not in its one form")
	}
	if k = kindOf(number); k == nil {
		return nil, nil, breaks(kindCode, "kind %d", number)
	}
	if !travels(k, w, on) {
		return k, nil, breaks(channelCode, "%s on %s, %s", k.name, on, w)
	}
	if s != over && verdicts[w][k.name][s] == end {
		return k, nil, breaks(stateCode, "%s while %s", k.name, s)
	}
	values, err = k.values(fields)
	return k, values, err
}

func travels(k *kind, w way, on channel) bool {
	for _, one := range k.on[w] {
		if one == on {
			return true
		}
	}
	return false
}

// values checks keys, types and ranges.
func (k *kind) values(fields dict) ([]any, error) {
	if len(fields) != len(k.fields) {
		return nil, breaks(keysCode, "%s with %d keys instead of %d", k.name, len(fields), len(k.fields))
	}
	values := make([]any, len(fields))
	for i, one := range fields {
		if one.key != uint64(i+1) {
			return nil, breaks(keysCode, "%s with key %d instead of %d", k.name, one.key, i+1)
		}
		values[i] = one.value
	}
	for i := range k.fields {
		if !k.fields[i].typed(values[i]) {
			return nil, breaks(typesCode, "%s with %s of another type", k.name, k.fields[i].name)
		}
	}
	for i := range k.fields {
		if !k.fields[i].within(values[i]) {
			return nil, breaks(rangeCode, "%s with %s out of range", k.name, k.fields[i].name)
		}
	}
	return values, nil
}
