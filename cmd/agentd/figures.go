//go:build soak

package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime/metrics"
	"runtime/pprof"
)

// A program that is built with the tag soak tells its own figures, daemon and
// guardian alike, for TestSoak. No program that anybody is given has this.

// figuresFolder names the folder in which each process listens, on a socket with
// its number as the name.
const figuresFolder = "TELESTRATOR_FIGURES"

// figures are one answer.
type figures struct {
	Goroutines uint64 `json:"goroutines"` // with one for the answer
	Heap       uint64 `json:"heap"`       // bytes of objects
}

func init() {
	folder := os.Getenv(figuresFolder)
	if folder == "" {
		return
	}
	listener, err := net.Listen("unix", filepath.Join(folder, fmt.Sprint(os.Getpid())))
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			tellFigures(conn)
		}
	}()
}

// tellFigures answers whoever says a byte: f gets the figures, anything else the
// stacks.
func tellFigures(conn net.Conn) {
	defer conn.Close()
	wanted := []byte{0}
	if _, err := conn.Read(wanted); err != nil {
		return
	}
	if wanted[0] != 'f' {
		_ = pprof.Lookup("goroutine").WriteTo(conn, 1)
		return
	}
	samples := []metrics.Sample{{Name: "/sched/goroutines:goroutines"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(samples)
	_ = json.NewEncoder(conn).Encode(figures{samples[0].Value.Uint64(), samples[1].Value.Uint64()})
}
