package conform

// way is the direction of a message.
type way uint8

const (
	toDevice way = iota
	toConsole
)

// String says the direction in words.
func (w way) String() string { return [...]string{"console to device", "device to console"}[w] }

// channel is one of the seven; its value is the data channel's id. SPEC.md 2.
type channel uint8

const (
	ctl channel = iota
	evt
	input
	move
	ink
	ping
	screen
	channels // how many
)

var labels = [channels]string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}

// String is the label of the channel.
func (c channel) String() string { return labels[c] }

// kind is a row of the table of kinds, SPEC.md 4, with the fields of its
// section and their ranges, as the text and protocol.cddl give them.
type kind struct {
	number  uint64
	name    string
	section string
	on      [2][]channel // by direction
	fields  []field
}

// kinds is everything that can be said. To add a kind, add its row here and
// its row in states.go; the cases come by themselves.
var kinds = []kind{
	{1, "hello", "5.1", down(ctl), []field{u("version", 1, 65535), list("capabilities", 0, 32, 0, 65535).as([]any{1, 2, 3, 4, 5, 6, 7}), text("name", 0, 64).as("conform")}},
	{2, "welcome", "5.2", up(evt), []field{u("version", 1, 65535), list("capabilities", 0, 32, 0, 65535), text("session", 16, 16).as("0123456789abcdef"),
		text("device", 0, 64).as("conform"), list("limits", 7, 7, 0, 1<<32-1).as([]any{8192, 1000, 262144, 500, 200, 256, 500})}},
	{3, "ready", "5.3", down(ctl), nil},
	{4, "request", "6.1", down(ctl), []field{number("number"), u("scopes", 1, 15), text("reason", 0, 200)}},
	{5, "grants", "6.2", up(evt), []field{number("number"), number("generation"), u("scopes", 0, 15), u("asked", 0, 15), u("answered", 0, maxNumber)}},
	{6, "refresh", "7.7", down(ctl), []field{number("number")}},
	{7, "paused", "6.3", up(evt), []field{number("number"), u("why", 0, 2)}},
	{8, "error", "9.3", up(evt), []field{number("number"), u("code", 1, 31), text("text", 0, 200)}},
	{9, "bye", "9.2", [2][]channel{{ctl}, {evt}}, []field{u("code", 1, 31).as(leftCode), text("text", 0, 200)}},
	{10, "ping", "9.1", [2][]channel{{ping}, {ping}}, []field{number("number"), flag("reply"), u("time", 0, maxInteger)}},
	{11, "hand", "6.4", up(evt), []field{number("number"), u("why", 0, 2)}},
	{12, "masks", "7.9", up(evt), []field{number("number"), number("generation"), u("protection", 0, 2), list("areas", 0, 320, 0, 65535).of(5)}},
	{13, "look", "7.10", down(ctl), []field{number("number"), u("x", 0, 65535), u("y", 0, 65535), u("width", 0, 16384), u("height", 0, 16384),
		u("most width", 0, 16384), u("most height", 0, 16384)}},
	{14, "rate", "9.4", down(ctl), []field{number("number"), u("most", 0, maxInteger)}},
	{15, "meter", "9.4", up(evt), []field{number("number"), u("cap", 0, maxInteger), u("bytes", 0, maxInteger)}},
	{16, "part", "3.2", up(evt, screen), []field{number("message"), u("index", 0, 255), u("count", 2, 256), octets("bytes", 1, 16352)}},
	{17, "update", "7.1", up(screen), []field{number("number"), number("moment"), flag("last"), u("time", 0, maxInteger), list("reset", 0, resetHead+64, 0, maxNumber),
		list("copies", 0, 1020, 0, 65535).of(6), u("inflated", 0, 1<<20), octets("tiles", 0, 262144), rects("jpegs", 0, 256)}},
	{18, "ack", "7.6", down(screen), []field{number("number"), u("decode", 0, 1<<32-1)}},
	{19, "cursor", "7.8", up(evt), []field{number("number"), u("x", 0, 65535), u("y", 0, 65535), u("width", 0, 256), u("height", 0, 256),
		u("hot x", 0, 255), u("hot y", 0, 255), octets("pixels", 0, 262144)}},
	{32, "pointer", "8.1", down(move, input), []field{number("number"), number("generation"), u("x", 0, 65535), u("y", 0, 65535)}},
	{33, "button", "8.2", down(input), []field{number("number"), number("generation"), u("x", 0, 65535), u("y", 0, 65535), u("button", 0, 7), flag("down")}},
	{34, "wheel", "8.3", down(input), []field{number("number"), number("generation"), u("x", 0, 65535), u("y", 0, 65535), signed("dx", -10, 10), signed("dy", -10, 10)}},
	{35, "key", "8.4", down(input), []field{number("number"), number("generation"), text("code", 1, 32).as("ShiftLeft"), flag("down")}},
	{36, "held", "8.5", down(input), []field{number("number"), number("generation"), texts("codes", 0, 10, 1, 32)}},
	{37, "text", "8.6", down(input), []field{number("number"), number("generation"), text("text", 1, 256).as("a")}},
	{48, "stroke-begin", "8.7", down(ink), []field{number("stroke"), number("generation"), u("colour", 0, 0xffffff), u("width", 1, 64), u("fade", 0, 30000)}},
	{49, "stroke-points", "8.7", down(ink), []field{number("stroke"), u("index", 0, 1999), list("points", 2, 512, 0, 65535).of(2)}},
	{50, "stroke-end", "8.7", down(ink), []field{number("stroke"), u("points", 1, 2000)}},
	{51, "undo", "8.8", down(ink), []field{number("stroke")}},
	{52, "clear", "8.8", down(ink), []field{number("stroke")}},
}

func down(on ...channel) [2][]channel { return [2][]channel{toDevice: on} }
func up(on ...channel) [2][]channel   { return [2][]channel{toConsole: on} }

// kindOf finds a kind by its number, or nil.
func kindOf(number uint64) *kind {
	for i := range kinds {
		if kinds[i].number == number {
			return &kinds[i]
		}
	}
	return nil
}

// named finds a kind by its name, which a case has from the table.
func named(name string) *kind {
	for i := range kinds {
		if kinds[i].name == name {
			return &kinds[i]
		}
	}
	panic("conform: no kind is called " + name) // a mistake in a case, found by its tests
}

// example has a valid value for every field.
func (k *kind) example() []any {
	values := make([]any, len(k.fields))
	for i, f := range k.fields {
		values[i] = f.good
	}
	return values
}
