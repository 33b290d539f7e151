package input

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// script is text in several scripts, with characters of every kind: on the
// keyboard, at a level of it that AltGr chooses, and nowhere on it.
const script = "Zwölf @ € ñ ß 日本 😀"

// ascii is every printable ASCII character.
var ascii = func() string {
	var b strings.Builder
	for r := ' '; r <= '~'; r++ {
		b.WriteRune(r)
	}
	return b.String()
}()

func TestTextInGTK(t *testing.T) {
	t.Parallel()
	for layout, text := range map[string]string{
		"us": script, "de": script, "us,de": script, "gr": script + " Ωμέγα", "ru": script + " Ёлка", "fr": script + " œuvre", "il": script + " שלום",
	} {
		t.Run(layout, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.Run(t, "setxkbmap", layout)
			p := r.ask()
			r.text(text + "\n")
			if got := p.typed(); got != text {
				t.Errorf("typed %q, got %q", text, got)
			}
		})
	}
}

func TestTextInXterm(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "xterm")
	for _, layout := range []string{"us", "de"} {
		t.Run(layout, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.Run(t, "setxkbmap", layout)
			r.must(xproto.ChangeWindowAttributesChecked(r.c, r.root, xproto.CwEventMask,
				[]uint32{xproto.EventMaskSubstructureNotify}).Check())
			p := r.run(`exec xterm -T Typed -e sh -c 'IFS= read -r line && printf %s "$line" >"$0"' "$0"`)
			r.focus("Typed")
			r.text(ascii + "\n")
			if got := p.typed(); got != ascii {
				t.Errorf("typed %q,\ngot %q", ascii, got)
			}
		})
	}
}

// CapsLock, NumLock, held modifiers and the chosen layout change no text, and
// are afterwards what they were.
func TestTextWhateverIsHeld(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		layout string
		keys   []string // held
		locks  []string // pressed and released before
		lock   uint16   // the locks that programs see afterwards
		typed  string   // by the held keys
	}{
		"caps":      {"us", nil, []string{"CapsLock"}, xproto.ModMaskLock, ""},
		"caps, de":  {"de", nil, []string{"CapsLock"}, xproto.ModMaskLock, ""},
		"both":      {"de", nil, []string{"CapsLock", "NumLock"}, xproto.ModMaskLock | xproto.ModMask2, ""},
		"modifiers": {"us", []string{"ControlLeft", "ShiftLeft", "AltRight", "MetaLeft"}, nil, 0, ""},
		"altgr, de": {"de", []string{"AltRight", "ShiftRight"}, nil, 0, ""},
		"keys":      {"de", []string{"F1", "KeyZ", "Digit2", "IntlRo"}, nil, 0, "y2"},
		"all":       {"de", []string{"ShiftLeft", "F13"}, []string{"CapsLock"}, xproto.ModMaskLock, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.Run(t, "setxkbmap", test.layout)
			for _, code := range test.locks {
				r.must(r.x.Key(code, true))
				r.must(r.x.Key(code, false))
			}
			p := r.ask()
			for _, code := range test.keys {
				r.must(r.x.Key(code, true))
			}
			text := ascii + script
			r.text(text)
			slices.Sort(test.keys)
			r.is("after the text", test.keys...)
			if got := r.mask() & (xproto.ModMaskLock | xproto.ModMask2); got != test.lock {
				t.Errorf("locks are %#x after the text, want %#x", got, test.lock)
			}
			r.must(r.x.Release())
			r.text("\n")
			if got, want := p.typed(), test.typed+text; got != want {
				t.Errorf("got %q,\nwant %q", got, want)
			}
		})
	}
}

// The second of two layouts is used while it is chosen.
func TestTextInTheChosenLayout(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Run(t, "setxkbmap", "-layout", "us,de,gr", "-option", "grp:menu_toggle")
	p := r.ask()
	text := "yz" + script + "αβγ"
	for range 3 {
		r.text(text)
		r.must(r.x.Key("ContextMenu", true))
		r.must(r.x.Key("ContextMenu", false))
	}
	r.text("\n")
	if got := p.typed(); got != strings.Repeat(text, 3) {
		t.Errorf("typed three times %q,\ngot %q", text, got)
	}
}

