package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"telestrator/protocol"
)

// row is what there is of one kind in one direction.
type row struct {
	Kind      string  `json:"kind"`
	Direction string  `json:"direction"`
	Messages  int     `json:"messages"`
	Bytes     uint64  `json:"bytes"`
	Share     float64 `json:"share"` // of all bytes, 0 to 1
}

// stats counts messages by kind and direction; there are few of either.
type stats struct {
	Seconds  float64 `json:"seconds"` // from the first message to the last
	Messages int     `json:"messages"`
	Bytes    uint64  `json:"bytes"`
	Kinds    []row   `json:"kinds"` // most bytes first

	began float64
	rows  map[[2]string]*row
}

func newStats() *stats { return &stats{Kinds: []row{}, rows: map[[2]string]*row{}} }

func (s *stats) add(r protocol.Record) {
	if s.Messages == 0 {
		s.began = seconds(r)
	}
	key := [2]string{kindOf(r), sides[r.Direction]}
	if s.rows[key] == nil {
		s.rows[key] = &row{Kind: key[0], Direction: key[1]}
	}
	s.rows[key].Messages++
	s.rows[key].Bytes += uint64(len(r.Bytes))
	s.Messages++
	s.Bytes += uint64(len(r.Bytes))
	s.Seconds = seconds(r) - s.began
}

// print prints the table, or one JSON object.
func (s *stats) print(out *bufio.Writer, asJSON bool) {
	for _, r := range s.rows {
		r.Share = float64(r.Bytes) / float64(max(s.Bytes, 1))
		s.Kinds = append(s.Kinds, *r)
	}
	slices.SortFunc(s.Kinds, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Direction, b.Direction))
	})
	if asJSON {
		_ = json.NewEncoder(out).Encode(s) // out keeps its error
		return
	}
	fmt.Fprintf(out, "%-13s %-8s %9s %12s %7s\n", "kind", "to", "messages", "bytes", "share")
	for _, r := range s.Kinds {
		fmt.Fprintf(out, "%-13s %-8s %9d %12d %6.1f%%\n", r.Kind, r.Direction, r.Messages, r.Bytes, 100*r.Share)
	}
	fmt.Fprintf(out, "%-13s %-8s %9d %12d  in %.3f s\n", "all", "", s.Messages, s.Bytes, s.Seconds)
}
