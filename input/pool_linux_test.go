package input

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// mapping is what programs see of the keyboard's layout.
func (r *rig) mapping() []xproto.Keysym {
	r.t.Helper()
	const first, count = 8, 248
	reply, err := xproto.GetKeyboardMapping(r.c, first, count).Reply()
	r.must(err)
	return reply.Keysyms
}

func TestBorrowedKeysAreGivenBack(t *testing.T) {
	t.Parallel()
	for name, giveBack := range map[string]func(r *rig){
		"idle": func(r *rig) {
			before := r.mapping()
			r.must(r.x.Idle())
			if !reflect.DeepEqual(r.mapping(), before) {
				r.t.Error("keys are given back while programs may not have looked them up")
			}
			r.x.pool.used = time.Now().Add(-idleAfter)
			r.must(r.x.Idle())
		},
		"close": func(r *rig) { r.must(r.x.Close()) },
		"crash": func(r *rig) {
			r.x.close()
			openScreen(r.t, r.Display)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			before := r.mapping()
			r.text(script)
			r.text(script + "語")
			r.must(r.x.sync())
			if reflect.DeepEqual(r.mapping(), before) {
				t.Fatal("no keys were borrowed")
			}
			giveBack(r)
			if !reflect.DeepEqual(r.mapping(), before) {
				t.Error("the layout is not what it was")
			}
			atoms, err := xproto.ListProperties(r.c, r.root).Reply()
			r.must(err)
			if slices.Contains(atoms.Atoms, r.x.atoms.keys) {
				t.Error("the note about borrowed keys is still there")
			}
		})
	}
}

// A layout that came after a crash and uses a borrowed key keeps it.
func TestGivingBackSparesANewLayout(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.text("日本")
	r.must(r.x.sync())
	r.x.close()
	lent := r.x.pool.lent
	if len(lent) != 2 {
		t.Fatalf("lent: %v", lent)
	}
	const symF35 = 0xffe0
	for key := range lent {
		r.must(xproto.ChangeKeyboardMappingChecked(r.c, 1, xproto.Keycode(key), 1, []xproto.Keysym{symF35}).Check())
	}
	before := r.mapping()
	openScreen(t, r.Display)
	if !reflect.DeepEqual(r.mapping(), before) {
		t.Error("keys of a new layout lost their meaning")
	}
}

// The user's keyboard may have a meaning where XTEST's has none. To lend that
// key would change the user's.
func TestBorrowingSparesTheHandsKeyboard(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	h := r.hand()
	meanings := func() map[int][]uint32 {
		raw, err := r.x.askMap(device{id: uint16(h.keyboard)}).Reply()
		r.must(err)
		m, err := readMap(raw)
		r.must(err)
		all := make(map[int][]uint32)
		for i, k := range m.keys {
			if k.any() {
				all[i] = k.symbols
			}
		}
		return all
	}
	r.text("日")
	plain := r.x.pool.size(r.x.layout)
	r.must(r.x.giveBack())
	r.Run(t, "setxkbmap", "-device", fmt.Sprint(h.keyboard), "jp")
	before := meanings()
	r.text("日本語")
	if n := r.x.pool.size(r.x.layout); n >= plain || n < 5 {
		t.Errorf("%d keys to lend beside another layout, %d without", n, plain)
	}
	r.must(r.x.giveBack())
	if !reflect.DeepEqual(meanings(), before) {
		t.Error("the layout of the user's keyboard is not what it was")
	}
}

// A layout that comes while keys are lent keeps those that it uses.
func TestNewLayoutWhileKeysAreLent(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.text("日本語")
	r.must(r.x.sync())
	const symF35 = 0xffe0
	for key := range r.x.pool.lent {
		r.must(xproto.ChangeKeyboardMappingChecked(r.c, 1, xproto.Keycode(key), 1, []xproto.Keysym{symF35}).Check())
	}
	before := r.mapping()
	r.must(r.x.giveBack())
	if !reflect.DeepEqual(r.mapping(), before) {
		t.Error("keys of a new layout lost their meaning")
	}
}

func TestPoolChooses(t *testing.T) {
	t.Parallel()
	start := time.Now()
	l := &layout{}
	for _, key := range []byte{8, 93, 97} {
		l.empty.put(key)
	}
	p := &pool{lent: map[byte]loan{8: {1, start}}}
	if key := p.choose(l, &set{}, start); key != 93 {
		t.Errorf("with two keys unused, %d is chosen", key)
	}
	p.lent[93], p.lent[97] = loan{2, start.Add(-1)}, loan{3, start.Add(1)}
	if n := p.size(l); n != 3 {
		t.Errorf("%d keys to lend", n)
	}
	for after, want := range map[time.Duration]byte{0: 0, borrowFor - 2: 0, borrowFor - 1: 93, borrowFor + 1: 93} {
		if key := p.choose(l, &set{}, start.Add(after)); key != want {
			t.Errorf("%v after the first use, key %d is chosen, want %d", after, key, want)
		}
	}
	var taken set
	taken.put(93)
	for after, want := range map[time.Duration]byte{borrowFor - 1: 0, borrowFor: 8, borrowFor + 1: 8} {
		if key := p.choose(l, &taken, start.Add(after)); key != want {
			t.Errorf("%v after the first use, with one taken, key %d is chosen, want %d", after, key, want)
		}
	}
}

// On a keyboard without keys to lend, the rest of a text is typed all the same.
func TestNoKeysToBorrow(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	_, err := r.x.readKeyboard()
	r.must(err)
	const symF35 = 0xffe0
	for _, key := range r.x.layout.empty.members() {
		r.must(xproto.ChangeKeyboardMappingChecked(r.c, 1, xproto.Keycode(key), 1, []xproto.Keysym{symF35}).Check())
	}
	r.watch()
	n, err := r.x.Text("a日b")
	r.must(err)
	if want := len("a日b"); n != want {
		t.Errorf("%d bytes typed, want %d", n, want)
	}
	if got, want := keys(r.seen()), []string{"+KeyA", "-KeyA", "+KeyB", "-KeyB"}; !slices.Equal(got, want) {
		t.Errorf("the program saw %q, want %q", got, want)
	}
}

// A key without a meaning does nothing when it is pressed, also while it is lent.
func TestBorrowedKeyIsNoKey(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	var many []rune
	_, err := r.x.readKeyboard()
	r.must(err)
	for i := range len(r.x.layout.empty.members()) {
		many = append(many, '一'+rune(i))
	}
	r.text(string(many))
	r.seen()
	r.must(r.x.Key("IntlRo", true)) // it has no meaning in the layout us
	r.must(r.x.Key("IntlRo", false))
	if got := r.seen(); len(got) > 0 {
		t.Errorf("a lent key was pressed: %v", keys(got))
	}
}
