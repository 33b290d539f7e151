package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"telestrator/protocol"
)

// action is a line of a script: input by its kind, or a stroke by its tool.
type action struct {
	T      float64  `json:"t"`    // seconds since the first picture; 0 is at once
	Kind   string   `json:"kind"` // pointer, button, wheel, key or text
	X      uint16   `json:"x"`
	Y      uint16   `json:"y"`
	DX     int8     `json:"dx"`
	DY     int8     `json:"dy"`
	Button uint8    `json:"button"`
	Down   bool     `json:"down"`
	Code   string   `json:"code"`
	Text   string   `json:"text"`
	Tool   string   `json:"tool"`  // pen, undo or clear
	Color  string   `json:"color"` // #rrggbb
	Width  uint8    `json:"width"`
	Fade   uint16   `json:"fade"` // milliseconds
	Points [][2]int `json:"points"`
}

const (
	maxLine    = 64 << 10 // bytes of a line of a script
	maxActions = 256      // lines read ahead
)

// script reads actions from files, "-" being standard input, and hands them
// over when their time has come.
type script struct {
	files []*os.File
	lines chan action
	err   error // why reading ended, once lines is closed
}

func openScripts(names ...string) (*script, error) {
	s := &script{lines: make(chan action, maxActions)}
	for _, name := range names {
		switch name {
		case "":
		case "-":
			s.files = append(s.files, os.Stdin)
		default:
			file, err := os.Open(name)
			if err != nil {
				return nil, usage{fmt.Errorf("cannot read the script: %w", err)}
			}
			s.files = append(s.files, file)
		}
	}
	return s, nil
}

// Run reads the scripts side by side until they end. Each line is handed over
// at its time after the start, and before the lines behind it.
func (s *script) Run(ctx context.Context, start <-chan struct{}) {
	defer close(s.lines)
	select {
	case <-start:
	case <-ctx.Done():
		return
	}
	began, errs := time.Now(), make([]error, len(s.files))
	var readers sync.WaitGroup
	for i, file := range s.files {
		readers.Go(func() {
			if err := s.read(ctx, file, began); err != nil {
				errs[i] = usage{fmt.Errorf("%s: %w", file.Name(), err)}
			}
		})
	}
	readers.Wait()
	s.err = errors.Join(errs...)
}

func (s *script) read(ctx context.Context, r io.Reader, began time.Time) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		if line == "" {
			continue
		}
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		var a action
		if err := d.Decode(&a); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		select {
		case <-time.After(time.Until(began.Add(time.Duration(a.T * float64(time.Second))))):
		case <-ctx.Done():
			return nil
		}
		select {
		case s.lines <- a:
		case <-ctx.Done():
			return nil
		}
	}
	return in.Err()
}

// hands are the numbers of what a console does, and what it holds down.
type hands struct {
	number, stroke uint32
	generation     uint32
	held           []string
}

var errAction = errors.New("neither input (kind: pointer, button, wheel, key, text) nor ink (tool: pen, undo, clear)")

// messages makes an action's messages.
func (h *hands) messages(a action) ([]protocol.Message, error) {
	if a.Tool != "" {
		return h.draw(a)
	}
	h.number++
	n, g := h.number, h.generation
	switch a.Kind {
	case "pointer":
		return one(&protocol.Pointer{Number: n, Generation: g, X: a.X, Y: a.Y})
	case "button":
		return one(&protocol.Button{Number: n, Generation: g, X: a.X, Y: a.Y, Button: a.Button, Down: a.Down})
	case "wheel":
		return one(&protocol.Wheel{Number: n, Generation: g, X: a.X, Y: a.Y, DX: a.DX, DY: a.DY})
	case "key":
		h.hold(a.Code, a.Down)
		return one(&protocol.Key{Number: n, Generation: g, Code: a.Code, Down: a.Down})
	case "text":
		return one(&protocol.Text{Number: n, Generation: g, Text: a.Text})
	}
	return nil, errAction
}

func one(m protocol.Message) ([]protocol.Message, error) { return []protocol.Message{m}, nil }

// hold notes what is held down, for named.
func (h *hands) hold(code string, down bool) {
	kept := h.held[:0]
	for _, other := range h.held {
		if other != code {
			kept = append(kept, other)
		}
	}
	if h.held = kept; down {
		h.held = append(h.held, code)
	}
}

// named is the message that names what is held, or nil.
func (h *hands) named() protocol.Message {
	if len(h.held) == 0 {
		return nil
	}
	h.number++
	return &protocol.Held{Number: h.number, Generation: h.generation, Codes: h.held}
}

// draw makes the messages of a stroke, or of what takes strokes away.
func (h *hands) draw(a action) ([]protocol.Message, error) {
	switch a.Tool {
	case "undo":
		return one(&protocol.Undo{Stroke: max(h.stroke, 1)})
	case "clear":
		return one(&protocol.Clear{Stroke: max(h.stroke, 1)})
	case "pen":
		return h.pen(a)
	}
	return nil, errAction
}

func (h *hands) pen(a action) ([]protocol.Message, error) {
	colour, err := strconv.ParseUint(strings.TrimPrefix(a.Color, "#"), 16, 24)
	if err != nil {
		return nil, fmt.Errorf("color %q: give #rrggbb", a.Color)
	}
	h.stroke++
	list := []protocol.Message{&protocol.StrokeBegin{Stroke: h.stroke, Generation: h.generation,
		Colour: uint32(colour), Width: a.Width, Fade: a.Fade}}
	for i := 0; i < len(a.Points); i += protocol.MaxPoints {
		m := &protocol.StrokePoints{Stroke: h.stroke, Index: uint32(i)}
		for _, p := range a.Points[i:min(i+protocol.MaxPoints, len(a.Points))] {
			m.Points = append(m.Points, uint16(p[0]), uint16(p[1]))
		}
		list = append(list, m)
	}
	return append(list, &protocol.StrokeEnd{Stroke: h.stroke, Points: uint32(len(a.Points))}), nil
}
