package server

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
	"telestrator/desk/frame"
)

// The addresses that are remembered are bounded; those that have rested make
// room.
func TestCallersBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCallers(rate.Limit(10), 30)
		caller := func(i int) string { return fmt.Sprintf("127.%d.%d.%d:1000", i>>16, i>>8&255, i&255) }
		for i := range maxCallers {
			if !c.allow(caller(i)) {
				t.Fatalf("address %d was refused", i)
			}
		}
		if c.allow(caller(maxCallers)) {
			t.Error("one more address was let in")
		}
		if !c.allow(caller(0)) {
			t.Error("a known address was refused")
		}
		time.Sleep(100 * time.Millisecond) // all but the first have their burst again
		if !c.allow(caller(maxCallers)) {
			t.Error("no room although the others have rested")
		}
		if len(c.by) != 2 {
			t.Errorf("%d addresses are remembered", len(c.by))
		}
	})
}

// Ports do not count: they are free.
func TestCallersByAddress(t *testing.T) {
	t.Parallel()
	c := newCallers(0, 1)
	if !c.allow("127.0.0.1:1") || c.allow("127.0.0.1:2") || !c.allow("[::1]:1") || c.allow("[::1]:2") {
		t.Error("an address is not its port")
	}
}

// Codes use the whole alphabet at each place, and no two rings share a name.
func TestCodes(t *testing.T) {
	t.Parallel()
	const many = 20_000
	b := newRings(many)
	var seen [frame.CodeLength]map[byte]int
	for i := range seen {
		seen[i] = make(map[byte]int)
	}
	for range many {
		code, ok := b.open(new(device), 1)
		if !ok || len(code) != frame.CodeLength || strings.Trim(code, frame.CodeAlphabet) != "" {
			t.Fatalf("code %q, %v", code, ok)
		}
		for i := range seen {
			seen[i][code[i]]++
		}
	}
	if len(b.byName) != many || len(b.byDevice) != many {
		t.Errorf("%d names, %d devices", len(b.byName), len(b.byDevice))
	}
	for i, chars := range seen {
		for _, char := range []byte(frame.CodeAlphabet) { // each is expected 625 times
			if n := chars[char]; n < 400 || n > 900 {
				t.Errorf("%c came %d times at place %d", char, n, i)
			}
		}
	}
	if _, ok := b.open(new(device), 1); ok {
		t.Error("a ring over the limit")
	}
}
