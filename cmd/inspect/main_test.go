package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telestrator/protocol"
)

// recorded is a recording of a few messages at 0, 1, 2, 3 and 4 seconds.
func recorded(t *testing.T) []byte {
	t.Helper()
	wire := func(m protocol.Message) []byte {
		data, err := protocol.Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var file bytes.Buffer
	r, err := protocol.NewRecorder(&file)
	if err != nil {
		t.Fatal(err)
	}
	for i, record := range []protocol.Record{
		{Channel: protocol.ChannelCtl, Bytes: wire(&protocol.Hello{Version: 1, Name: "Ada h'00'\u202e\x1b"})},
		{Channel: protocol.ChannelPing, Direction: protocol.ToConsole, Bytes: wire(&protocol.Ping{Number: 1, Time: 7})},
		{Channel: protocol.ChannelScreen, Direction: protocol.ToConsole, Bytes: wire(&protocol.Part{Message: 1, Count: 2, Bytes: make([]byte, 33)})},
		{Channel: protocol.ChannelInput, Bytes: nil},
		{Channel: protocol.ChannelMove, Bytes: []byte{0xff}},
	} {
		record.Time = uint64(i) * 1e6
		if err := r.Put(record); err != nil {
			t.Fatal(err)
		}
	}
	return file.Bytes()
}

// inspect runs the command on the bytes of a file.
func inspect(t *testing.T, data []byte, o options) (string, error) {
	t.Helper()
	o.File = filepath.Join(t.TempDir(), "a.rec")
	if err := os.WriteFile(o.File, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err := o.run(&out)
	return out.String(), err
}

func TestLines(t *testing.T) {
	t.Parallel()
	want := `    0.000000 -> ctl    hello         [1, {1: 1, 2: [], 3: "Ada h'00'\u202e\u001b"}]
    1.000000 <- ping   ping          [10, {1: 1, 2: false, 3: 7}]
    2.000000 <- screen part          [16, {1: 1, 2: 0, 3: 2, 4: h'` + strings.Repeat("00", 16) + `...' / 33 bytes /}]
    3.000000 -> input  unknown       / withheld /
    4.000000 -> move   unknown       / 1 bytes that are not CBOR /
`
	got, err := inspect(t, recorded(t), options{})
	if err != nil || got != want {
		t.Errorf("%v:\n%s", err, got)
	}
	if full, err := inspect(t, recorded(t), options{Full: true}); err != nil || !strings.Contains(full, "h'"+strings.Repeat("00", 33)+"'") {
		t.Errorf("%v:\n%s", err, full)
	}
}

// TestFilters: which of the messages pass, by their seconds.
func TestFilters(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]options{
		"012":   {Limit: 3},
		"1":     {filter: filter{Kind: []string{"ping"}}},
		"02":    {filter: filter{Kind: []string{"part", "hello"}}},
		"34":    {filter: filter{Kind: []string{unknown}}},
		"24":    {filter: filter{Channel: []string{"screen", "move"}}},
		"12":    {filter: filter{Direction: "console"}},
		"034":   {filter: filter{Direction: "device"}},
		"123":   {filter: filter{From: 1, To: 3}},
		"4":     {filter: filter{From: 3.5}},
		"0":     {filter: filter{Direction: "device"}, Limit: 1},
		"":      {filter: filter{Direction: "device", Channel: []string{"screen"}}},
		"01234": {},
	} {
		o.JSON = true
		got, err := inspect(t, recorded(t), o)
		if err != nil {
			t.Errorf("%s: %v", want, err)
		}
		var passed string
		for text := range strings.Lines(got) {
			var m message
			if err := json.Unmarshal([]byte(text), &m); err != nil {
				t.Fatal(err)
			}
			passed += string(rune('0' + int(m.Seconds)))
		}
		if passed != want {
			t.Errorf("%+v lets %q through, want %q", o, passed, want)
		}
	}
}

func TestWrongFlags(t *testing.T) {
	t.Parallel()
	for _, o := range []options{
		{filter: filter{Kind: []string{"nothing"}}}, {filter: filter{Channel: []string{"seven"}}}, {filter: filter{From: -1}},
		{filter: filter{From: 2, To: 1}}, {Limit: -1},
	} {
		if _, err := inspect(t, recorded(t), o); err == nil || codeOf(err) != exitUsage {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if err := (&options{File: filepath.Join(t.TempDir(), "none")}).run(&bytes.Buffer{}); codeOf(err) != exitUsage {
		t.Error(err)
	}
}

func TestStats(t *testing.T) {
	t.Parallel()
	got, err := inspect(t, recorded(t), options{Stats: true, JSON: true})
	var s stats
	if err != nil || json.Unmarshal([]byte(got), &s) != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if s.Messages != 5 || s.Seconds != 4 || len(s.Kinds) != 4 || s.Kinds[0].Kind != "part" || s.Kinds[3].Messages != 2 {
		t.Errorf("%+v", s)
	}
	var share float64
	for _, r := range s.Kinds {
		share += r.Share
	}
	if share < 0.999 || share > 1.001 {
		t.Errorf("the shares make %f", share)
	}
	text, err := inspect(t, recorded(t), options{Stats: true})
	if err != nil || !strings.Contains(text, "hello") || !strings.Contains(text, "in 4.000 s") {
		t.Errorf("%v:\n%s", err, text)
	}
	if text, err = inspect(t, recorded(t)[:8], options{Stats: true, JSON: true}); err != nil || !strings.Contains(text, `"kinds":[]`) {
		t.Errorf("of nothing: %v: %s", err, text)
	}
}

// TestBroken: what is before the damage is printed, and the exit code says what
// it is.
func TestBroken(t *testing.T) {
	t.Parallel()
	whole := recorded(t)
	damaged := append(bytes.Clone(whole), 0, 0, 0, 1, 0)
	for name, c := range map[string]struct {
		data  []byte
		code  int
		lines int
	}{
		"cut":     {whole[:len(whole)-1], exitCut, 4},
		"damaged": {damaged, exitBroken, 5},
		"none":    {[]byte("#!/bin/sh\n"), exitBroken, 0},
		"empty":   {nil, exitCut, 0},
	} {
		got, err := inspect(t, c.data, options{})
		var bad *protocol.BadRecording
		if !errors.As(err, &bad) || codeOf(err) != c.code || strings.Count(got, "\n") != c.lines {
			t.Errorf("%s: code %d, %v, after\n%s", name, codeOf(err), err, got)
		}
	}
}

// TestShorten: only byte strings are cut, whatever stands in texts.
func TestShorten(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ab", maxShown+1)
	cut := "h'" + long[:2*keptShown] + "...' / 33 bytes /"
	for text, want := range map[string]string{
		"": "", "[1, {}]": "[1, {}]",
		"h'" + long[2:] + "'":           "h'" + long[2:] + "'",
		"[h'" + long + "', 1]":          "[" + cut + ", 1]",
		`"h'` + long + `'"`:             `"h'` + long + `'"`,
		`"\"h'` + long + `'", h''`:      `"\"h'` + long + `'", h''`,
		`"'", h'` + long + `', "\\", 2`: `"'", ` + cut + `, "\\", 2`,
		`"never ends`:                   `"never ends`,
	} {
		if got := shorten(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