// The layout is read anew: it may change while a session lasts.
func TestTextAfterAChangeOfLayout(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.ask()
	text := "xyz" + script
	for _, layout := range []string{"de", "us", "fr", "ru", "us"} {
		r.text(text)
		r.WaitStill(t) // programs look keys up when they get to them
		r.Run(t, "setxkbmap", layout)
	}
	r.text("\n")
	if got := p.typed(); got != strings.Repeat(text, 5) {
		t.Errorf("typed five times %q,\ngot %q", text, got)
	}
}

// The user's keyboard may have another layout than XTEST's. Programs go by that
// of the keyboard that was used last.
func TestTextWhileAnotherKeyboardHasAnotherLayout(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	h := r.hand()
	p := r.ask()
	r.Run(t, "setxkbmap", "-device", string('0'+rune(h.keyboard)), "de")
	for range 2 {
		h.key("KeyZ", true) // a y, in German
		h.key("KeyZ", false)
		r.WaitStill(t) // programs look keys up when they get to them
		r.text("yz" + script)
		r.WaitStill(t)
	}
	r.text("\n")
	if got, want := p.typed(), "yyz"+script+"yyz"+script; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Line feed and tab are keys, other control characters are nothing.
func TestTextControlCharacters(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	text := "a\x00\x07\r\x1b\n\x7f\u0085\tb"
	r.text(text)
	if got, want := keys(r.seen()), []string{"+KeyA", "-KeyA", "+Enter", "-Enter", "+Tab", "-Tab", "+KeyB", "-KeyB"}; !slices.Equal(got, want) {
		t.Errorf("the program saw %q, want %q", got, want)
	}
	r.must(r.x.Key("Enter", true))
	r.text("\n\t")
	if got, want := keys(r.seen()), []string{"+Enter", "-Enter", "+Enter", "-Enter", "+Tab", "-Tab"}; !slices.Equal(got, want) {
		t.Errorf("with Enter held, the program saw %q, want %q", got, want)
	}
}

// More characters than there are keys to borrow: all arrive.
func TestTextOfManyCharacters(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.ask()
	var text strings.Builder
	for c := '一'; text.Len() < 300; c++ {
		text.WriteRune(c)
	}
	n, err := r.x.Text(text.String())
	r.must(err)
	if spare := r.x.pool.size(r.x.layout); n != spare*len("一") || spare < 10 {
		t.Errorf("%d bytes typed at once with %d keys to borrow", n, spare)
	}
	r.text(text.String()[n:] + "\n")
	if got := p.typed(); got != text.String() {
		t.Errorf("typed %q,\ngot %q", text.String(), got)
	}
}

// A thousand characters, as one long paste arrives.
func TestTextOfThousand(t *testing.T) {
	t.Parallel()
	const sentence = "The quick brown fox jumps over 12 größte Übel, 日本 " // of 50
	text := strings.Repeat(sentence, 20)
	if n := utf8.RuneCountInString(text); n != 1000 {
		t.Fatalf("%d characters", n)
	}
	r := newRig(t)
	p := r.ask()
	start := time.Now()
	for message := range slices.Chunk([]rune(text), 200) {
		r.text(string(message))
	}
	r.must(r.x.sync())
	t.Logf("1,000 characters typed in %v", time.Since(start).Round(10*time.Microsecond))
	r.text("\n")
	if got := p.typed(); got != text {
		t.Errorf("typed %q,\ngot %q", text, got)
	}
}

func TestTextInChromium(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "chromium")
	r := newRig(t)
	r.must(xproto.ChangeWindowAttributesChecked(r.c, r.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check())
	page := filepath.Join(t.TempDir(), "page.html")
	r.must(os.WriteFile(page, []byte(`<meta charset="utf-8"><title>Typed:</title>
<textarea autofocus oninput="document.title = 'Typed:' + this.value"></textarea>`), 0o600))
	r.Start(t, "chromium", "--no-sandbox", "--disable-gpu", "--password-store=basic", "--test-type", "--no-first-run",
		"--user-data-dir="+t.TempDir(), "--window-size=600,400", "--app=file://"+page)
	win := r.focus("Typed:")
	r.WaitStill(t)
	for n := 1; n <= 5; n++ {
		r.text(script)
		r.until(win, "Typed:"+strings.Repeat(script, n))
	}
}
