package main

import (
	"encoding/json"
	"fmt"
	"image"
	"os"

	"telestrator/encode"
)

// The harness paints a counter twice: at the upper left before what a frame
// shows, at the lower right after it. Each is 24 cells of 8 x 8 pixels, black
// or white: 16 bits, the highest first, and 8 that check them.
const (
	cells = 24
	cell  = 8
)

var (
	counterA = image.Rect(0, 0, cells*cell, cell)
	counterB = counterA.Add(image.Pt(1920-cells*cell, 1080-cell))
)

// event is one picture, as the harness reads it.
type event struct {
	T     int64 // when it was complete: nanoseconds, CLOCK_MONOTONIC
	A, B  int   // the counters, -1 where there is none
	Bytes int64 // of messages, so far
}

// log is what the harness is told.
type log struct {
	events []event
	strip  *image.RGBA
	ready  bool
}

func newLog() log { return log{strip: image.NewRGBA(counterA)} }

// picture notes a complete picture.
func (l *log) picture(d *encode.Decoder, bytes int64) {
	a, b := l.read(d, counterA), l.read(d, counterB)
	l.events = append(l.events, event{monotonic(), a, b, bytes})
	if !l.ready && a >= 0 && b >= 0 {
		l.ready = true
		fmt.Println("ready")
	}
}

// read reads a counter.
func (l *log) read(d *encode.Decoder, at image.Rectangle) int {
	l.strip.Rect = at
	d.CopyRGBA(l.strip)
	word := 0
	for c := range cells {
		sum := 0
		for y := 2; y < 6; y++ {
			for x := c*cell + 2; x < c*cell+6; x++ {
				sum += int(l.strip.Pix[y*l.strip.Stride+4*x+1])
			}
		}
		word <<= 1
		if sum > 16*128 {
			word |= 1
		}
	}
	if number := word >> 8; check(number) == byte(word) {
		return number
	}
	return -1
}

// check is the cyclic redundancy check of a counter: the polynomial is
// x^8 + x^2 + x + 1, the register begins with 5a.
func check(number int) byte {
	sum := byte(0x5a)
	for _, b := range []byte{byte(number >> 8), byte(number)} {
		sum ^= b
		for range 8 {
			carry := sum >> 7
			sum = sum<<1 ^ carry*0x07
		}
	}
	return sum
}

// save writes the events and the last picture.
func (v *viewer) save(out, last string) error {
	report, err := json.Marshal(map[string]any{"Name": "native", "Events": v.log.events,
		"Encoding": map[string]int64{}, "Rects": map[string]int64{}, "Extra": map[string]any{}})
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, report, 0o600); err != nil {
		return err
	}
	picture := v.decoder.Picture()
	for i := 0; i < len(picture.Pix); i += 4 {
		q := picture.Pix[i : i+4]
		q[0], q[2], q[3] = q[2], q[0], 0
	}
	return os.WriteFile(last, picture.Pix, 0o600)
}
